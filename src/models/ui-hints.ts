import { isJsonObject, type JsonObject } from "../lib/json.ts";
import type { JsonSchema, Model } from "./model.ts";

/** How a form may show a member of an input: what the schema alone cannot tell. */
export interface UiHint {
  readonly control: string;
  readonly group: (typeof UI_GROUPS)[number];
  readonly label: string;
  readonly unit?: string;
  /** Names of the places of a list, first to last. */
  readonly slots?: readonly string[];
  /** What a media input takes. */
  readonly media?: "image" | "video" | "audio";
  /** The member whose picture is painted on. */
  readonly mask_of?: string;
  /** Members and values under which the text is a song's lyrics. */
  readonly lyrics_when?: JsonObject;
}

/** The groups of a form, in their order. */
export const UI_GROUPS = [
  ...([
    "mode",
    "prompt",
    "media",
    "source",
    "shape",
    "time",
    "count",
    "sound",
    "advanced",
  ] as const),
] as const;

/**
 * The schema of a model's input with an `x-ui` hint at each member, and the order of the members at
 * the top. Hints go by name and shape: nothing hangs on the id of a model, and a member that is not
 * known here stands among the advanced ones.
 */
export function withUiHints({ input }: Pick<Model, "input">): JsonSchema {
  const properties = isJsonObject(input.properties) ? input.properties : {};
  const names = Object.keys(properties);
  const hinted = Object.entries(properties).map(([name, schema = null]) => {
    if (!isJsonObject(schema)) return [name, schema] as const;
    return [name, { ...schema, "x-ui": hintOf(name, names) }] as const;
  });
  const order = names.toSorted((one, other) => rank(one, names) - rank(other, names));
  return { ...input, properties: Object.fromEntries(hinted), "x-ui": { groups: UI_GROUPS, order } };
}

function rank(name: string, names: readonly string[]): number {
  const place = Object.keys(HINTS).indexOf(name);
  const inGroup = place === -1 ? 999 : place;
  return UI_GROUPS.indexOf(hintOf(name, names).group) * 1_000 + inGroup;
}

function hintOf(name: string, names: readonly string[]): UiHint {
  const known = Object.hasOwn(HINTS, name) ? HINTS[name] : undefined;
  const hint = known ?? { control: "auto", group: "advanced", label: labelOf(name) };
  if (name === "prompt" && names.includes("custom_mode")) {
    return { ...hint, label: "Prompt or lyrics", lyrics_when: { custom_mode: true } };
  }
  if (name === "image_urls" && names.includes("generation_type")) {
    return { ...hint, slots: ["Start", "End"] };
  }
  return hint;
}

function labelOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Group = UiHint["group"];

function hints(
  group: Group,
  entries: Readonly<Record<string, Omit<UiHint, "group" | "label"> & { readonly label?: string }>>,
): readonly (readonly [string, UiHint])[] {
  return Object.entries(entries).map(([name, hint]) => [
    name,
    { ...hint, group, label: hint.label ?? labelOf(name) },
  ]);
}

const SWITCH = { control: "switch" } as const;
const CHOICE = { control: "choice" } as const;
const WEIGHT = { control: "weight" } as const;

/** By name; their order is that of the form. */
const HINTS: Readonly<Record<string, UiHint>> = Object.fromEntries([
  ...hints("mode", {
    custom_mode: { control: "mode", label: "Custom" },
    generation_type: { control: "mode", label: "Images are" },
    multi_shots: { control: "mode", label: "Several shots" },
    default_param_flag: { control: "mode", label: "Usual settings" },
    instrumental: SWITCH,
  }),
  ...hints("prompt", {
    prompt: { control: "prompt" },
    multi_prompt: { control: "shots", label: "Shots" },
    content: { control: "prompt" },
    full_lyrics: { control: "lyrics", label: "Whole lyrics" },
    title: { control: "text" },
    name: { control: "text" },
    description: { control: "prompt" },
    style: { control: "text" },
    tags: { control: "text" },
  }),
  ...hints("media", {
    image_urls: { control: "media", media: "image", label: "Images" },
    start_image_url: { control: "media", media: "image", label: "Start image" },
    end_image_url: { control: "media", media: "image", label: "End image" },
    mask_url: { control: "mask", media: "image", mask_of: "image_urls", label: "Mask" },
    reference_image_urls: { control: "media", media: "image", label: "Reference images" },
    video_url: { control: "media", media: "video", label: "Video" },
    video_urls: { control: "media", media: "video", label: "Videos" },
    reference_video_urls: { control: "media", media: "video", label: "Reference videos" },
    audio_url: { control: "media", media: "audio", label: "Sound" },
    upload_url: { control: "media", media: "audio", label: "Recording" },
    reference_audio_urls: { control: "media", media: "audio", label: "Reference sounds" },
    kling_elements: { control: "elements", label: "Elements" },
  }),
  ...hints("source", {
    task_id: { control: "track-task", label: "Task" },
    audio_id: { control: "track", label: "Track" },
    persona_id: { control: "persona", label: "Persona" },
    infill_start_s: { control: "region-start", unit: "s", label: "From" },
    infill_end_s: { control: "region-end", unit: "s", label: "To" },
    continue_at: { control: "marker", unit: "s", label: "Continue at" },
  }),
  ...hints("shape", {
    aspect_ratio: { control: "ratio", label: "Ratio" },
    size: { control: "size" },
    resolution: { control: "resolution" },
    quality: CHOICE,
    mode: CHOICE,
    output_format: { control: "choice", label: "Format" },
  }),
  ...hints("time", { duration: { control: "duration", unit: "s" } }),
  ...hints("count", { n: { control: "count", unit: "images", label: "How many" } }),
  ...hints("sound", {
    generate_audio: { control: "switch", label: "Sound" },
    sound: SWITCH,
    audio: CHOICE,
    audio_setting: { control: "choice", label: "Sound" },
    mv: { control: "choice", label: "Engine" },
    vocal_gender: { control: "choice", label: "Voice" },
    model_name: { control: "choice", label: "Engine" },
    output_type: { control: "choice", label: "Stem" },
  }),
  ...hints("advanced", {
    seed: { control: "seed" },
    negative_prompt: { control: "prompt", label: "Not in the picture" },
    negative_tags: { control: "text", label: "Not in the song" },
    style_weight: WEIGHT,
    weirdness_constraint: { ...WEIGHT, label: "Weirdness" },
    audio_weight: WEIGHT,
    cfg_scale: { ...WEIGHT, label: "Guidance" },
  }),
]);
