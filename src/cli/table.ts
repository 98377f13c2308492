/**
 * Lays rows out in columns, each as wide as its widest cell.
 * @param width Signs in a line, to which the last column is cut; `null` to keep all.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | null,
): string {
  const clean = rows.map((row) => row.map(oneLine));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...clean.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string => {
    const text = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    return cut(text.trimEnd(), width);
  };
  return [line(head), ...clean.map(line)].map((text) => `${text}\n`).join("");
}

/** Names before values, one a line, the values under each other. */
export function formatFacts(facts: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}\n`).join("");
}

/** A cell is one line, and nothing in it drives the terminal. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

function cut(text: string, width: number | null): string {
  return width === null || text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
