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
 * Takes a command's words apart. `-o` stands for `--output`.
 * @throws {GatewayError} `invalid_request` naming the flag that is unknown or incomplete.
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
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = options[token.name];
    const needs = option?.type === "string";
    if (option === undefined) {
      throw usageError(`${token.rawName} is unknown; known are ${known.join(", ")}`);
    }
    if (needs && token.value === undefined) throw usageError(`${token.rawName} needs a value`);
    if (!needs && token.value !== undefined) throw usageError(`${token.rawName} takes no value`);
  }
  return { values, positionals };
}

/** The complaint about a command that was written wrongly. */
export function usageError(message: string): GatewayError {
  return new GatewayError("invalid_request", message);
}
