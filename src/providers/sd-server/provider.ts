import type { CancelOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput } from "../answer.ts";
import { dataUrl, mediaProduction, pictureLimits, readInput, stageResults } from "../carry.ts";
import { ask, bearer, type Dialect, observed, submitted } from "../dialect.ts";
import { accepted, jobError, pending } from "../job.ts";
import type { OwnServerOptions } from "../own-server.ts";
import type { Preparation, Provider, ProviderContext, ProviderRequest } from "../provider.ts";
import { textAt } from "../reading.ts";
import {
  type FilmWish,
  type PictureWish,
  readFilmWish,
  readPictureWish,
  sizeNotes,
} from "../wishes.ts";
import { type PreparedRun, type RunState, readPrepared, readState, readWords } from "./wire.ts";

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 1_000;
const IMAGE = pictureLimits(50);

/**
 * A `sd-server` of stable-diffusion.cpp of one's own, with one set of models. A run costs nothing,
 * so that a lost one is repeated.
 */
export function sdServerProvider({ models, media }: OwnServerOptions): Provider {
  return {
    name: "sd-server",
    traits: {
      completion: ["poll"],
      resubmit: "free",
      cancel: "queued",
      volatile: true,
      pollMs: { min: 500, start: POLL_AFTER_MS, max: 5_000 },
      graceMs: 0,
      softLimitMs: 3_600_000,
      // A result lives ten minutes; it is copied with the poll that sees it.
      resultTtlMs: 600_000,
    },
    models,
    prepare: (request) => prepare(request, media[request.model] === "video"),
    submit,
    poll,
    cancel,
  };
}

const DIALECT: Dialect = { headers: bearer, readWords, meanings: [] };

function prepare({ input }: ProviderRequest, isFilm: boolean): Preparation {
  const wish = isFilm ? readFilmWish(input) : readPictureWish(input);
  if (typeof wish === "string") return refusedInput(wish);
  const quality = "quality" in input ? ["quality has no equivalent and is left out"] : [];
  const notes = [...quality, ...sizeNotes(input)];
  const prepared = "count" in wish ? pictureRun(wish) : filmRun(wish);
  return { kind: "ready", prepared: { ...prepared }, notes };
}

function pictureRun(wish: PictureWish): PreparedRun {
  const { images, mask } = wish;
  const [first] = images;
  // With a mask the picture itself is painted over; without, it is looked at.
  const inputs: PreparedRun["inputs"] =
    mask === null || first === undefined
      ? images.map((url) => ["ref_images", url])
      : [
          ["init_image", first],
          ["mask_image", mask],
        ];
  const output = { batch_count: wish.count, output_format: wish.format ?? "png" };
  return { kind: "img_gen", body: { ...common(wish), ...output }, inputs };
}

const FRAMES_PER_SECOND = 16;

/** Counts of frames are one more than a multiple of four, as the server would round them. */
function filmRun(wish: FilmWish): PreparedRun {
  const inputs: PreparedRun["inputs"] = [
    ...(wish.first === null ? [] : [["init_image", wish.first] as const]),
    ...(wish.last === null ? [] : [["end_image", wish.last] as const]),
  ];
  const frames = Math.round((wish.seconds ?? 5) * FRAMES_PER_SECOND) + 1;
  const length = { video_frames: frames, fps: FRAMES_PER_SECOND };
  return { kind: "vid_gen", body: { ...common(wish), ...length, output_format: "webm" }, inputs };
}

function common({ prompt, negative, pixels, seed }: PictureWish | FilmWish): JsonObject {
  return {
    prompt,
    ...(negative === null ? {} : { negative_prompt: negative }),
    ...(pixels === null ? {} : { ...pixels }),
    ...(seed === null ? {} : { seed }),
  };
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { kind, body, inputs } = readPrepared(prepared);
  const found: Record<string, Json> = {};
  const references: string[] = [];
  for (const [name, url] of inputs) {
    const file = dataUrl(await readInput(context, url, IMAGE));
    if (name === "ref_images") references.push(file);
    else found[name] = file;
  }
  const media = references.length === 0 ? found : { ...found, ref_images: references };
  const json = { ...body, ...media };
  return submitted(await ask(context, DIALECT, { url: `sdcpp/v1/${kind}`, json }), (answer) =>
    accepted(textAt(answer, "id"), POLL_AFTER_MS),
  );
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const reply = await ask(context, DIALECT, {
    url: pathOf(operation),
    timeoutMs: 120_000,
    bytesMax: 128 * MIB,
  });
  return observed(reply, (json) => runSeen(readState(json), context));
}

async function runSeen(run: RunState, context: ProviderContext): Promise<Observation | null> {
  switch (run.status) {
    case null:
      return null;
    case "queued":
      return pending("queued", POLL_AFTER_MS);
    case "generating":
      return pending("running", POLL_AFTER_MS);
    case "completed": {
      const sources = await stageResults(context, run.results, run.media);
      if (sources === null) return null;
      return { kind: "completed", production: mediaProduction(run.media, sources, run.meta) };
    }
    case "failed":
    case "cancelled": {
      const error = jobError(run.words, DIALECT, context);
      return { kind: "failed", error: { ...error, billed: "no", retry: "same-route" } };
    }
    default:
      return { ...pending("running", POLL_AFTER_MS), unknownStatus: run.status };
  }
}

/** A run that has begun cannot be stopped: the server answers 409. */
async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const question = { method: "POST", url: `${pathOf(operation)}/cancel` } as const;
  const { response, error } = await ask(context, DIALECT, question);
  if (error === null) return "canceled";
  return [404, 409, 410].includes(response.status) ? "too-late" : "unsupported";
}

function pathOf(operation: Json): string {
  return `sdcpp/v1/jobs/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}
