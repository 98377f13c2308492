import { isSame } from "../../lib/judge.ts";
import type { SubmitBody } from "../../lib/snippets.ts";
import { type FormField, isShown } from "./form-fields.ts";

/** What somebody has typed, by member; what was never touched is absent. */
export type Values = Readonly<Record<string, unknown>>;

/** What the playground sends, and every tab of code shows. */
export function toRequest(model: string, fields: readonly FormField[], values: Values): SubmitBody {
  return { model, input: toInput(fields, values) };
}

/**
 * The input of a form: what is required or differs from the default. A member that is hidden by a
 * mode stays in the form and is not sent; one that the schema does not know is sent as it is.
 */
export function toInput(fields: readonly FormField[], values: Values): Values {
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined || isBlank(value) || !isShown(field, fields, values)) continue;
    if (!field.required && isSame(value, field.usual)) continue;
    input[field.name] = value;
  }
  const known = new Set(fields.map(({ name }) => name));
  for (const [name, value] of Object.entries(values)) {
    if (!known.has(name) && value !== undefined) input[name] = value;
  }
  return input;
}

/** What a form begins with: required choices have an answer, texts and media wait for theirs. */
export function firstValues(fields: readonly FormField[], example: Values): Values {
  const values: Record<string, unknown> = {};
  for (const { name, required, control, usual } of fields) {
    if (!required) continue;
    const first = firstOf(control);
    if (first === undefined) continue;
    // What is off is the simplest form; other choices follow the example.
    values[name] = usual ?? (first === false ? false : (example[name] ?? first));
  }
  return values;
}

/** `undefined` for what nobody can choose for another: words, pictures, numbers without end. */
function firstOf(control: FormField["control"]): unknown {
  switch (control.kind) {
    case "ratio":
      return control.ratios[0];
    case "choice":
      return control.values[0];
    case "fixed":
      return control.value;
    case "switch":
    case "maybe":
      return false;
    case "number":
      return control.min ?? undefined;
    default:
      return undefined;
  }
}

/**
 * Puts a picture into the first field that takes pictures, behind those that are there.
 * @returns `null` where the model takes none.
 */
export function withPicture(
  fields: readonly FormField[],
  values: Values,
  url: string,
): Values | null {
  for (const { name, control } of fields) {
    if (control.kind !== "media" || control.media !== "image") continue;
    if (!control.many) return { ...values, [name]: url };
    const before = [values[name] ?? []].flat().filter((each) => each !== url);
    return { ...values, [name]: [...before.slice(0, control.max - 1), url] };
  }
  return null;
}

/** Carries values to another model by role and tells what did not fit. */
export function carryValues(
  values: Values,
  fields: readonly FormField[],
): { readonly values: Values; readonly dropped: readonly string[] } {
  const carried: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || isBlank(value)) continue;
    const target = targetOf(name, value, fields);
    if (target === null) dropped.push(name);
    else carried[target.name] ??= target.value;
  }
  return { values: carried, dropped };
}

const ROLES: readonly (readonly string[])[] = [
  ["size", "aspect_ratio"],
  ["image_urls", "start_image_url", "reference_image_urls"],
  ["video_url", "video_urls", "reference_video_urls"],
  ["sound", "generate_audio"],
  ["upload_url", "audio_url"],
];

function targetOf(
  name: string,
  value: unknown,
  fields: readonly FormField[],
): { readonly name: string; readonly value: unknown } | null {
  const alike = ROLES.find((role) => role.includes(name)) ?? [];
  for (const candidate of [name, ...alike]) {
    const field = fields.find((each) => each.name === candidate);
    if (field === undefined) continue;
    const fitting = fitted(value, field.control);
    if (fitting !== undefined) return { name: candidate, value: fitting };
  }
  return null;
}

/** A value as a control can hold it; `undefined` when it cannot. */
function fitted(value: unknown, control: FormField["control"]): unknown {
  switch (control.kind) {
    case "text":
    case "mask":
      return typeof value === "string" ? value : undefined;
    case "media": {
      const urls = [value].flat().filter((each) => typeof each === "string");
      if (urls.length === 0) return undefined;
      return control.many ? urls.slice(0, control.max) : urls[0];
    }
    case "switch":
    case "maybe":
      return typeof value === "boolean" ? value : undefined;
    case "ratio":
      return [...control.ratios, ...control.sizes].find((each) => each === value);
    case "choice":
      return typeof value === "number"
        ? nearest(value, control.values)
        : chosen(value, control.values);
    case "number":
    case "seed":
      if (typeof value !== "number") return undefined;
      return Math.min(control.max ?? value, Math.max(control.min ?? value, value));
    case "fixed":
      return control.value;
    default:
      return value;
  }
}

function chosen(value: unknown, values: readonly unknown[]): unknown {
  return values.find((each) => each === value);
}

function nearest(value: number, values: readonly unknown[]): number | undefined {
  const numbers = values.filter((each) => typeof each === "number");
  return numbers.toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value))[0];
}

function isBlank(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}
