/** Any JSON value, read-only. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A JSON object whose values are not yet known. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Tells whether a value is a plain JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Serialises a value with its keys in alphabetic order, so that equal values give equal text.
 * Used for fingerprints of requests; `undefined` members are left out as in `JSON.stringify`.
 */
export function canonicalJson(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}

/** The limits of a JSON text that comes from outside. */
export interface JsonLimits {
  /** Deepest nesting of arrays and objects. */
  readonly depthMax: number;
  /** Most members and elements in all. */
  readonly nodesMax: number;
}

/** Names the limit that a value breaks, or `null` when it keeps both. Never recurses. */
export function brokenJsonLimit(value: unknown, limits: JsonLimits): "depth" | "nodes" | null {
  if (!isContainer(value)) return null;
  const open: { readonly value: object; readonly depth: number }[] = [{ value, depth: 0 }];
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth >= limits.depthMax) return "depth";
    const children: readonly unknown[] = Object.values(next.value);
    nodes += children.length;
    if (nodes > limits.nodesMax) return "nodes";
    for (const child of children) {
      if (isContainer(child)) open.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Parses JSON text; `undefined` when the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
