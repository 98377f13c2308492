import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../../core/outcome.ts";
import type { Json } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { mediaProduction, pictureLimits, readInput } from "../carry.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { accepted, jobError, underWay } from "../job.ts";
import type { FindQuery, Provider, ProviderContext } from "../provider.ts";
import { numberAt, textAt } from "../reading.ts";
import { matchVideos } from "./match.ts";
import { prepareVideo, readPrepared } from "./prepare.ts";

/** What a server of the videos protocol needs to be used. */
export interface OpenaiVideosOptions {
  /** Public models and the server's names for them: only the operator knows what runs there. */
  readonly models: Readonly<Record<string, string>>;
  /**
   * What a lost answer leaves to do: search the list of newest videos, nothing where there is no
   * list, or simply ask again where a run costs nothing.
   */
  readonly resubmit: "reconcile" | "blind" | "free";
  /** How late the server may register a submit that it did not answer, milliseconds. */
  readonly graceMs: number;
}

/** The videos protocol that OpenAI left behind, as vLLM-Omni, SGLang and several hosts serve it. */
export function openaiVideosProvider(options: OpenaiVideosOptions): Provider {
  return {
    name: "openai-videos",
    traits: {
      completion: ["poll"],
      resubmit: options.resubmit,
      cancel: "any",
      volatile: options.resubmit === "free",
      pollMs: { min: 1_000, start: POLL_AFTER_MS, max: 15_000 },
      graceMs: options.graceMs,
      softLimitMs: 3_600_000,
      resultTtlMs: 3_600_000,
    },
    models: options.models,
    prepare: prepareVideo,
    submit,
    poll,
    find,
    cancel,
    open: (ref, context) => openResult(context, DIALECT, `${pathOf(ref)}/content`),
  };
}

const POLL_AFTER_MS = 3_000;
const PHASES = { queued: ["queued"], running: ["in_progress"] };
const FRAME = pictureLimits(20);

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  meanings: [
    [/^(moderation_blocked|content_policy_violation|invalid_prompt):/, "policy-input"],
    [/^insufficient_quota:/, "balance"],
  ],
};

function readWords(answer: Json | undefined): UpstreamWords {
  return {
    code: textAt(answer, "error", "code") ?? "",
    message: textAt(answer, "error", "message") ?? textAt(answer, "detail") ?? "",
  };
}

function pathOf(operation: Json): string {
  return `v1/videos/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}

/** Always a form: vLLM-Omni takes nothing else, and every other server takes it too. */
async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { fields, image } = readPrepared(prepared);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (image !== null) {
    const { bytes, mediaType } = await readInput(context, image, FRAME);
    const ending = mediaType.replace("image/", "");
    body.set("input_reference", new Blob([bytes], { type: mediaType }), `frame.${ending}`);
  }
  return submitted(await ask(context, DIALECT, { url: "v1/videos", form: body }), (json) =>
    accepted(textAt(json, "id"), POLL_AFTER_MS),
  );
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const reply = await ask(context, DIALECT, { url: pathOf(operation) });
  return observed(reply, (video) => {
    const status = textAt(video, "status");
    const progress = numberAt(video, "progress");
    switch (status) {
      case "completed": {
        const ref = { id: textAt(operation, "id") ?? "" };
        const source = { kind: "upstream", ref } as const;
        return { kind: "completed", production: mediaProduction("video", [source], null) };
      }
      case "failed":
        return { kind: "failed", error: filmError(video, context) };
      default: {
        const seen = underWay(status, PHASES, { pollAfterMs: POLL_AFTER_MS });
        return seen === null ? null : { ...seen, progress };
      }
    }
  });
}

/** The stage at which a film was refused is not told. */
function filmError(video: Json, context: ProviderContext): UpstreamError {
  const { stage: _, ...error } = jobError(readWords(video), DIALECT, context);
  return error;
}

const NEWEST_MAX = 100;

/** Looks for the one video among the newest that is what was asked for when it was asked for. */
async function find(query: FindQuery, context: ProviderContext): Promise<FindOutcome> {
  const url = `v1/videos?limit=${NEWEST_MAX}&order=desc`;
  const { response, json, error } = await ask(context, DIALECT, { url });
  if (error !== null) {
    return { kind: "undecidable", detail: `The list answered ${response.status}` };
  }
  return matchVideos(json, query);
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const question = { method: "DELETE", url: pathOf(operation) } as const;
  const { response, error } = await ask(context, DIALECT, question);
  if (error === null) return "canceled";
  return response.status === 404 || response.status === 409 ? "too-late" : "unsupported";
}
