/** Where a text stops being JSON, for the person who wrote it. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** What could have stood there: `a value`, `"," or "}"`. */
  readonly expected: string;
}

/**
 * Finds the first place where a text breaks the grammar of RFC 8259, or `null` when it is JSON.
 * The engine's own messages leave the place out for short texts. Never recurses, so that deep
 * nesting costs memory in proportion to its length only.
 */
export function findJsonFault(text: string): JsonFault | null {
  const open: ("{" | "[")[] = [];
  let want: Want = "value";
  let at = skipSpace(text, 0);
  while (want !== "end" || at < text.length) {
    const step = takeStep(text, at, want);
    if ("fault" in step) return place(text, step.at, step.fault);
    if (step.opens !== undefined) open.push(step.opens);
    if (step.closes !== undefined && open.pop() !== step.closes) {
      return place(text, at, EXPECTED[want]);
    }
    want = step.want === "after" ? afterValue(open.at(-1)) : step.want;
    at = skipSpace(text, step.at);
  }
  return null;
}

/** What the grammar allows next. */
type Want =
  | "value"
  | "value or end of array"
  | "name"
  | "name or end of object"
  | "colon"
  | "more of array"
  | "more of object"
  | "end";

type Step =
  | { readonly at: number; readonly fault: string }
  | {
      readonly at: number;
      readonly want: Want | "after";
      readonly opens?: "{" | "[";
      readonly closes?: "{" | "[";
    };

const EXPECTED: Readonly<Record<Want, string>> = {
  value: "a value",
  "value or end of array": 'a value or "]"',
  name: "a name in double quotes",
  "name or end of object": 'a name in double quotes or "}"',
  colon: '":"',
  "more of array": '"," or "]"',
  "more of object": '"," or "}"',
  end: "the end of the text",
};

function afterValue(open: "{" | "[" | undefined): Want {
  if (open === undefined) return "end";
  return open === "{" ? "more of object" : "more of array";
}

function takeStep(text: string, at: number, want: Want): Step {
  const char = text.charAt(at);
  const fault: Step = { at, fault: EXPECTED[want] };
  switch (want) {
    case "value":
      return takeValue(text, at) ?? fault;
    case "value or end of array":
      if (char === "]") return { at: at + 1, want: "after", closes: "[" };
      return takeValue(text, at) ?? fault;
    case "name":
    case "name or end of object":
      if (char === '"') return takeString(text, at, "colon");
      return char === "}" && want !== "name" ? { at: at + 1, want: "after", closes: "{" } : fault;
    case "colon":
      return char === ":" ? { at: at + 1, want: "value" } : fault;
    case "more of array":
      if (char === "]") return { at: at + 1, want: "after", closes: "[" };
      return char === "," ? { at: at + 1, want: "value" } : fault;
    case "more of object":
      if (char === "}") return { at: at + 1, want: "after", closes: "{" };
      return char === "," ? { at: at + 1, want: "name" } : fault;
    case "end":
      return fault;
  }
}

function takeValue(text: string, at: number): Step | null {
  const char = text.charAt(at);
  if (char === "{") return { at: at + 1, want: "name or end of object", opens: "{" };
  if (char === "[") return { at: at + 1, want: "value or end of array", opens: "[" };
  if (char === '"') return takeString(text, at, "after");
  for (const word of ["true", "false", "null"]) {
    if (text.startsWith(word, at)) return { at: at + word.length, want: "after" };
  }
  const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  number.lastIndex = at;
  return number.test(text) ? { at: number.lastIndex, want: "after" } : null;
}

function takeString(text: string, from: number, want: Want | "after"): Step {
  let at = from + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { at: at + 1, want };
    if (char < " ") return { at, fault: "an escape instead of a control character" };
    if (char === "\\") {
      const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
      escaped.lastIndex = at;
      if (!escaped.test(text)) return { at, fault: "an escape of JSON" };
      at = escaped.lastIndex;
    } else {
      at += 1;
    }
  }
  return { at, fault: "a closing double quote" };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at += 1;
  return at;
}

function place(text: string, at: number, expected: string): JsonFault {
  const before = text.slice(0, at);
  return {
    line: before.split("\n").length,
    column: at - before.lastIndexOf("\n"),
    expected,
  };
}
