import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import type { CommandContext } from "./command.ts";
import { formatTable } from "./table.ts";

/** A list to be shown: as JSON, or as a table of some members. */
export interface Listing {
  readonly items: Json | undefined;
  readonly columns: readonly string[];
  readonly json: boolean;
  /** What to say instead of an empty table. */
  readonly none: string;
}

/** Shows a list on the standard output. */
export function showListing({ terminal }: CommandContext, listing: Listing): void {
  const items = objectsIn(listing.items);
  if (listing.json) terminal.print(`${JSON.stringify(items)}\n`);
  else if (items.length === 0) terminal.note(`${listing.none}\n`);
  else terminal.print(tableOf(items, listing.columns, terminal.width));
}

/** A table of some members of objects, headed by their names. */
export function tableOf(
  items: readonly JsonObject[],
  columns: readonly string[],
  width: number | null,
): string {
  const rows = items.map((item) => columns.map((name) => cellOf(item[name])));
  return formatTable(
    columns.map((name) => name.replaceAll("_", " ")),
    rows,
    width,
  );
}

/** The objects of a list; none when it is no list. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** A value as a person reads it. */
export function cellOf(value: Json | undefined): string {
  if (value === null || value === undefined || value === "") return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
