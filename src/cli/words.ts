import { parseArgs } from "node:util";
import { GatewayError } from "../core/error.ts";

/** Which flags a command knows: `text` takes a value, `list` may be given again, `switch` none. */
export type FlagKinds = Readonly<Record<string, "text" | "list" | "switch">>;

/** A command's words, taken apart. */
export interface Parsed {
  readonly words: readonly string[];
  text(flag: string): string | null;
  list(flag: string): readonly string[];
  on(flag: string): boolean;
}

/**
 * Takes a command's words apart. `-o` stands for `--output`; after `--` nothing is a flag.
 * @throws {GatewayError} `invalid_request` naming the flag that is unknown, twice or incomplete.
 */
export function parseWords(words: readonly string[], kinds: FlagKinds): Parsed {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      {
        type: kind === "switch" ? ("boolean" as const) : ("string" as const),
        multiple: kind === "list",
        ...(name === "output" ? { short: "o" } : {}),
      },
    ]),
  );
  const { values, positionals } = readWords(words, options);
  const given = (flag: string): unknown => values[flag];
  return {
    words: positionals,
    text: (flag) => {
      const value = given(flag);
      return typeof value === "string" ? value : null;
    },
    list: (flag) => {
      const value = given(flag);
      return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
    },
    on: (flag) => given(flag) === true,
  };
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function readWords(
  words: readonly string[],
  options: Options,
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  const known = Object.keys(options).map((name) => `--${name}`);
  const { tokens, values, positionals } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = options[token.name];
    if (option === undefined) throw unknownFlag(token.rawName, known);
    const needs = option.type === "string";
    if (needs && token.value === undefined) throw usageError(`${token.rawName} needs a value`);
    if (!needs && token.value !== undefined) throw usageError(`${token.rawName} takes no value`);
    if (needs && token.inlineValue === false && options[flagOf(token.value ?? "")] !== undefined) {
      throw usageError(`${token.rawName} needs a value before ${token.value}`);
    }
    if (seen.has(token.name) && option.multiple !== true) {
      throw usageError(`${token.rawName} is given twice; once is enough`);
    }
    seen.add(token.name);
  }
  return { values, positionals };
}

function flagOf(word: string): string {
  return word.startsWith("--") ? word.slice(2) : "";
}

function unknownFlag(name: string, known: readonly string[]): GatewayError {
  const list = known.length === 0 ? "none is known here" : `known are ${known.join(", ")}`;
  return usageError(`${name} is unknown; ${list}`);
}

/**
 * Holds a command to the words that it takes.
 * @throws {GatewayError} `invalid_request` naming the first word too many.
 */
export function expectWords(parsed: Parsed, most: number): void {
  const extra = parsed.words[most];
  if (extra !== undefined) throw usageError(`${extra} is one word too many; put texts in quotes`);
}

/** The number that a word writes in plain digits, or `null`; a unit behind it makes it none. */
export function plainNumber(word: string): number | null {
  return /^\d+(\.\d+)?$/.test(word) ? Number(word) : null;
}

/**
 * The number after a flag, or `null` where the flag is left out.
 * @param example What to write, such as "days, such as 30".
 * @throws {GatewayError} `invalid_request` naming the flag whose value is no number.
 */
export function numberAfter(parsed: Parsed, flag: string, example: string): number | null {
  const word = parsed.text(flag);
  if (word === null) return null;
  const value = plainNumber(word);
  if (value === null) throw usageError(`--${flag} must be a number of ${example}`);
  return value;
}

/** The complaint about a command that was written wrongly. */
export function usageError(message: string): GatewayError {
  return new GatewayError("invalid_request", message, { cause: MISWRITTEN });
}

/** Marks an error in the words of a command, as against one in a setting. */
export const MISWRITTEN = "written wrongly";
