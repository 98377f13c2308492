import { isRecord } from "../../lib/judge.ts";
import type { Schema } from "../../lib/schema.ts";
import { inputs } from "../../strings/en/inputs.ts";

/** What a field is filled in with. */
export type Control =
  | {
      readonly kind: "text";
      readonly lines: "one" | "many" | "lyrics";
      readonly max: number | null;
    }
  /** Shapes drawn as boxes. */
  | {
      readonly kind: "ratio";
      readonly ratios: readonly string[];
      /** Values such as 2K, in a row of their own. */
      readonly sizes: readonly string[];
      /** The sign between width and height where pixels may be given instead, else `null`. */
      readonly pixels: "x" | "*" | null;
    }
  | { readonly kind: "choice"; readonly values: readonly (string | number)[] }
  | { readonly kind: "fixed"; readonly value: string | number }
  | {
      readonly kind: "number";
      readonly min: number | null;
      readonly max: number | null;
      readonly step: number;
      readonly unit: string;
      /** Few enough steps for a slider. */
      readonly slider: boolean;
    }
  | { readonly kind: "seed"; readonly min: number; readonly max: number }
  | { readonly kind: "switch" }
  /** On, off, or left to the provider. */
  | { readonly kind: "maybe" }
  | {
      readonly kind: "media";
      readonly media: MediaKind;
      readonly many: boolean;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: "mask" }
  | { readonly kind: "cards"; readonly fields: readonly FormField[]; readonly max: number }
  | { readonly kind: "json" };

/** What may be dropped into a media field. */
export type MediaKind = "image" | "video" | "audio";

/** Where a field stands; groups follow each other in this order. */
export type FieldGroup = "mode" | "prompt" | "media" | "shape" | "time" | "sound" | "advanced";

/** One member of a model's input as a field of the form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  /** What an absent member means; `undefined` when the schema does not say. */
  readonly usual: unknown;
  readonly schema: Schema;
  readonly control: Control;
  readonly group: FieldGroup;
}

const GROUPS: readonly FieldGroup[] = [
  "mode",
  "prompt",
  "media",
  "shape",
  "time",
  "sound",
  "advanced",
];

/** The fields of a schema in the order of the form. What a model refuses has none. */
export function fieldsOf(schema: Schema): readonly FormField[] {
  const { properties = {}, required = [] } = schema;
  const names = Object.keys(properties);
  const fields = Object.entries(properties).flatMap(([name, member]): FormField[] => {
    if (isRefused(member)) return [];
    const control = controlOf(name, member, names);
    const field = { name, control, required: required.includes(name) };
    return [
      {
        ...field,
        label: inputs.labels[name] ?? humanised(name),
        hint: member.description ?? "",
        usual: member.default,
        schema: member,
        group: groupOf(field),
      },
    ];
  });
  return GROUPS.flatMap((group) => fields.filter((field) => field.group === group));
}

/** `not: {}` and lists that must be empty stand for what another model takes. */
function isRefused({ not, maxItems }: Schema): boolean {
  return maxItems === 0 || (not !== undefined && Object.keys(not).length === 0);
}

/** The first rule that fits decides; what none knows is written as JSON. */
function controlOf(name: string, schema: Schema, names: readonly string[]): Control {
  const { type, anyOf } = schema;
  if (anyOf !== undefined) return sizeControl(anyOf) ?? { kind: "json" };
  if (schema.enum !== undefined) return choiceControl(schema.enum);
  if (type === "boolean") return { kind: "default" in schema ? "switch" : "maybe" };
  if (type === "integer" || type === "number") return numberControl(name, schema);
  if (type === "string") {
    if (schema.format === "uri") {
      if (name === "mask_url" && names.includes("image_urls")) return { kind: "mask" };
      return { kind: "media", media: mediaOf(name), many: false, min: 0, max: 1 };
    }
    return { kind: "text", lines: linesOf(name, schema), max: schema.maxLength ?? null };
  }
  if (type === "array" && schema.items !== undefined) return listControl(name, schema);
  return { kind: "json" };
}

