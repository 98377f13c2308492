import type { JsonObject } from "../lib/json.ts";
import type { JsonSchema, Model, ModelMedia, Price, Rule, Timing } from "./model.ts";

/** What a family says of one model; the rest follows from its media. */
export interface ModelFacts {
  readonly id: string;
  readonly summary: string;
  readonly input: JsonSchema;
  readonly price: Price;
  readonly examples: readonly JsonObject[];
  readonly rules?: readonly Rule[];
  readonly deprecation?: string;
  readonly words?: Readonly<Record<string, string>>;
  readonly normalise?: (input: JsonObject) => JsonObject;
  readonly strictBody?: boolean;
  readonly once?: string;
  readonly buildsOn?: readonly string[];
  readonly timing?: Timing;
}

const MINUTE_MS = 60_000;

/** How long a task may run before it counts as stalled, milliseconds. */
const SOFT_LIMIT_MS: Readonly<Record<ModelMedia, number>> = {
  image: 15 * MINUTE_MS,
  music: 30 * MINUTE_MS,
  video: 60 * MINUTE_MS,
};

/** A model that makes images; stalled after 15 minutes. */
export function imageModel(facts: ModelFacts): Model {
  return define("image", facts);
}

/** A model that makes a video; stalled after 60 minutes. */
export function videoModel(facts: ModelFacts): Model {
  return define("video", facts);
}

/** A model of the music family; stalled after 30 minutes. */
export function musicModel(facts: ModelFacts): Model {
  return define("music", facts);
}

/** An address of the kind that examples use; nothing answers there. */
export function sample(file: string): string {
  return `https://media.example.com/${file}`;
}

function define(media: ModelMedia, facts: ModelFacts): Model {
  const { rules = [], deprecation = null, ...rest } = facts;
  return { ...rest, media, rules, deprecation, softLimitMs: SOFT_LIMIT_MS[media] };
}
