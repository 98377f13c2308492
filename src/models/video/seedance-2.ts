import type { JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import type { JsonSchema, Model, Price } from "../model.ts";
import { choice, FREE_SEED, flag, integer, prompt, strictSchema, urls } from "../pieces.ts";
import { by, perSecond, type Tariff, when, withNote } from "../price.ts";
import { isGiven } from "../reading.ts";
import {
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
  readonly price: Price;
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

/** Prices of Seedance 2.0 and its fast version; reference clips make a second cheaper. */
export const SEEDANCE_2_PRICES: Readonly<Record<"full" | "fast", Price>> = {
  full: secondsPrice({
    "480p": clips(11.5, 20),
    "720p": clips(25, 40),
    "1080p": clips(62, 90),
    "4k": clips(128, 200),
  }),
  fast: secondsPrice({ "480p": clips(9, 14), "720p": clips(20, 28) }),
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
    price: secondsPrice({ "480p": clips(11.2, 19), "720p": clips(25.2, 42) }),
  },
  {
    id: "seedance-2.0",
    name: "Seedance 2.0",
    resolutions: [...SMALL, "1080p", "4k"],
    secondsMax: 15,
    limits: SEEDANCE_2_LIMITS,
    extras: SEEDANCE_2_EXTRAS,
    price: SEEDANCE_2_PRICES.full,
  },
  {
    id: "seedance-2.0-fast",
    name: "Seedance 2.0 Fast",
    resolutions: SMALL,
    secondsMax: 15,
    limits: SEEDANCE_2_LIMITS,
    extras: SEEDANCE_2_EXTRAS,
    price: SEEDANCE_2_PRICES.fast,
  },
  {
    id: "seedance-2.0-mini",
    name: "Seedance 2.0 Mini",
    resolutions: SMALL,
    resolution: "720p",
    secondsMax: 15,
    limits: SEEDANCE_2_LIMITS,
    extras: SEEDANCE_2_EXTRAS,
    price: secondsPrice({ "480p": clips(6, 10), "720p": clips(12.5, 24) }),
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
  const { id, name, price } = version;
  const fields = fieldsOf(version);
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
      price,
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

function clips(withClips: number, without: number): Tariff {
  return when(
    (input) => isGiven(input, "reference_video_urls"),
    ["with reference clips", withClips],
    ["without", without],
  );
}

function secondsPrice(cases: Readonly<Record<string, Tariff>>): Price {
  return withNote(
    perSecond(by("resolution", cases)),
    "the seconds of reference clips are not known before and not billed",
  );
}