/** Ratios beside a pattern of pixels: one value, written in two ways. */
function sizeControl(branches: readonly Schema[]): Control | null {
  const pattern = branches.find((branch) => branch.pattern !== undefined)?.pattern;
  const words = branches.flatMap((branch) => branch.enum ?? []).filter(isText);
  const shape = choiceControl(words);
  if (pattern === undefined || shape.kind !== "ratio") return null;
  return { ...shape, pixels: /\*(\\d|\[)/.test(pattern) ? "*" : "x" };
}

const RATIO = /^\d+([.:x*]\d+)+$/;
const LOOSE = /^(auto|adaptive|keep_ratio|origin)$/;
const TIER = /^\d+k$/i;

function choiceControl(values: readonly unknown[]): Control {
  const words = values.filter(isText);
  const numbers = values.filter((value) => typeof value === "number");
  if (words.length + numbers.length !== values.length) return { kind: "json" };
  const [only] = values;
  if (values.length === 1 && (isText(only) || typeof only === "number")) {
    return { kind: "fixed", value: only };
  }
  const ratios = words.filter((word) => RATIO.test(word));
  const loose = words.filter((word) => LOOSE.test(word));
  const tiers = words.filter((word) => TIER.test(word));
  const isShape = ratios.length > 1 && ratios.length + loose.length + tiers.length === words.length;
  if (numbers.length === 0 && isShape) {
    return { kind: "ratio", ratios: [...loose, ...ratios], sizes: tiers, pixels: null };
  }
  return { kind: "choice", values: [...words.toSorted(bySize), ...numbers] };
}

/** `480p` before `720p` before `2K`; all other words stay in their order. */
function bySize(left: string, right: string): number {
  const [a, b] = [left, right].map(linesOfPicture);
  return a === undefined || b === undefined || a === null || b === null ? 0 : a - b;
}

function linesOfPicture(word: string): number | null {
  const match = /^(\d+)(p|k)$/i.exec(word);
  if (match === null) return null;
  return Number(match[1]) * (match[2]?.toLowerCase() === "k" ? 540 : 1);
}

const SLIDER_STEPS = 30;

function numberControl(name: string, schema: Schema): Control {
  const min = schema.minimum ?? null;
  const max = schema.maximum ?? null;
  const whole = schema.type === "integer";
  if (name === "seed") return { kind: "seed", min: min ?? 0, max: max ?? 2_147_483_647 };
  const step = whole ? 1 : 0.01;
  const steps = min === null || max === null ? Number.POSITIVE_INFINITY : max - min;
  const unit = /duration|_s$|_at$/.test(name) ? inputs.units.seconds : "";
  return { kind: "number", min, max, step, unit, slider: steps <= SLIDER_STEPS };
}

function listControl(name: string, { items = {}, minItems = 0, maxItems }: Schema): Control {
  const max = maxItems ?? 16;
  if (items.type === "string" && items.format === "uri") {
    return { kind: "media", media: mediaOf(name), many: true, min: minItems, max };
  }
  if (items.type === "object" && items.properties !== undefined) {
    return { kind: "cards", fields: fieldsOf(items), max };
  }
  return { kind: "json" };
}

function mediaOf(name: string): MediaKind {
  if (/video/.test(name)) return "video";
  return /audio|upload_url/.test(name) ? "audio" : "image";
}

const LONG = 200;

function linesOf(name: string, { maxLength }: Schema): "one" | "many" | "lyrics" {
  if (name === "full_lyrics") return "lyrics";
  const isLong = maxLength !== undefined && maxLength >= LONG;
  return isLong || /prompt|description|content/.test(name) ? "many" : "one";
}

const MODES = /^(custom_mode|default_param_flag|multi_shots)$/;
const ADVANCED = /^seed$|^negative_|_weight|_constraint|safety|prompt_extend|optimizer|cfg_scale/;

function groupOf(field: Pick<FormField, "name" | "control" | "required">): FieldGroup {
  const { name, control, required } = field;
  if (MODES.test(name)) return "mode";
  if (control.kind === "text" && control.lines !== "one" && !/^negative_/.test(name))
    return "prompt";
  if (control.kind === "cards" && /prompt/.test(name)) return "prompt";
  if (control.kind === "media" || control.kind === "mask") return "media";
  if (/^(size|aspect_ratio|resolution|quality|mode)$/.test(name)) return "shape";
  if (/^(duration|n|continue_at)$|_s$/.test(name)) return "time";
  if (/^(sound|generate_audio|instrumental|mv|vocal_gender|style|tags|title)$/.test(name)) {
    return "sound";
  }
  return required && !ADVANCED.test(name) ? "time" : "advanced";
}

function humanised(name: string): string {
  const words = name.replaceAll("_", " ").replace(/ (urls?|s)$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether a field belongs to the choice that its mode has made: hidden ones are not sent. */
export function isShown(
  field: FormField,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
): boolean {
  const has = (name: string): boolean => fields.some((each) => each.name === name);
  // What the schema wants always, no mode can hide.
  if (field.required) return true;
  return SWITCHED.every(({ mode, on, off }) => {
    if (!has(mode) || !on.some(has)) return true;
    const isOn = values[mode] === true;
    return !(isOn ? off : on).includes(field.name);
  });
}

/** Fields that belong to one side of a mode, wherever a schema has both. */
const SWITCHED: readonly {
  readonly mode: string;
  readonly on: readonly string[];
  readonly off: readonly string[];
}[] = [
  { mode: "multi_shots", on: ["multi_prompt"], off: ["prompt"] },
  { mode: "custom_mode", on: ["style", "title", "persona_id"], off: [] },
  { mode: "default_param_flag", on: ["prompt", "style", "title", "continue_at"], off: [] },
];

/** Whether a prompt holds lyrics now: where words are given for a song and somebody sings. */
export function isLyrics(
  field: FormField,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
): boolean {
  if (field.control.kind !== "text") return false;
  if (field.control.lines === "lyrics") return true;
  if (field.name !== "prompt" || values.instrumental === true) return false;
  const sings = fields.some(({ name }) => name === "instrumental" || name === "mv");
  return sings && (values.custom_mode === true || values.default_param_flag === true);
}

/** A value as a record of members; anything else is an empty one. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
