import type { JsonObject } from "../../lib/json.ts";
import type { JsonSchema, Rule } from "../model.ts";
import { choice, decimal, text, url } from "../pieces.ts";
import { isGiven, lengthOf, textOf } from "../reading.ts";
import { lengthRule, rule } from "../rule.ts";

const ENGINES = ["V4", "V4_5", "V4_5ALL", "V4_5PLUS", "V5"] as const;

/** Longest id that is looked up, characters. */
const ID_LENGTH_MAX = 128;

/** Which engine writes the song; each has limits of its own. */
export const ENGINE: JsonSchema = choice("Engine version.", ENGINES);

/** The engines that can add a voice or a band to a recording. */
export const ADDING_ENGINE: JsonSchema = choice("Engine version.", ["V4_5PLUS", "V5"], "V4_5PLUS");

/** Style words of any engine; the limit of the engine is a rule. */
export const STYLE: JsonSchema = text("Genre, mood, instruments.", 1000);

/** Title of the track. */
export const TITLE: JsonSchema = text("Title of the track.", 100);

/** An earlier finished music task. */
export const TASK_ID: JsonSchema = text("Id of an earlier music task.", ID_LENGTH_MAX);

/** One track of an earlier task. */
export const AUDIO_ID: JsonSchema = text("Id of one track of an earlier task.", ID_LENGTH_MAX);

/** A recording of the customer. */
export const UPLOAD_URL: JsonSchema = url("The recording to start from.");

/** What steers the singing and the sound, in all models that write music. */
export const STEERING: Readonly<Record<string, JsonSchema>> = {
  negative_tags: text("Styles to keep out."),
  vocal_gender: choice("Whether a man or a woman sings; a hint.", ["m", "f"]),
  style_weight: decimal("How closely the style is kept, 0 to 1.", { min: 0, max: 1 }),
  weirdness_constraint: decimal("How far it may stray, 0 to 1.", { min: 0, max: 1 }),
  audio_weight: decimal("How much the given audio counts, 0 to 1.", { min: 0, max: 1 }),
};

/** A voice made by generate-persona; used in custom mode. */
export const PERSONA_ID: JsonSchema = text(
  "A persona made earlier; used in custom mode.",
  ID_LENGTH_MAX,
);

/** Weights that carry more decimals than two are refused. */
export const WEIGHTS: readonly Rule[] = [
  "style_weight",
  "weirdness_constraint",
  "audio_weight",
].map((field) => twoDecimals("music-weight-decimals", field));

/** At most two decimals; floats make `multipleOf` say otherwise for 0.07. */
export function twoDecimals(name: string, field: string): Rule {
  return rule(name, field, (input) => {
    const value = input[field];
    return typeof value === "number" && Number(value.toFixed(2)) !== value
      ? `${field} must have at most 2 decimals (got ${value})`
      : null;
  });
}

/** Characters that an engine takes. */
interface EngineLimits {
  readonly prompt: number;
  readonly style: number;
  readonly title: number;
}

const ENGINE_LIMITS: Readonly<Record<(typeof ENGINES)[number], EngineLimits>> = {
  V4: { prompt: 3000, style: 200, title: 80 },
  V4_5: { prompt: 5000, style: 1000, title: 100 },
  V4_5ALL: { prompt: 5000, style: 1000, title: 80 },
  V4_5PLUS: { prompt: 5000, style: 1000, title: 100 },
  V5: { prompt: 5000, style: 1000, title: 100 },
};

/** Lengths of prompt, style and title by engine. */
export const ENGINE_LENGTHS: readonly Rule[] = [
  withinEngine("prompt"),
  withinEngine("style"),
  withinEngine("title"),
];

function withinEngine(field: keyof EngineLimits): Rule {
  return lengthRule(`music-${field}-by-engine`, field, (input) => {
    const engine = ENGINES.find((name) => name === input.mv);
    if (engine === undefined) return null;
    const limit = ENGINE_LIMITS[engine][field];
    const length = lengthOf(textOf(input, field));
    return length > limit
      ? `${field} must be ${limit} characters or fewer for ${engine} (got ${length})`
      : null;
  });
}

/** A member that must say something as long as `needed` holds; `because` ends the message. */
export function requiredWhen(
  requirement: { readonly name: string; readonly field: string; readonly because: string },
  needed: (input: JsonObject) => boolean,
): Rule {
  const { name, field, because } = requirement;
  return rule(name, field, (input) =>
    needed(input) && !isGiven(input, field) ? `${field} is required ${because}` : null,
  );
}
