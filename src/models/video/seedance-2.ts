import type { JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import type { JsonSchema, Model, Price } from "../model.ts";
import { choice, FREE_SEED, flag, integer, prompt, strictSchema, urls } from "../pieces.ts";
import { by, perSecond, type Tariff, when, withNote } from "../price.ts";
import { isGiven } from "../reading.ts";
import {
  CLIPS_ARE_BILLED,
  REFERENCE_TIMING,
  type ReferenceLimits,
  referenceFields,
  referenceSchema,
  referenceTotalRule,
} from "./references.ts";

/** One version of Seedance; each has three ids, one a workflow. */
interface Version {
  readonly id: string;
  readonly name: string;
  readonly resolutions: readonly string[];
  /** Absent where the resolution must be given. */
  readonly resolution?: string;
  readonly secondsMax: number;
  readonly limits: ReferenceLimits & { readonly total: number };
  /** Members that this version knows beside the common ones. */
  readonly extras: Readonly<Record<string, JsonSchema>>;
  readonly rates: SeedanceRates;
}

/** All shapes that Seedance knows. */
export const SEEDANCE_RATIOS: readonly string[] = [..."auto 21:9 16:9 4:3 1:1 3:4 9:16".split(" ")];

/** What all of Seedance 2.0 knows beside the common members. */
export const SEEDANCE_2_EXTRAS: Readonly<Record<string, JsonSchema>> = {
  return_last_frame: flag("Whether the last frame is also given as a picture."),
  web_search: flag("Whether the web may inform the video."),
  seed: FREE_SEED,
};

/** How many references Seedance 2.0 takes. */
export const SEEDANCE_2_LIMITS: ReferenceLimits & { readonly total: number } = {
  images: 9,
  videos: 3,
  audios: 3,
  total: 12,
};

/** Credits a second by resolution: without reference clips, and the lower rate with them. */
export type SeedanceRates = Readonly<Record<string, readonly [without: number, clips: number]>>;

/** Rates of Seedance 2.0 and its fast version. */
export const SEEDANCE_2_RATES: Readonly<Record<"full" | "fast", SeedanceRates>> = {
  full: { "480p": [20, 11.5], "720p": [40, 25], "1080p": [90, 62], "4k": [200, 128] },
  fast: { "480p": [14, 9], "720p": [28, 20] },
};

const SMALL = ["480p", "720p"];

const VERSIONS: readonly Version[] = [
  {
    id: "seedance-2.5",
    name: "Seedance 2.5",
    resolutions: SMALL,
    secondsMax: 30,
    limits: { images: 30, videos: 10, audios: 10, total: 50 },
    extras: {},
    rates: { "480p": [19, 11.2], "720p": [42, 25.2] },
  },
  {
    id: "seedance-2.0",
    name: "Seedance 2.0",
    resolutions: [...SMALL, "1080p", "4k"],
    secondsMax: 15,
    limits: SEEDANCE_2_LIMITS,
    extras: SEEDANCE_2_EXTRAS,
    rates: SEEDANCE_2_RATES.full,
  },
  {
    id: "seedance-2.0-fast",
    name: "Seedance 2.0 Fast",
    resolutions: SMALL,
    secondsMax: 15,
    limits: SEEDANCE_2_LIMITS,
    extras: SEEDANCE_2_EXTRAS,
    rates: SEEDANCE_2_RATES.fast,
  },
  {
    id: "seedance-2.0-mini",
    name: "Seedance 2.0 Mini",
    resolutions: SMALL,
    resolution: "720p",
    secondsMax: 15,
    limits: SEEDANCE_2_LIMITS,
    extras: SEEDANCE_2_EXTRAS,
    rates: { "480p": [10, 6], "720p": [24, 12.5] },
  },
];

const EXAMPLE = {
  prompt: "A dragon boat race, spray and drums, camera low over the water",
  duration: 5,
  resolution: "480p",
};
const EXAMPLE_IMAGES = [sample("reference-1.jpg")];

/** Seedance 2.0 to 2.5; the workflow is in the id, all of them strict. */
export const seedance2Models: readonly Model[] = VERSIONS.flatMap(workflows);

function workflows(version: Version): readonly Model[] {
  const { id, name } = version;
  const fields = fieldsOf(version);
  const price = perSecond(
    by(
      "resolution",
      mapRates(version.rates, ([without]) => without),
    ),
  );
  const required = ["prompt", "duration", ...(version.resolution ? [] : ["resolution"])];
  return [
    videoModel({
      id: `${id}/text-to-video`,
      summary: `${name} videos from text.`,
      input: strictSchema(required, fields),
      strictBody: true,
      price,
      examples: [EXAMPLE],
    }),
    videoModel({
      id: `${id}/image-to-video`,
      summary: `${name} videos from a first frame, to a last one when two are given.`,
      input: strictSchema([...required, "image_urls"], {
        ...fields,
        image_urls: urls("First frame, and last frame.", { min: 1, max: 2 }),
      }),
      normalise: followFrame,
      strictBody: true,
      price,
      examples: [{ ...EXAMPLE, image_urls: EXAMPLE_IMAGES }],
    }),
    videoModel({
      id: `${id}/reference-to-video`,
      summary: `${name} videos with pictures, clips and sounds as references.`,
      input: referenceSchema(required, { ...fields, ...referenceFields(version.limits, 1) }),
      rules: [referenceTotalRule(version.limits.total)],
      strictBody: true,
      timing: REFERENCE_TIMING,
      price: referencePrice(version.rates),
      examples: [{ ...EXAMPLE, reference_image_urls: EXAMPLE_IMAGES }],
    }),
  ];
}

function fieldsOf(version: Version): Readonly<Record<string, JsonSchema>> {
  return {
    prompt: prompt(20_000),
    duration: integer("Seconds.", { min: 4, max: version.secondsMax }),
    resolution: choice("Resolution.", version.resolutions, version.resolution),
    aspect_ratio: choice("Aspect ratio; a first frame decides it.", SEEDANCE_RATIOS),
    generate_audio: flag("Whether the video has sound."),
    ...version.extras,
  };
}

/** With a first frame every ratio is taken and the frame's is used. */
function followFrame(input: JsonObject): JsonObject {
  const given = input.aspect_ratio;
  const known = typeof given === "string" && SEEDANCE_RATIOS.includes(given);
  return known || given === undefined ? { ...input, aspect_ratio: "auto" } : input;
}

/** The price where clips may be referred to; a second is cheaper with them. */
export function referencePrice(rates: SeedanceRates): Price {
  const tariffs = mapRates(rates, ([without, clips]) =>
    when(
      (input) => isGiven(input, "reference_video_urls"),
      ["with reference clips", clips],
      ["without", without],
    ),
  );
  return withNote(perSecond(by("resolution", tariffs), REFERENCE_TIMING), CLIPS_ARE_BILLED);
}

function mapRates(
  rates: SeedanceRates,
  tariffOf: (rate: readonly [without: number, clips: number]) => Tariff,
): Readonly<Record<string, Tariff>> {
  return Object.fromEntries(
    Object.entries(rates).map(([resolution, rate]) => [resolution, tariffOf(rate)]),
  );
}
