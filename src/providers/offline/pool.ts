import { Worker } from "node:worker_threads";
import type { Production, UpstreamError } from "../../core/outcome.ts";
import type { Clock } from "../../lib/clock.ts";
import { openSharpGate } from "../../lib/sharp-gate.ts";
import type { RenderJob } from "./job.ts";

/** Worker threads that render jobs, one each. */
export interface Pool {
  /** Runs a job when a worker is free. Never rejects. */
  run(job: RenderJob, watch: Watch): Promise<JobEnd>;
  /** Ends all threads; jobs under way end as failed. */
  close(): Promise<void>;
}

/** How a job ended. */
export type JobEnd =
  | { readonly kind: "completed"; readonly production: Production }
  | { readonly kind: "failed"; readonly error: UpstreamError };

/** Who looks on while a job runs. */
export interface Watch {
  /** Aborted when the job is canceled. */
  readonly signal: AbortSignal;
  started(): void;
  progress(fraction: number): void;
}

/** What a pool is built from. */
export interface PoolOptions {
  readonly workers: number;
  readonly stagingDir: string;
  readonly clock: Clock;
  readonly idleMs?: number;
  readonly onTrouble?: (detail: string) => void;
  /** The worker's module; the engine's own unless said. */
  readonly entry?: URL;
}

/** What a worker is told. `flag[0]` becomes 1 when the job is canceled, `flag[1]` in a crowd. */
export interface Assignment {
  readonly job: RenderJob;
  readonly stagingDir: string;
  readonly flag: Int32Array;
}

/** What a worker tells. */
export type Report =
  | { readonly kind: "progress"; readonly fraction: number }
  | { readonly kind: "end"; readonly end: JobEnd; readonly trouble: string | null };

/** Opens a pool; threads start with the first job. */
export function openPool(options: PoolOptions): Pool {
  openSharpGate();
  return new ThreadPool(options);
}

/** A canceled renderer that has not stopped by itself is ended with its thread. */
const STOP_GRACE_MS = 2_000;
const IDLE_MS = 60_000;
/** Pictures overtake films, which take far longer, but not for ever. */
const OVERTAKES_MAX = 8;

interface Waiting {
  readonly job: RenderJob;
  readonly watch: Watch;
  readonly resolve: (end: JobEnd) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly flag: Int32Array;
  current: Waiting | null;
  /** Ends the timer that runs for this thread: of its rest, or of a stop. */
  timer: AbortController;
}

class ThreadPool implements Pool {
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  #overtakes = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  run(job: RenderJob, watch: Watch): Promise<JobEnd> {
    return new Promise((resolve) => {
      if (this.#closed || watch.signal.aborted) {
        resolve(failed("canceled", "The task was canceled"));
        return;
      }
      const waiting: Waiting = { job, watch, resolve };
      this.#queue.push(waiting);
      watch.signal.addEventListener("abort", () => this.#cancel(waiting), { once: true });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.resolve(failed("canceled", "Closed"));
    await Promise.all([...this.#threads].map((thread) => thread.worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && !this.#closed) {
      const thread = this.#freeThread();
      if (thread === null) return;
      const waiting = this.#next();
      if (waiting !== undefined) this.#assign(thread, waiting);
    }
  }

  #next(): Waiting | undefined {
    const picture = this.#queue.findIndex((waiting) => waiting.job.media === "image");
    const overtakes = picture > 0 && this.#overtakes < OVERTAKES_MAX;
    this.#overtakes = overtakes ? this.#overtakes + 1 : 0;
    return this.#queue.splice(overtakes ? picture : 0, 1)[0];
  }

  #freeThread(): Thread | null {
    for (const thread of this.#threads) if (thread.current === null) return thread;
    return this.#threads.size < this.#options.workers ? this.#startThread() : null;
  }

  #startThread(): Thread {
    const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const own = new URL(`./worker.${suffix}`, import.meta.url);
    const worker = new Worker(this.#options.entry ?? own, {
      name: "offline",
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const flag = new Int32Array(new SharedArrayBuffer(8));
    const thread: Thread = { worker, flag, current: null, timer: new AbortController() };
    worker.on("message", (report: Report) => this.#hear(thread, report));
    worker.on("error", (error) => this.#options.onTrouble?.(String(error)));
    worker.on("exit", () => this.#lose(thread));
    this.#threads.add(thread);
    return thread;
  }

  #assign(thread: Thread, waiting: Waiting): void {
    renewTimer(thread);
    thread.current = waiting;
    Atomics.store(thread.flag, 0, 0);
    thread.worker.ref();
    waiting.watch.started();
    const { stagingDir } = this.#options;
    this.#tellCrowd();
    const assignment: Assignment = { job: waiting.job, stagingDir, flag: thread.flag };
    thread.worker.postMessage(assignment);
  }

  /** Tells every thread whether others work beside it: then there is no core to spare. */
  #tellCrowd(): void {
    const busy = [...this.#threads].filter(({ current }) => current !== null).length;
    for (const { flag } of this.#threads) Atomics.store(flag, 1, busy > 1 ? 1 : 0);
  }

  #hear(thread: Thread, report: Report): void {
    const waiting = thread.current;
    if (waiting === null) return;
    if (report.kind === "progress") {
      waiting.watch.progress(report.fraction);
      return;
    }
    if (report.trouble !== null) this.#options.onTrouble?.(report.trouble);
    thread.current = null;
    this.#tellCrowd();
    waiting.resolve(report.end);
    this.#rest(thread);
    this.#dispatch();
  }

  #rest(thread: Thread): void {
    thread.worker.unref();
    const signal = renewTimer(thread);
    const { clock, idleMs = IDLE_MS } = this.#options;
    void clock.sleep(idleMs, signal).then(() => {
      if (signal.aborted || thread.current !== null) return;
      // Before it is told to end, which takes its time: it would take a job with it.
      this.#threads.delete(thread);
      return thread.worker.terminate();
    });
  }

  #lose(thread: Thread): void {
    thread.timer.abort();
    this.#threads.delete(thread);
    const waiting = thread.current;
    thread.current = null;
    this.#tellCrowd();
    waiting?.resolve(failed("generation_failed", "The offline engine stopped while rendering"));
    this.#dispatch();
  }

  #cancel(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      waiting.resolve(failed("canceled", "The task was canceled"));
    }
    for (const thread of this.#threads) if (thread.current === waiting) this.#stop(thread, waiting);
  }

  #stop(thread: Thread, waiting: Waiting): void {
    Atomics.store(thread.flag, 0, 1);
    const signal = renewTimer(thread);
    void this.#options.clock.sleep(STOP_GRACE_MS, signal).then(() => {
      if (!signal.aborted && thread.current === waiting) return thread.worker.terminate();
    });
  }
}

function renewTimer(thread: Thread): AbortSignal {
  thread.timer.abort();
  thread.timer = new AbortController();
  return thread.timer.signal;
}

function failed(code: UpstreamError["code"], message: string): JobEnd {
  const error = { code, message, retry: "never", retryAfterMs: null, billed: "no" } as const;
  return { kind: "failed", error };
}
