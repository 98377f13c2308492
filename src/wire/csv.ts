/** A cell of a table. */
export type Cell = string | number | null;

/**
 * Writes a table as CSV (RFC 4180). Texts that a spreadsheet would take for a formula begin with an
 * apostrophe, so that they stay texts.
 */
export function csvText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (/^-?\d+(\.\d+)?$/.test(cell)) return cell;
  const safe = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
