import type { ArtifactSource, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import { dataUrl, linkSource, mediaProduction, pictureLimits, readInput } from "../carry.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { accepted, jobError, underWay } from "../job.ts";
import type { Preparation, Provider, ProviderContext, ProviderRequest } from "../provider.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { type FilmState, readFilm, readPrepared, readWords } from "./wire.ts";

const POLL_AFTER_MS = 10_000;
const PHASES = { queued: ["pending"], running: ["in_progress"] };
const IMAGE = pictureLimits(20);
const KNOWN: ReadonlySet<string> = new Set(
  (
    "prompt image_urls end_image_url reference_image_urls generation_type aspect_ratio " +
    "resolution duration sound generate_audio seed"
  ).split(" "),
);

/** Films of many makers by OpenRouter's one endpoint. */
export const openrouter: Provider = {
  name: "openrouter",
  traits: {
    ...PLAIN_JOBS,
    pollMs: { min: 5_000, start: POLL_AFTER_MS, max: 30_000 },
    softLimitMs: 3_600_000,
    resultTtlMs: 3_600_000,
  },
  models: {
    "veo3.1-quality-official": "google/veo-3.1",
    "seedance-1.5-pro": "bytedance/seedance-1.5-pro",
    "seedance-2.0/text-to-video": "bytedance/seedance-2.0",
    "seedance-2.0/image-to-video": "bytedance/seedance-2.0",
  },
  prepare,
  submit,
  poll,
  open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
};

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  // A flagged prompt is told as a lack of permission.
  meanings: [
    [/moderation|flagged/i, "policy-input", 403],
    [/moderation|content polic|safety|flagged/i, "policy-output"],
    [/no endpoints found|not a valid model/i, "gone"],
  ],
};

function prepare({ input, upstreamModel }: ProviderRequest): Preparation {
  const strange = strangeMember(input, KNOWN);
  if (strange !== null) return refusedInput(strange);
  const isReference = textAt(input, "generation_type") === "reference";
  const pictures = textsAt(input, "image_urls");
  const [first = null, second = null, ...more] = isReference ? [] : pictures;
  if (more.length > 0) return refusedInput("image_urls must have two frames for this provider");
  const sound = input.sound ?? input.generate_audio;
  const body = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    ...optional("duration", numberAt(input, "duration")),
    ...optional("resolution", textAt(input, "resolution")),
    // Without a ratio it follows the first frame.
    ...optional("aspect_ratio", ratioOf(input)),
    ...optional("seed", numberAt(input, "seed")),
    ...(typeof sound === "boolean" ? { generate_audio: sound } : {}),
  };
  const references = [...(isReference ? pictures : []), ...textsAt(input, "reference_image_urls")];
  const last = textAt(input, "end_image_url") ?? second;
  return { kind: "ready", prepared: { body, first, last, references }, notes: [] };
}

function ratioOf(input: JsonObject): string | null {
  const ratio = textAt(input, "aspect_ratio");
  return ratio === "auto" ? null : ratio;
}

function optional(name: string, value: Json): JsonObject {
  return value === null ? {} : { [name]: value };
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { body, first, last, references } = readPrepared(prepared);
  const picture = async (url: string): Promise<JsonObject> => ({
    type: "image_url",
    image_url: { url: dataUrl(await readInput(context, url, IMAGE)) },
  });
  const frames: JsonObject[] = [];
  for (const [frame_type, url] of [
    ["first_frame", first],
    ["last_frame", last],
  ] as const) {
    if (url !== null) frames.push({ ...(await picture(url)), frame_type });
  }
  const inputs: JsonObject[] = [];
  for (const url of references) inputs.push(await picture(url));
  const json = {
    ...body,
    ...(frames.length === 0 ? {} : { frame_images: frames }),
    ...(inputs.length === 0 ? {} : { input_references: inputs }),
  };
  return submitted(await ask(context, DIALECT, { url: "videos", json }), (answer) =>
    accepted(textAt(answer, "id"), POLL_AFTER_MS),
  );
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = encodeURIComponent(textAt(operation, "id") ?? "");
  const reply = await ask(context, DIALECT, { url: `videos/${id}` });
  return observed(reply, (json) => filmSeen(readFilm(json), context));
}

/** The signed links where there are any; the others want the key, which no other host may see. */
function sourcesOf({ signed, unsigned }: FilmState, context: ProviderContext): ArtifactSource[] {
  if (signed.length > 0) return signed.map((url) => linkSource(url, context));
  return unsigned.map((url) => {
    const own = CONTENT.exec(url)?.[0];
    return own === undefined ? linkSource(url, context) : { kind: "upstream", ref: { url: own } };
  });
}

/** A film's place below the account's address, where a proxy may stand. */
const CONTENT = /\/videos\/[^/?#]+\/content(\?[^#]*)?/;

function filmSeen(film: FilmState, context: ProviderContext): Observation | null {
  switch (film.status) {
    case "completed": {
      const production = {
        ...mediaProduction("video", sourcesOf(film, context), film.meta),
        ...film.cost,
      };
      return { kind: "completed", production };
    }
    case "failed":
    case "cancelled":
    case "expired":
      return { kind: "failed", error: jobError(film.words, DIALECT, context) };
    default:
      return underWay(film.status, PHASES, { pollAfterMs: POLL_AFTER_MS, progress: film.progress });
  }
}
