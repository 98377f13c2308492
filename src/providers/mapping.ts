import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import type { FilePlace } from "./body-files.ts";
import { at } from "./reading.ts";

// A route told by data: what is sent, as a template, and where the results are, as a path.

/** How a route asks its upstream, as the operator's file says. */
export interface Mapping {
  /**
   * What is sent. A text that is one placeholder, `{duration}`, becomes the member of the input
   * with its type; placeholders within a text become text. `{image_urls.0}` goes deeper;
   * `{n|text}` and `{duration|number}` change the type, and `{image_urls|file}` sends the files
   * behind URLs instead of the URLs. `{"$of": "size", "1:1": "square"}` is a table. `{$seed}` is
   * a number of the attempt's own. What names an absent member is left out.
   */
  readonly input: Json;
  /** Where results are in the answer: `images.*.url`. */
  readonly output: string;
  /** Members of the input that may be left out, with a note on the task. */
  readonly ignore: readonly string[];
}

/** A filled template. */
export interface Filled {
  readonly kind: "filled";
  readonly body: Json;
  /** Places in the body that wait for a customer's file. */
  readonly files: readonly FilePlace[];
}

const PLACEHOLDER = /\{(\$seed|[a-z_0-9]+(?:\.\d+)*)(?:\|(text|number|file))?\}/g;
const WHOLE = new RegExp(`^${PLACEHOLDER.source}$`);
const TABLE = "$of";

/** The name of the number that every attempt has for itself. */
export const SEED = "$seed";

/** Fills a template with an input, or says which value it has no place for. */
export function fillTemplate(
  template: Json,
  input: JsonObject,
): Filled | { readonly kind: "refused"; readonly message: string } {
  const filling: Filling = { input, files: [], refusal: null };
  const body = fill(template, [], filling) ?? null;
  if (filling.refusal !== null) return { kind: "refused", message: filling.refusal };
  return { kind: "filled", body, files: filling.files };
}

interface Filling {
  readonly input: JsonObject;
  readonly files: FilePlace[];
  refusal: string | null;
}

type Path = readonly (string | number)[];

function fill(template: Json, path: Path, filling: Filling): Json | undefined {
  if (typeof template === "string") return fillText(template, path, filling);
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const each of template) {
      const item = fill(each, [...path, items.length], filling);
      if (item !== undefined) items.push(item);
    }
    return items;
  }
  if (!isJsonObject(template)) return template;
  if (TABLE in template) return fillTable(template, path, filling);
  const members = Object.entries(template).flatMap(([name, each]) => {
    const value = fill(each ?? null, [...path, name], filling);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(members);
}

function fillText(text: string, path: Path, filling: Filling): Json | undefined {
  const [, name, filter] = WHOLE.exec(text) ?? [];
  if (name !== undefined) return filtered(memberAt(filling.input, name), filter, { path, filling });
  let isWhole = true;
  const filled = text.replace(PLACEHOLDER, (_, inner: string) => {
    const value = memberAt(filling.input, inner);
    if (value === undefined) isWhole = false;
    return textOf(value ?? "");
  });
  return isWhole ? filled : undefined;
}

function filtered(
  value: Json | undefined,
  filter: string | undefined,
  { path, filling }: { readonly path: Path; readonly filling: Filling },
): Json | undefined {
  if (value === undefined || filter === undefined) return value;
  if (filter === "text") return textOf(value);
  if (filter === "number") return Number(value);
  const urls = Array.isArray(value) ? value : [value];
  for (const [place, url] of urls.entries()) {
    if (typeof url !== "string") continue;
    filling.files.push({ path: Array.isArray(value) ? [...path, place] : path, url });
  }
  // The files take these places when they have been fetched.
  return Array.isArray(value) ? urls.map(() => null) : null;
}

function fillTable(table: JsonObject, path: Path, filling: Filling): Json | undefined {
  const name = String(table[TABLE]);
  const value = memberAt(filling.input, name);
  if (value === undefined) return undefined;
  const key = textOf(value);
  const chosen = Object.hasOwn(table, key) && key !== TABLE ? table[key] : undefined;
  if (chosen !== undefined) return fill(chosen, path, filling);
  filling.refusal ??= `${name} ${key.slice(0, 40)} is not supported by this provider`;
  return undefined;
}

function memberAt(input: JsonObject, name: string): Json | undefined {
  const steps = name.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return at(input, ...steps);
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The members of an input that a template names. */
export function membersOf(template: Json): ReadonlySet<string> {
  if (typeof template === "string") {
    const names = [...template.matchAll(PLACEHOLDER)].map(([, name = ""]) => head(name));
    return new Set(names.filter((name) => name !== SEED));
  }
  if (typeof template !== "object" || template === null) return new Set();
  const table = isJsonObject(template) ? template[TABLE] : undefined;
  const own = typeof table === "string" ? [head(table)] : [];
  const inner = Object.entries(template).filter(([name]) => name !== TABLE);
  return new Set([...own, ...inner.flatMap(([, each]) => [...membersOf(each ?? null)])]);
}

function head(name: string): string {
  return name.split(".")[0] ?? name;
}

const STEP = /^(\*|[A-Za-z0-9_-]+)$/;

/** Whether a text is a path such as `images.*.url`. */
export function isPath(text: string): boolean {
  return text !== "" && text.split(".").every((step) => STEP.test(step));
}

/** All values at a path; `*` stands for every item or member. */
export function valuesAt(value: Json | undefined, path: string): readonly Json[] {
  let found: readonly (Json | undefined)[] = [value];
  for (const step of path.split(".")) {
    found = found.flatMap((each): readonly (Json | undefined)[] => {
      if (step !== "*") return [at(each, Array.isArray(each) ? Number(step) : step)];
      return typeof each === "object" && each !== null ? Object.values(each) : [];
    });
  }
  return found.filter((each) => each !== undefined && each !== null);
}

/** What is wrong with a mapping for inputs with these members: path below it, and message. */
export function mappingFaults(
  { input, output, ignore }: Mapping,
  members: readonly string[],
): readonly (readonly [path: string, message: string])[] {
  const known = `the model has ${members.join(", ")}`;
  const strange = [...membersOf(input)].filter((name) => !members.includes(name));
  const idle = ignore.filter((name) => !members.includes(name));
  return [
    ...(isJsonObject(input) ? [] : [["input", " must be an object"] as const]),
    ...strange.map((name) => ["input", ` names {${name}}, which is no member: ${known}`] as const),
    ...idle.map((name) => ["ignore", ` names ${name}, which is no member: ${known}`] as const),
    ...(isPath(output) ? [] : [["output", " is no path: write one such as images.*.url"] as const]),
  ];
}
