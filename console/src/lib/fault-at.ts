/** What the gateway said, as a sentence, and the field that it named. */
export interface Fault<Name extends string> {
  /** `null`: the whole form, or a field that it does not have. */
  readonly at: Name | null;
  readonly text: string;
}

/** {@link faultAt} for what was thrown. */
export function faultOf<Name extends string>(error: unknown, names: readonly Name[]): Fault<Name> {
  return faultAt(error instanceof Error ? error.message : String(error), names);
}

/**
 * Refusals begin with the member that is wrong: `key must be 8 to 4096 visible characters`. Gives
 * the field and what is left to say at it. Pure.
 */
export function faultAt<Name extends string>(message: string, names: readonly Name[]): Fault<Name> {
  const at = names.find((name) => new RegExp(`^${name}[\\s.[]`).test(message)) ?? null;
  if (at === null) return { at, text: sentence(message) };
  return { at, text: sentence(message.slice(at.length).replace(/^(\.\w+|\[\d+\])*\s*/, "")) };
}

/** Begins with a capital, unless its first word is the name of a member or a variable. */
export function sentence(message: string): string {
  const [first = ""] = message.split(/\s/);
  return /^[a-z]+[,;:]?$/.test(first)
    ? message.slice(0, 1).toUpperCase() + message.slice(1)
    : message;
}
