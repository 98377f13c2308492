import type { JsonObject } from "../lib/json.ts";
import type { MemberLimits } from "../models/limits.ts";
import type { JsonSchema, Model, ModelMedia } from "../models/model.ts";

/** What serves a model. */
export interface ModelService {
  /** Which providers would serve a task now, in the order in which they are tried. */
  readonly providers: readonly string[];
  /** What made them do so, or what would make one. */
  readonly why: string;
}

/** A model in the list of models. */
export interface ModelData extends ModelService {
  readonly id: string;
  readonly media: ModelMedia;
  readonly summary: string;
  /** The price in words, or `null` when none is known. */
  readonly price: string | null;
  /** A sentence that warns of an old id, or `null`. */
  readonly deprecation: string | null;
}

/** A model with all that is needed to use it. */
export interface ModelDetailData extends ModelData {
  /** JSON Schema 2020-12 of `input`. */
  readonly input_schema: JsonSchema;
  readonly examples: readonly JsonObject[];
  readonly limits: ModelLimitsData;
}

/** What a caller must keep to. */
export interface ModelLimitsData {
  /** Milliseconds after which a task is looked into. */
  readonly soft_limit_ms: number;
  /** Milliseconds after which a task is closed whatever its upstream does. */
  readonly hard_limit_ms: number;
  /** Largest file that an input may name, bytes. */
  readonly input_file_bytes_max: number;
  /** Submits a minute of one key, and open tasks of one project; `null`: no limit. */
  readonly submits_per_minute: number | null;
  readonly open_tasks_max: number | null;
  /** Bounds of each member, as far as its schema alone says them. */
  readonly members: Readonly<Record<string, MemberLimitsData>>;
}

/** What one member may be; an absent bound is none. */
export interface MemberLimitsData {
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Characters. */
  readonly length_min?: number;
  readonly length_max?: number;
  readonly items_min?: number;
  readonly items_max?: number;
  readonly values?: readonly (string | number)[];
}

/** What the gateway adds to the limits of a model. */
export interface GatewayLimits {
  readonly hardLimitMs: number;
  readonly inputBytesMax: number;
  readonly submitsPerMinute: number | null;
  readonly openTasksMax: number | null;
  readonly members: Readonly<Record<string, MemberLimits>>;
}

/** Writes a model for the list. */
export function modelData(model: Model, { providers, why }: ModelService): ModelData {
  return {
    id: model.id,
    media: model.media,
    summary: model.summary,
    price: model.price?.summary ?? null,
    providers,
    why,
    deprecation: model.deprecation,
  };
}

/** Writes a model for its own page. */
export function modelDetailData(
  model: Model,
  service: ModelService,
  limits: GatewayLimits,
): ModelDetailData {
  return {
    ...modelData(model, service),
    input_schema: model.input,
    examples: model.examples,
    limits: {
      soft_limit_ms: model.softLimitMs,
      hard_limit_ms: limits.hardLimitMs,
      input_file_bytes_max: limits.inputBytesMax,
      submits_per_minute: limits.submitsPerMinute,
      open_tasks_max: limits.openTasksMax,
      members: Object.fromEntries(
        Object.entries(limits.members).map(([name, member]) => [name, memberData(member)]),
      ),
    },
  };
}

function memberData(limits: MemberLimits): MemberLimitsData {
  const { lengthMin, lengthMax, itemsMin, itemsMax, ...alike } = limits;
  return {
    ...alike,
    ...(lengthMin === undefined ? {} : { length_min: lengthMin }),
    ...(lengthMax === undefined ? {} : { length_max: lengthMax }),
    ...(itemsMin === undefined ? {} : { items_min: itemsMin }),
    ...(itemsMax === undefined ? {} : { items_max: itemsMax }),
  };
}
