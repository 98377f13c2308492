import type {
  CancelOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../../core/outcome.ts";
import type { Clock } from "../../lib/clock.ts";
import { removeFile } from "../../lib/disk.ts";
import { isJsonObject, type Json } from "../../lib/json.ts";
import type { ModelMedia } from "../../models/model.ts";
import {
  type FetchedInput,
  type Preparation,
  type Provider,
  type ProviderContext,
  type ProviderRequest,
  UpstreamFailure,
} from "../provider.ts";
import { urlsToFetch } from "./input-media.ts";
import type { RenderJob } from "./job.ts";
import { type JobEnd, openPool, type Pool } from "./pool.ts";
import { prepareJob, readJob } from "./prepared-job.ts";
import { type Directions, errorAfter, errorBefore, readDirections } from "./stage-directions.ts";

/** What the offline engine needs to run. */
export interface OfflineOptions {
  /** Worker threads at most; they are started when work comes and ended after a minute without. */
  readonly workers: number;
  /** Absolute path of the staging folder; it exists. */
  readonly stagingDir: string;
  /** Every public model with what it makes. */
  readonly models: Readonly<Record<string, ModelMedia>>;
  readonly clock: Clock;
  /** Whether the waits of stage directions are waited for; `real` unless said. */
  readonly time?: "real" | "instant";
  /** Frames a second of films; 24 unless said. */
  readonly fps?: number;
  /** Whether the system's ffmpeg may decode customers' clips; it may unless this is false. */
  readonly decode?: boolean;
  /** The system's ffmpeg shall encode films; the shipped encoder does unless said. */
  readonly encoder?: "ffmpeg";
  /** Milliseconds without work after which a worker thread ends; 60,000 unless said. */
  readonly idleMs?: number;
  /** Hears what went wrong inside a worker, for the log. */
  readonly onTrouble?: (detail: string) => void;
}

/** The built-in engine: no network, no key, no cost. `close` ends its threads. */
export interface OfflineProvider extends Provider {
  close(): Promise<void>;
}

const TRAITS: Provider["traits"] = {
  completion: ["poll"],
  resubmit: "free",
  cancel: "any",
  volatile: true,
  inProcess: true,
  pollMs: { min: 100, start: 500, max: 5_000 },
  graceMs: 0,
  softLimitMs: 1_800_000,
  resultTtlMs: null,
};

/** A wake-up restores the pace; this is the safety net when one is lost. */
const POLL_AFTER_MS = 5_000;
/** Ended jobs that are remembered, so that a repeated poll still gets its answer. */
const ENDED_KEPT = 2_000;
/** At most two hints a second on progress. */
const WAKE_EVERY_MS = 500;

/** Builds the offline engine as a provider like any other. */
export function offlineProvider(options: OfflineOptions): OfflineProvider {
  const engine = new Engine(options);
  return {
    name: "offline",
    traits: TRAITS,
    models: Object.fromEntries(Object.keys(options.models).map((id) => [id, id])),
    prepare: (request) => prepare(request, options.models),
    submit: async (prepared, context) => engine.submit(prepared, context),
    poll: async (operation) => engine.poll(operation),
    cancel: async (operation) => engine.cancel(operation),
    close: () => engine.close(),
  };
}

interface Entry {
  readonly job: RenderJob;
  readonly context: ProviderContext;
  readonly directions: Directions;
  readonly startedMs: number;
  readonly abort: AbortController;
  phase: "queued" | "running";
  fraction: number;
  end: JobEnd | null;
}

class Engine {
  readonly #options: OfflineOptions;
  readonly #pool: Pool;
  readonly #entries = new Map<string, Entry>();

  constructor(options: OfflineOptions) {
    this.#options = options;
    this.#pool = openPool(options);
  }

  submit(prepared: Json, context: ProviderContext): SubmitOutcome {
    const job = readJob(prepared);
    if (job === null) {
      return { kind: "rejected", error: failure("internal", "The prepared job cannot be read") };
    }
    this.#entries.get(job.marker)?.abort.abort();
    const entry: Entry = {
      job,
      context,
      directions: this.#timed(readDirections(prepared)),
      startedMs: this.#options.clock.monotonicMs(),
      abort: new AbortController(),
      phase: "queued",
      fraction: 0,
      end: null,
    };
    this.#entries.set(job.marker, entry);
    void this.#run(entry);
    return { kind: "accepted", operation: { job: job.marker }, pollAfterMs: POLL_AFTER_MS };
  }

  poll(operation: Json): Observation {
    const entry = this.#find(operation);
    if (entry === undefined) return { kind: "lost" };
    if (entry.end !== null) return entry.end;
    const progress = Math.floor(entry.fraction * 100);
    return { kind: "pending", phase: entry.phase, progress, pollAfterMs: POLL_AFTER_MS };
  }

  cancel(operation: Json): CancelOutcome {
    const entry = this.#find(operation);
    if (entry === undefined) return "canceled";
    if (entry.end !== null) return "too-late";
    entry.abort.abort();
    return "canceled";
  }

  async close(): Promise<void> {
    for (const entry of this.#entries.values()) entry.abort.abort();
    await this.#pool.close();
  }

  #find(operation: Json): Entry | undefined {
    const id = isJsonObject(operation) ? operation.job : undefined;
    return typeof id === "string" ? this.#entries.get(id) : undefined;
  }

  async #run(entry: Entry): Promise<void> {
    const before = errorBefore(entry.directions);
    const made = before === null ? await this.#make(entry) : failed(before);
    const after = made.kind === "completed" ? errorAfter(entry.directions) : null;
    await this.#hold(entry);
    const end = after === null ? made : failed(after);
    entry.end = entry.abort.signal.aborted ? failed(CANCELED) : end;
    this.#forgetOldest();
    entry.context.wake();
  }

  async #make(entry: Entry): Promise<JobEnd> {
    const { inputs, error } = await fetchInputs(entry.job, entry.context);
    const end = error === null ? await this.#render(entry, inputs) : failed(error);
    await this.#letGo(inputs);
    return end;
  }

  /** What was fetched for a job is needed no more; one that stays is swept after a day. */
  async #letGo(inputs: RenderJob["inputs"]): Promise<void> {
    for (const { path } of Object.values(inputs)) {
      await removeFile(path).catch((error: unknown) => this.#options.onTrouble?.(String(error)));
    }
  }

  #timed(directions: Directions): Directions {
    return this.#options.time === "instant" ? { ...directions, slowMs: 0, lateMs: 0 } : directions;
  }

  /** Waits for what stage directions ask, telling progress; a cancel ends it. */
  async #hold(entry: Entry): Promise<void> {
    const { clock } = this.#options;
    const { slowMs, lateMs } = entry.directions;
    if (slowMs + lateMs === 0) return;
    const { signal } = entry.abort;
    const wholeMs = Math.max(slowMs, clock.monotonicMs() - entry.startedMs) + lateMs;
    entry.phase = "running";
    while (!signal.aborted) {
      const leftMs = entry.startedMs + wholeMs - clock.monotonicMs();
      if (leftMs <= 0) return;
      entry.fraction = this.#allowed(entry);
      entry.context.wake();
      await clock.sleep(Math.min(WAKE_EVERY_MS, leftMs), signal);
    }
  }

  /** The progress that a slow task may show by now. */
  #allowed({ startedMs, directions: { slowMs } }: Entry): number {
    if (slowMs === 0) return 0.99;
    return Math.min(0.99, (this.#options.clock.monotonicMs() - startedMs) / slowMs);
  }

  async #render(entry: Entry, inputs: RenderJob["inputs"]): Promise<JobEnd> {
    const { job, context } = entry;
    const { fps, decode, encoder } = this.#options;
    let wokenAtMs = 0;
    return this.#pool.run(
      {
        ...job,
        inputs,
        ...(fps === undefined ? {} : { fps }),
        ...(decode === undefined ? {} : { decode }),
        ...(encoder === undefined ? {} : { encoder }),
      },
      {
        signal: entry.abort.signal,
        started: () => {
          entry.phase = "running";
          context.wake();
        },
        progress: (fraction) => {
          entry.fraction = Math.max(entry.fraction, Math.min(this.#allowed(entry), fraction));
          const nowMs = this.#options.clock.monotonicMs();
          if (nowMs - wokenAtMs < WAKE_EVERY_MS) return;
          wokenAtMs = nowMs;
          context.wake();
        },
      },
    );
  }

  #forgetOldest(): void {
    if (this.#entries.size <= ENDED_KEPT) return;
    for (const [id, entry] of this.#entries) {
      if (entry.end === null) continue;
      this.#entries.delete(id);
      if (this.#entries.size <= ENDED_KEPT) return;
    }
  }
}

const CANCELED = failure("canceled", "The task was canceled");

function prepare(
  request: ProviderRequest,
  models: Readonly<Record<string, ModelMedia>>,
): Preparation {
  const media = models[request.upstreamModel];
  if (media === undefined) {
    const message = `The offline engine does not make ${request.upstreamModel}`;
    return { kind: "refused", error: failure("model_unavailable", message) };
  }
  return { kind: "ready", prepared: prepareJob(request, media), notes: [] };
}

/** The media that could be fetched, and what stands in the way of the rest. */
interface Fetched {
  readonly inputs: RenderJob["inputs"];
  readonly error: UpstreamError | null;
}

async function fetchInputs(job: RenderJob, context: ProviderContext): Promise<Fetched> {
  const inputs: Record<string, FetchedInput> = {};
  let error: UpstreamError | null = null;
  for (const url of urlsToFetch(job.input)) {
    const fetched = await context.input(url).catch((thrown: unknown) => {
      error = readFailure(thrown);
      return null;
    });
    if (fetched === null) break;
    inputs[url] = fetched;
  }
  return { inputs, error };
}

function readFailure(error: unknown): UpstreamError {
  if (error instanceof UpstreamFailure) return error.error;
  return failure("input_unreachable", "A file that the input names could not be fetched");
}

function failed(error: UpstreamError): Extract<JobEnd, { kind: "failed" }> {
  return { kind: "failed", error };
}

function failure(code: UpstreamError["code"], message: string): UpstreamError {
  return { code, message, retry: "never", retryAfterMs: null, billed: "no" };
}
