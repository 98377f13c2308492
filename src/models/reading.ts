import type { JsonObject } from "../lib/json.ts";

/** The text under a name; empty when it is absent or no text. */
export function textOf(input: JsonObject, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}

/** The number under a name; 0 when it is absent or no number. */
export function numberOf(input: JsonObject, name: string): number {
  const value = input[name];
  return typeof value === "number" ? value : 0;
}

/** Whether the member is there and true. */
export function isOn(input: JsonObject, name: string): boolean {
  return input[name] === true;
}

/** How many elements the list under a name has; 0 when it is absent or no list. */
export function countOf(input: JsonObject, name: string): number {
  const value = input[name];
  return Array.isArray(value) ? value.length : 0;
}

/** Whether the member says anything: present, and neither an empty text nor an empty list. */
export function isGiven(input: JsonObject, name: string): boolean {
  const value = input[name];
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null;
}

/** How long a text is as a schema counts it: in characters, not in UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}
