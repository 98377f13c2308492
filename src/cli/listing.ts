import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import { type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { type Operator, openOperator } from "./operator.ts";
import { formatTable } from "./table.ts";

/** Runs work with the operator's line and closes it whatever happens. */
export async function withOperator(
  { environment }: CommandContext,
  work: (operator: Operator) => Promise<void>,
): Promise<ExitCode> {
  const operator = openOperator(environment);
  try {
    await work(operator);
    return EXIT.success;
  } finally {
    await operator.close();
  }
}

/** A list to be shown: as JSON, or as a table of some members. */
export interface Listing {
  readonly items: Json | undefined;
  readonly columns: readonly string[];
  readonly json: boolean;
}

/** Shows a list on the standard output. */
export function showListing({ terminal }: CommandContext, listing: Listing): void {
  const items = Array.isArray(listing.items) ? listing.items.filter(isJsonObject) : [];
  if (listing.json) {
    terminal.print(`${JSON.stringify(items)}\n`);
    return;
  }
  const rows = items.map((item: JsonObject) => listing.columns.map((name) => cell(item[name])));
  terminal.print(formatTable(listing.columns, rows));
}

function cell(value: Json | undefined): string {
  if (value === null || value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
