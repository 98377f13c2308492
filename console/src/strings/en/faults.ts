/** What is wrong with a value, for people: what is wrong, then what is accepted. */
export const faults = {
  required: "This is needed",
  notHere: "This model does not take it",
  unknown: "This model does not know this member",
  twice: "Each may stand here once",
  url: "Give an address that begins with https:// or http://",
  type: (types: readonly string[]) =>
    `Give ${types.map((type) => TYPES[type] ?? type).join(" or ")}`,
  choice: (choices: readonly string[]) => `Choose ${listed(choices)}`,
  tooShort: (min: number, length: number) => `At least ${min} characters; it has ${length}`,
  tooLong: (max: number, length: number) => `At most ${max} characters; it has ${length}`,
  pattern: (pattern: string) => `Write it like ${exampleOf(pattern)}`,
  range: (min: number | undefined, max: number | undefined) =>
    min === undefined
      ? `At most ${max}`
      : max === undefined
        ? `At least ${min}`
        : `From ${min} to ${max}`,
  multiple: (step: number) => `In steps of ${step}`,
  tooFew: (min: number, count: number) =>
    `At least ${min}; there ${count === 1 ? "is 1" : `are ${count}`}`,
  tooMany: (max: number, count: number) =>
    max === 0 ? "This model takes none" : `At most ${max}; there are ${count}`,
  atLeastOne: (names: readonly string[]) => `Give at least one of ${listed(names)}`,
  branches: (choices: readonly string[], patterns: readonly string[]) =>
    `Choose ${listed([...choices, ...patterns.map(exampleOf)])}`,
};

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "nothing",
};

function listed(words: readonly string[]): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** `^\d{3,4}x\d{3,4}$` is easier to read as `1024x1024`. */
function exampleOf(pattern: string): string {
  const plain = pattern.replace(/^\^|\$$/g, "");
  return /^\\d[^a-z]*[x*]\\d/.test(plain)
    ? `1024${plain.includes("*") && !plain.includes("x") ? "*" : "x"}1024`
    : plain;
}
