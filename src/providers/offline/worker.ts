import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { present } from "../../lib/assert.ts";
import { UpstreamFailure } from "../provider.ts";
import { collectEverything } from "./film/garbage.ts";
import type { RenderJob, RenderRoom } from "./job.ts";
import type { Assignment, JobEnd, Report } from "./pool.ts";
import { render } from "./render.ts";

const port = present(parentPort, "The port of the offline worker");
port.on("message", (assignment: Assignment) => void work(assignment));

async function work(assignment: Assignment): Promise<void> {
  const abort = new AbortController();
  const room = openRoom(assignment, abort);
  const report = await render(assignment.job, room).then(
    (production): Report => ({
      kind: "end",
      end: { kind: "completed", production },
      trouble: null,
    }),
    (error: unknown): Report => ({
      kind: "end",
      end: readEnd(error, abort.signal),
      trouble: readTrouble(error, abort.signal),
    }),
  );
  await tidyUp(assignment.job);
  tell(report);
}

/**
 * Gives back what a film was painted on. Not before its renderer has returned: until then its
 * scenes are in use; and buffers are given back when the event loop turns.
 */
async function tidyUp({ media }: RenderJob): Promise<void> {
  if (media !== "video") return;
  await nextTurn();
  collectEverything();
  await nextTurn();
}

/** A renderer need not yield: telling progress is when it learns that it was canceled. */
function openRoom(assignment: Assignment, abort: AbortController): RenderRoom {
  let staged = 0;
  let told = -1;
  const look = (): void => {
    if (Atomics.load(assignment.flag, 0) === 1 && !abort.signal.aborted) abort.abort();
  };
  return {
    signal: abort.signal,
    get crowded() {
      return Atomics.load(assignment.flag, 1) === 1;
    },
    stage(extension) {
      staged += 1;
      const name = `${assignment.job.marker.replace(/\W/g, "-")}-${staged}.${extension}`;
      return { name, path: join(assignment.stagingDir, name) };
    },
    progress(fraction) {
      look();
      if (fraction - told < 0.01) return;
      told = fraction;
      tell({ kind: "progress", fraction });
    },
  };
}

function tell(report: Report): void {
  port.postMessage(report);
}

function readEnd(error: unknown, signal: AbortSignal): JobEnd {
  const common = { retry: "never", retryAfterMs: null, billed: "no" } as const;
  if (signal.aborted) {
    const message = "The task was canceled";
    return { kind: "failed", error: { code: "canceled", message, ...common } };
  }
  if (error instanceof UpstreamFailure) return { kind: "failed", error: error.error };
  const message = "The offline engine could not make this";
  return { kind: "failed", error: { code: "generation_failed", message, ...common } };
}

/** What is worth a line in the log: neither a cancel nor a refusal. */
function readTrouble(error: unknown, signal: AbortSignal): string | null {
  if (signal.aborted || error instanceof UpstreamFailure) return null;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
