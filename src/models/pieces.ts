import { type FileLimits, filesKeyword } from "./file-limits.ts";
import type { JsonSchema } from "./model.ts";

/** Longest media address that is taken, characters. */
export const URL_LENGTH_MAX = 2048;

/** Most addresses of a list whose documentation names no number. */
export const LIST_MAX = 50;

/** Bounds of a number, both ends included. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** What a text keeps that says something: one character at least that can be seen. */
export const NOT_BLANK = "\\S";

/**
 * The schema of an `input`: which members must be there, and what each may be. A text that must be
 * there must say something.
 */
export function inputSchema(
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const members = Object.entries(properties).map(([name, schema]) => [
    name,
    required.includes(name) && isFreeText(schema)
      ? { ...schema, minLength: 1, pattern: NOT_BLANK }
      : schema,
  ]);
  return { type: "object", required, properties: Object.fromEntries(members) };
}

function isFreeText({ type, enum: values, format }: JsonSchema): boolean {
  return type === "string" && values === undefined && format === undefined;
}

/** Like {@link inputSchema}, but members that are not named are refused. */
export function strictSchema(
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return { ...inputSchema(required, properties), additionalProperties: false };
}

/** The text that says what to make. `max` in characters. */
export function prompt(max?: number, description = "What to make."): JsonSchema {
  return text(description, max);
}

/** Free text. `max` in characters. */
export function text(description: string, max?: number): JsonSchema {
  return { type: "string", ...(max === undefined ? {} : { maxLength: max }), description };
}

/** One value of a list; the default is filled in when there is one. */
export function choice(
  description: string,
  values: readonly (string | number)[],
  fallback?: string | number,
): JsonSchema {
  const type = values.every(Number.isInteger) ? "integer" : "string";
  return { type, enum: values, ...preset(fallback), description };
}

/** A whole number. */
export function integer(description: string, range: Range = {}, fallback?: number): JsonSchema {
  return { type: "integer", ...bounds(range), ...preset(fallback), description };
}

/** A number with decimals. */
export function decimal(description: string, range: Range = {}): JsonSchema {
  return { type: "number", ...bounds(range), description };
}

/** True or false. Without a fallback the provider decides what absence means. */
export function flag(description: string, fallback?: boolean): JsonSchema {
  return { type: "boolean", ...preset(fallback), description };
}

/** One public http or https address. */
export function url(description: string): JsonSchema {
  return { ...ADDRESS, description };
}

/**
 * A list of public http or https addresses.
 * @param range Bounds their count; {@link LIST_MAX} holds where no most is documented.
 * @param files Bounds what they name, where that is documented.
 */
export function urls(description: string, range: Range = {}, files?: FileLimits): JsonSchema {
  return {
    type: "array",
    items: { ...ADDRESS, ...filesKeyword(files) },
    ...(range.min === undefined ? {} : { minItems: range.min }),
    maxItems: range.max ?? LIST_MAX,
    description,
  };
}

/** A member that this model refuses although its relatives know it. */
export const UNSUPPORTED: JsonSchema = { not: {}, description: "Not supported by this model." };

/** The number that makes a result repeatable, where the documentation gives its range. */
export const SEED: JsonSchema = integer("Repeats a result.", { min: 0, max: 2_147_483_647 });

/** The number that makes a result repeatable, where no range is documented. */
export const FREE_SEED: JsonSchema = integer("Repeats a result.");

/** Asks the provider to judge the content. */
export const SAFETY_CHECKER: JsonSchema = flag("Whether the provider's safety check is on.");

/** What the result should not show. */
export function negativePrompt(max?: number): JsonSchema {
  return text("What to avoid.", max);
}

const ADDRESS: JsonSchema = {
  type: "string",
  format: "uri",
  pattern: "^[Hh][Tt][Tt][Pp][Ss]?://",
  maxLength: URL_LENGTH_MAX,
};

function bounds(range: Range): JsonSchema {
  return {
    ...(range.min === undefined ? {} : { minimum: range.min }),
    ...(range.max === undefined ? {} : { maximum: range.max }),
  };
}

function preset(fallback: string | number | boolean | undefined): JsonSchema {
  return fallback === undefined ? {} : { default: fallback };
}
