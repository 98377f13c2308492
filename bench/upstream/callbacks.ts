import { type Job, lookAt } from "./job-book.ts";

/** Sends the callbacks of jobs that asked for one. */
export interface CallbackSender {
  /** Plans what the fate of a new job brings. */
  plan(job: Job): void;
  /** Ends all that is planned and waits for what is under way. */
  close(): Promise<void>;
}

/** Writes the body of a callback in the words of the job's dialect. */
export type CallbackBody = (job: Job, end: "done" | "failed") => unknown;

const TIMEOUT_MS = 5_000;
const TRIES_MAX = 4;

/** Makes a sender; a failed callback is tried again a few times, a second apart. */
export function createCallbackSender(bodyOf: CallbackBody): CallbackSender {
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();

  const at = (delayMs: number, act: () => Promise<void>): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const run = act().finally(() => underWay.delete(run));
      underWay.add(run);
    }, delayMs);
    timers.add(timer);
  };

  const post = async (url: string, body: unknown): Promise<boolean> => {
    const request = {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    } as const;
    return fetch(url, request).then(
      (response) => response.ok,
      () => false,
    );
  };

  const deliver = async (url: string, body: unknown, tries = 1): Promise<void> => {
    if ((await post(url, body)) || tries >= TRIES_MAX) return;
    at(1_000, () => deliver(url, body, tries + 1));
  };

  const announce = async (job: Job): Promise<void> => {
    if (job.callbackUrl === null || job.canceled) return;
    const phase = lookAt(job, Date.now());
    const body = bodyOf(job, phase.kind === "failed" ? "failed" : "done");
    await deliver(job.callbackUrl, body);
    if (job.fate === "callback-twice") await deliver(job.callbackUrl, body);
  };

  return {
    plan(job) {
      const url = job.callbackUrl;
      if (url === null || NEVER_CALL.has(job.fate ?? "")) return;
      // Early: long before the job is done, and mostly before the submit is answered.
      if (job.fate === "callback-early") at(0, () => deliver(url, bodyOf(job, "done")));
      if (job.fate === "callback-forged") {
        const stranger = { ...job, id: `${job.id}-forged` };
        at(0, () => deliver(url, bodyOf(stranger, "failed")));
      }
      at(job.workMs + 20, () => announce(job));
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await Promise.allSettled(underWay);
    },
  };
}

const NEVER_CALL: ReadonlySet<string> = new Set(["callback-never", "never", "forget"]);
