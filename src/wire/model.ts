import type { JsonObject } from "../lib/json.ts";
import type { JsonSchema, Model, ModelMedia } from "../models/model.ts";

/** A model in the list of models. */
export interface ModelData {
  readonly id: string;
  readonly media: ModelMedia;
  readonly summary: string;
  /** The price in words, or `null` when none is known. */
  readonly price: string | null;
  /** Which providers would serve a task now, in the order in which they are tried. */
  readonly providers: readonly string[];
  /** A sentence that warns of an old id, or `null`. */
  readonly deprecation: string | null;
}

/** A model with all that is needed to use it. */
export interface ModelDetailData extends ModelData {
  /** JSON Schema 2020-12 of `input`. */
  readonly input_schema: JsonSchema;
  readonly examples: readonly JsonObject[];
  readonly limits: {
    /** Milliseconds after which a task is looked into. */
    readonly soft_limit_ms: number;
  };
}

/** Writes a model for the list. */
export function modelData(model: Model, providers: readonly string[]): ModelData {
  return {
    id: model.id,
    media: model.media,
    summary: model.summary,
    price: model.price?.summary ?? null,
    providers,
    deprecation: model.deprecation,
  };
}

/** Writes a model for its own page. */
export function modelDetailData(model: Model, providers: readonly string[]): ModelDetailData {
  return {
    ...modelData(model, providers),
    input_schema: model.input,
    examples: model.examples,
    limits: { soft_limit_ms: model.softLimitMs },
  };
}
