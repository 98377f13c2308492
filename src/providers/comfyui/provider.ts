import type {
  ArtifactSource,
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
} from "../../core/outcome.ts";
import type { Json } from "../../lib/json.ts";
import { nameUuid } from "../../lib/name-uuid.ts";
import { publicWords, upstreamError } from "../answer.ts";
import { bodyWithFiles } from "../body-files.ts";
import type { InputBytes } from "../carry.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { accepted, pending } from "../job.ts";
import { type MappedOptions, prepareMapped, producedAs, readMapped, readPlan } from "../mapped.ts";
import { valuesAt } from "../mapping.ts";
import type { FindQuery, Provider, ProviderContext } from "../provider.ts";
import { at, objectAt, textAt } from "../reading.ts";
import { comfyuiV2 } from "./v2.ts";
import { type JobState, readHistory, readQueue, readWords, upload } from "./wire.ts";

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 1_000;

/** What a ComfyUI needs to be used. */
export interface ComfyuiOptions extends MappedOptions {
  /** ComfyUI's own endpoints, or the versioned ones of a proxy and of the cloud. */
  readonly api: "classic" | "v2";
  /** After a lost answer: look for the job, or simply run again where a run costs nothing. */
  readonly resubmit: "find" | "free";
}

/** A ComfyUI of one's own. The workflow and its results are told by each route's mapping. */
export function comfyuiProvider(options: ComfyuiOptions): Provider {
  const isFree = options.resubmit === "free";
  const prepare: Provider["prepare"] = (request) =>
    prepareMapped("comfyui", request, { ...options, isOwn: true });
  if (options.api === "v2") return comfyuiV2(prepare, isFree);
  return {
    name: "comfyui",
    traits: {
      completion: ["poll"],
      resubmit: isFree ? "free" : "client-id",
      cancel: "queued",
      // The history of jobs is kept in memory.
      volatile: true,
      pollMs: { min: 500, start: POLL_AFTER_MS, max: 5_000 },
      graceMs: 30_000,
      softLimitMs: 3_600_000,
      resultTtlMs: null,
    },
    models: {},
    prepare,
    submit,
    poll,
    find,
    cancel,
    open: (ref, context) => openResult(context, DIALECT, viewOf(ref)),
  };
}

const DIALECT: Dialect = { headers: bearer, readWords, meanings: [] };

/** The job's id is ours, so that it can be looked for when the answer is lost. */
function promptId(marker: string): string {
  return nameUuid(`${marker}:comfyui`);
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const request = readMapped(prepared);
  const carry = async (file: InputBytes): Promise<Json> => {
    const answer = await upload({ context, dialect: DIALECT, url: "upload/image" }, file, {
      field: "image",
      fields: { type: "input", overwrite: "false" },
    });
    const folder = textAt(answer, "subfolder");
    const name = textAt(answer, "name") ?? "";
    return folder === null ? name : `${folder}/${name}`;
  };
  const prompt = await bodyWithFiles(request, context, { carry });
  const json = { prompt, prompt_id: promptId(request.marker), client_id: "vidgo" };
  return submitted(await ask(context, DIALECT, { url: "prompt", json }), (answer) => {
    const operation = { look: "history", missing: 0, result: request.result };
    return accepted(textAt(answer, "prompt_id"), POLL_AFTER_MS, operation);
  });
}

/** Looks into the history, and, for a job that is not there yet, into the queue next time. */
async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "id") ?? "";
  if (textAt(operation, "look") === "queue") return pollQueue(operation, context);
  const reply = await askHistory(id, context);
  return observed(reply, (json) => {
    const job = readHistory(json, id);
    if (job === null) return null;
    if (job !== "absent") return jobSeen(job, operation, context);
    // A job leaves the queue before it enters the history: only a second look proves absence.
    if (Number(at(operation, "missing")) > 0) return { kind: "lost" };
    const next = { ...objectAt(operation), look: "queue" };
    return { ...pending("queued", 0), operation: next };
  });
}

async function pollQueue(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "id") ?? "";
  return observed(await askQueue(context), (json) => {
    const state = readQueue(json, id);
    if (state === null) return null;
    const isThere = state !== "absent";
    const next = { ...objectAt(operation), look: "history", missing: isThere ? 0 : 1 };
    const seen = isThere ? pending(state, POLL_AFTER_MS) : pending("running", 0);
    return { ...seen, operation: next };
  });
}

function jobSeen(job: JobState, operation: Json, context: ProviderContext): Observation | null {
  switch (job.status) {
    case "success": {
      const plan = readPlan(operation);
      const sources = valuesAt({ outputs: job.outputs }, plan.output).flatMap(
        (file): readonly ArtifactSource[] =>
          textAt(file, "filename") === null ? [] : [{ kind: "upstream", ref: file }],
      );
      return { kind: "completed", production: producedAs(plan, sources) };
    }
    case "error":
      return {
        kind: "failed",
        error: upstreamError({
          code: "generation_failed",
          message: publicWords(job.message, context) ?? "The workflow failed",
          retry: "same-route",
        }),
      };
    default:
      return { ...pending("running", POLL_AFTER_MS), unknownStatus: job.status.slice(0, 100) };
  }
}

/** The queue first: a job that has just left it is in the history by then. */
async function find(
  { marker, prepared }: FindQuery,
  context: ProviderContext,
): Promise<FindOutcome> {
  const id = promptId(marker);
  const request = readMapped(prepared);
  const operation = { id, look: "history", missing: 0, result: request.result };
  const queue = await askQueue(context);
  const queued = queue.error === null ? readQueue(queue.json ?? null, id) : null;
  if (queued === null) {
    return { kind: "undecidable", detail: `The queue answered ${queue.response.status}` };
  }
  if (queued !== "absent") return { kind: "found", operation };
  const history = await askHistory(id, context);
  const job = history.error === null ? readHistory(history.json ?? null, id) : null;
  if (job === null) {
    return { kind: "undecidable", detail: `The history answered ${history.response.status}` };
  }
  return job === "absent" ? { kind: "absent" } : { kind: "found", operation };
}

/** Takes a job out of the queue. One at work goes on: an interruption would hit any other too. */
async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const json = { delete: [textAt(operation, "id") ?? ""] };
  const { error } = await ask(context, DIALECT, { url: "queue", json });
  return error === null ? "canceled" : "unsupported";
}

function askHistory(id: string, context: ProviderContext): ReturnType<typeof ask> {
  return ask(context, DIALECT, { url: `history/${encodeURIComponent(id)}`, bytesMax: 16 * MIB });
}

function askQueue(context: ProviderContext): ReturnType<typeof ask> {
  return ask(context, DIALECT, { url: "queue", bytesMax: 64 * MIB });
}

function viewOf(ref: Json): string {
  const query = new URLSearchParams();
  for (const name of ["filename", "subfolder", "type"] as const) {
    query.set(name, textAt(ref, name) ?? "");
  }
  return `view?${query}`;
}
