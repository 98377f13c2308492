import type { Millicredits } from "../core/money.ts";
import type { JsonObject } from "../lib/json.ts";

/** A JSON Schema 2020-12 document as data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a model makes. */
export type ModelMedia = "image" | "video" | "music";

/**
 * One public model: all that is known about it without asking any provider. Families write these
 * as data; validation, OpenAPI, the console's forms and the price list are derived from it.
 */
export interface Model {
  /** The public id, matched exactly: `grok-imagine`, `kling-3.0/pro`. */
  readonly id: string;
  readonly media: ModelMedia;
  /** One sentence for people. */
  readonly summary: string;
  /** JSON Schema of `input`. Unknown members are ignored unless `additionalProperties` is false. */
  readonly input: JsonSchema;
  /** Rules that a schema cannot say well, in the order in which they are checked. */
  readonly rules: readonly Rule[];
  /** What a live key pays, from the checked input. `null`: no price is known. */
  readonly price: Price | null;
  /** Milliseconds after which a task of this model counts as stalled. */
  readonly softLimitMs: number;
  /** Inputs of the documentation, in its words or like them; also the tests' first cases. */
  readonly examples: readonly JsonObject[];
  /** What a second task of this model on the same track is told; absent if it may repeat. */
  readonly once?: string;
  /** The models whose tasks alone it builds on; absent where any that made songs may be named. */
  readonly buildsOn?: readonly string[];
  /** A sentence that warns of an old id, or `null`. */
  readonly deprecation: string | null;
  /**
   * Messages that the documentation words itself, by field and broken schema keyword:
   * `{"image_urls required": "image_urls is required for edit"}`.
   */
  readonly words?: Readonly<Record<string, string>>;
  /**
   * Runs before the schema, on values of any type: moves second names to the documented one and
   * fills defaults that hang on other members. Members that are `null` are gone already.
   */
  readonly normalise?: (input: JsonObject) => JsonObject;
  /** Whether members of the request beside `model`, `input` and `callback_url` are refused. */
  readonly strictBody?: boolean;
  /** What the seconds of the media that an input names decide; absent where they decide nothing. */
  readonly timing?: Timing;
}

/** Media whose length counts before a task exists: for its price, or for what may be asked. */
export interface Timing {
  /** Those that a checked input names. */
  sources(input: JsonObject): readonly TimedSource[];
  /** Gives what the lengths make wrong, or `null`. Unknown lengths are no fault. Pure. */
  check?(input: JsonObject, lengths: Lengths): Refusal | null;
  /** The seconds that a price by the second counts; `duration` when absent. */
  billedSeconds?(input: JsonObject, lengths: Lengths): number;
}

/** A clip or a sound that an input names. */
export interface TimedSource {
  /** The member as messages spell it: `reference_video_urls[0]`. */
  readonly field: string;
  /** Its URL, or the id of an earlier track. */
  readonly name: string;
  readonly kind: "film" | "sound" | "track";
  /** Whether its seconds are paid for: then also a stranger's file is measured. */
  readonly billed: boolean;
}

/** Seconds by {@link TimedSource.name}. */
export type Lengths = ReadonlyMap<string, number>;

/** A named check across fields. Sees an input that keeps its schema, with defaults filled in. */
export interface Rule {
  /** Names one idea, shared by models that share it; the table of refusals has a row for each. */
  readonly name: string;
  /** Gives what is wrong with the input, or `null`. Pure. */
  check(input: JsonObject): Refusal | null;
}

/** Why an input is refused, for people. */
export interface Refusal {
  /** The member at fault, as the message spells it: `multi_prompt[0].duration`. */
  readonly field: string;
  /** Names the field, what is wrong and what is accepted. */
  readonly message: string;
  /** Which error of the catalogue answers it; 400 `invalid_request` unless said. */
  readonly code?: "invalid_request" | "payload_too_large" | "content_too_long";
}

/** How a price comes from an input. */
export interface Price {
  /** One line for people: "30 credits for 6 s, 40 for 10 s". */
  readonly summary: string;
  /** The exact price of a checked input with its defaults filled in. Pure. */
  quote(input: JsonObject, facts?: PriceFacts): Millicredits;
  /** Whether it counts seconds, so that those of billed media must be known. */
  readonly bySeconds?: true;
}

/** What a price may depend on beside the input. */
export interface PriceFacts {
  /**
   * How many files are paid for; the `n` of the input when absent. Without effect on models that
   * have no `n`.
   */
  readonly units?: number;
  /** Of the billed media at least; none when absent. */
  readonly lengths?: Lengths;
}
