import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { EncodedPacket } from "mediabunny";
import { assert } from "../../../lib/assert.ts";
import { UpstreamFailure } from "../../provider.ts";
import type { RenderJob, RenderRoom } from "../job.ts";
import { type EncodedPart, SEGMENT } from "./h264.ts";
import type { MovieFile } from "./movie-file.ts";
import type { PreparedFilm } from "./prepare.ts";
import { openLens, segmentsOf } from "./segment.ts";

/** Those who shoot a film: this thread and, for longer films, a helper beside it. */
export interface Crew {
  /** Shoots all segments and writes them in their order. */
  shoot(movie: MovieFile, room: RenderRoom): Promise<void>;
  /** Ends the helper. */
  dismiss(): Promise<void>;
}

/** What a helper is told. It takes segments from the board until there are no more. */
export interface HelperTask {
  readonly job: RenderJob;
  readonly board: Int32Array;
}

/** What a helper tells: a segment, or why it gives up. */
export type HelperReport =
  | {
      readonly kind: "part";
      readonly segment: number;
      readonly config: VideoDecoderConfig;
      readonly packets: readonly { readonly data: Uint8Array; readonly type: "key" | "delta" }[];
    }
  | { readonly kind: "failed"; readonly detail: string };

/** Places on the board: the next segment to take, frames done, and 1 when all shall stop. */
export const BOARD = { next: 0, done: 1, stop: 2 } as const;

/** Below this many pixels in all a helper costs more than it gives. */
const HELPED_PIXELS = 25_000_000;

/** Gathers who shoots a film. The helper begins at once. */
export function assembleCrew(
  job: RenderJob,
  prepared: PreparedFilm,
  helpers: number = helpersFor(prepared),
): Crew {
  const board = new Int32Array(new SharedArrayBuffer(12));
  const shelf = openShelf();
  const { fps } = prepared.film;
  const helper = helpers > 0 ? startHelper({ job, board }) : null;
  // Heard from its first moment: it may be done before there is a file to write to.
  const helped = helper === null ? null : collect(helper, { shelf, fps });
  // It is waited for later; until then its failure must not count as unheard.
  helped?.then(undefined, () => undefined);
  return {
    shoot(movie, room) {
      shelf.open(movie);
      return shootAll({ prepared, board, helped, shelf }, room);
    },
    async dismiss() {
      Atomics.store(board, BOARD.stop, 1);
      await helper?.terminate();
    },
  };
}

function helpersFor({ film, size }: PreparedFilm): number {
  const pixels = film.frames * size.width * size.height;
  return availableParallelism() > 1 && pixels > HELPED_PIXELS ? 1 : 0;
}

function startHelper(task: HelperTask): Worker {
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const helper = new Worker(new URL(`./worker.${suffix}`, import.meta.url), {
    name: "offline-helper",
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // Heard by whoever waits for a part; without a listener it would end this thread.
  helper.on("error", () => undefined);
  return helper;
}

interface FilmSet {
  readonly prepared: PreparedFilm;
  readonly board: Int32Array;
  /** Ends when all that the helper made is written. */
  readonly helped: Promise<void> | null;
  readonly shelf: Shelf;
}

async function shootAll(
  { prepared, board, helped, shelf }: FilmSet,
  room: RenderRoom,
): Promise<void> {
  const total = segmentsOf(prepared.film);
  const lens = openLens(prepared);
  const tick = (): void => {
    const done = Atomics.add(board, BOARD.done, 1) + 1;
    room.progress(done / (prepared.film.frames + 1));
    // The helper ends after its segment: two films with a helper each would need twice the memory.
    if (room.crowded) Atomics.store(board, BOARD.stop, 1);
    room.signal.throwIfAborted();
  };
  for (;;) {
    const segment = Atomics.add(board, BOARD.next, 1);
    if (segment >= total) break;
    await shelf.put(segment, await lens.shoot(segment, tick));
  }
  await helped;
  room.signal.throwIfAborted();
  assert(shelf.written() === total, `${shelf.written()} of ${total} segments were written`);
}

interface Shelf {
  /** Takes a segment; writes it when all before it are written and there is a file. */
  put(segment: number, part: EncodedPart): Promise<void>;
  /** Names the file to write to. */
  open(movie: MovieFile): void;
  /** How many segments are in the file. */
  written(): number;
}

function openShelf(): Shelf {
  const waiting = new Map<number, EncodedPart>();
  const file = Promise.withResolvers<MovieFile>();
  let next = 0;
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    const movie = await file.promise;
    for (let part = waiting.get(next); part !== undefined; part = waiting.get(next)) {
      waiting.delete(next);
      next += 1;
      await movie.add(part);
    }
  };
  return {
    put(segment, part) {
      waiting.set(segment, part);
      writing = writing.then(write);
      return writing;
    },
    open: file.resolve,
    written: () => next,
  };
}

/** Puts what the helper makes on the shelf until it ends. */
async function collect(
  helper: Worker,
  { shelf, fps }: { readonly shelf: Shelf; readonly fps: number },
): Promise<void> {
  let failed: string | null = null;
  let shelved = Promise.resolve();
  helper.on("message", (report: HelperReport) => {
    if (report.kind === "failed") failed = report.detail;
    else shelved = shelf.put(report.segment, rebuild(report, fps));
  });
  const [code] = await once(helper, "exit");
  await shelved;
  if (failed === null && code === 0) return;
  throw new UpstreamFailure({
    code: "generation_failed",
    message: "The offline engine could not make this film",
    retry: "same-route",
    retryAfterMs: null,
    billed: "no",
  });
}

function rebuild(
  { segment, config, packets }: Extract<HelperReport, { kind: "part" }>,
  fps: number,
): EncodedPart {
  return {
    config,
    packets: packets.map(({ data, type }, index) => {
      const timestamp = (segment * SEGMENT + index) / fps;
      return new EncodedPacket(data, type, timestamp, 1 / fps);
    }),
  };
}
