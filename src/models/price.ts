import { fromCredits, type Millicredits } from "../core/money.ts";
import { assert, present } from "../lib/assert.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Price, Timing } from "./model.ts";
import { numberOf } from "./reading.ts";

/** Credits as a price list writes them, or a list of cases. */
export type Tariff = number | TariffTable;

/** Which tariff holds, by a word that the input gives. */
export interface TariffTable {
  /** Gives the key of a case for each input that is valid. */
  readonly key: (input: JsonObject) => string;
  readonly cases: Readonly<Record<string, Tariff>>;
}

/** One price a task, whatever it makes. */
export function perRequest(tariff: Tariff): Price {
  return {
    summary: describe(tariff, "request"),
    quote: (input) => rateOf(tariff, input),
  };
}

/** One price an image. */
export function perImage(tariff: Tariff): Price {
  return {
    summary: describe(tariff, "image"),
    quote: (input, { units = imagesOf(input) } = {}) => rateOf(tariff, input) * units,
  };
}

/** A price for each second of `duration`, or for those that a model counts. */
export function perSecond(tariff: Tariff, timing?: Timing): Price {
  const secondsOf = timing?.billedSeconds ?? ((input) => numberOf(input, "duration"));
  return {
    summary: describe(tariff, "second"),
    bySeconds: true,
    quote: (input, { lengths = new Map() } = {}) =>
      rateOf(tariff, input) * secondsOf(input, lengths),
  };
}

/** Adds `credits` for each thing that `count` finds in the input. */
export function plusEach(
  price: Price,
  extra: { readonly credits: number; readonly what: string },
  count: (input: JsonObject) => number,
): Price {
  return {
    ...price,
    summary: `${price.summary}, and ${extra.credits} for each ${extra.what}`,
    quote: (input, facts) => price.quote(input, facts) + fromCredits(extra.credits) * count(input),
  };
}

/** The same price with a remark for people. */
export function withNote(price: Price, note: string): Price {
  return { ...price, summary: `${price.summary}; ${note}` };
}

/** Cases by the value of one field, which must be there once defaults are filled in. */
export function by(field: string, cases: Readonly<Record<string, Tariff>>): TariffTable {
  return { key: (input) => String(input[field]), cases };
}

/** Cases by `duration` in seconds. */
export function byDuration(cases: Readonly<Record<number, Tariff>>): TariffTable {
  const labelled = Object.entries(cases).map(([seconds, tariff]) => [`${seconds} s`, tariff]);
  return {
    key: (input) => `${numberOf(input, "duration")} s`,
    cases: Object.fromEntries(labelled),
  };
}

/** Two cases by a question to the input. */
export function when(
  question: (input: JsonObject) => boolean,
  yes: readonly [label: string, tariff: Tariff],
  no: readonly [label: string, tariff: Tariff],
): TariffTable {
  const cases = { [yes[0]]: yes[1], [no[0]]: no[1] };
  return { key: (input) => (question(input) ? yes[0] : no[0]), cases };
}

function rateOf(tariff: Tariff, input: JsonObject): Millicredits {
  if (typeof tariff === "number") return fromCredits(tariff);
  const key = tariff.key(input);
  assert(Object.hasOwn(tariff.cases, key), `There is no price for ${key}`);
  return rateOf(present(tariff.cases[key], key), input);
}

function imagesOf(input: JsonObject): number {
  return Math.max(1, numberOf(input, "n"));
}

function describe(tariff: Tariff, unit: string): string {
  if (typeof tariff !== "number") return `credits per ${unit}: ${cases(tariff)}`;
  return tariff === 1 ? `1 credit per ${unit}` : `${tariff} credits per ${unit}`;
}

function cases(table: TariffTable): string {
  return Object.entries(table.cases)
    .map(([label, tariff]) =>
      typeof tariff === "number" ? `${label} ${tariff}` : `${label} (${cases(tariff)})`,
    )
    .join(", ");
}
