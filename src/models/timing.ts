import { present } from "../lib/assert.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Lengths, Refusal, TimedSource, Timing } from "./model.ts";
import { numberOf } from "./reading.ts";

/** Bounds of a length, whole seconds, both ends included. */
export interface SecondsRange {
  readonly min?: number;
  readonly max: number;
}

/**
 * Every medium that a member names, one URL or a list of them.
 * @param kind What must be found there.
 */
export function sourcesOf(
  input: JsonObject,
  field: string,
  { kind, billed }: Pick<TimedSource, "kind" | "billed">,
): readonly TimedSource[] {
  const value = input[field];
  if (typeof value === "string") return [{ field, name: value, kind, billed }];
  return (Array.isArray(value) ? value : []).flatMap((name, index) =>
    typeof name === "string" ? [{ field: `${field}[${index}]`, name, kind, billed }] : [],
  );
}

/** Whole seconds of a billed medium, begun ones not counted: its length must be known by now. */
export function wholeSeconds(lengths: Lengths, name: string): number {
  return Math.floor(present(lengths.get(name), `the length of ${name}`));
}

/** Refuses sources whose whole seconds are known and outside of a range. */
export function outside(
  sources: readonly TimedSource[],
  lengths: Lengths,
  { min = 0, max }: SecondsRange,
): Refusal | null {
  for (const { field, name } of sources) {
    const seconds = lengths.get(name);
    if (seconds === undefined || (Math.floor(seconds) >= min && Math.floor(seconds) <= max)) {
      continue;
    }
    const range = min === 0 ? `at most ${max} seconds` : `${min} to ${max} seconds`;
    return { field, message: `${field} must last ${range} (got ${rounded(seconds)})` };
  }
  return null;
}

/** A medium that must keep to a range where its length is known without fetching it. */
export function timedWithin(
  field: string,
  kind: TimedSource["kind"],
  rangeOf: (input: JsonObject) => SecondsRange,
): Timing {
  const sources = (input: JsonObject) => sourcesOf(input, field, { kind, billed: false });
  return {
    sources,
    check: (input, lengths) => outside(sources(input), lengths, rangeOf(input)),
  };
}

/** Refuses a moment that lies after the end of the medium, where its length is known. */
export function beyondEnd(
  input: JsonObject,
  field: string,
  seconds: number | undefined,
): Refusal | null {
  const moment = numberOf(input, field);
  if (seconds === undefined || moment <= rounded(seconds)) return null;
  const message = `${field} must be between 0 and ${rounded(seconds)}, the seconds of the track`;
  return { field, message: `${message} (got ${moment})` };
}

/** As answers tell it: what they tell must be accepted, and no more. */
function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
