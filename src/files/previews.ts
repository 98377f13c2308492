import { rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { GatewayError } from "../core/error.ts";
import type { FileRow } from "../core/file.ts";
import { trusted } from "../lib/call-by-name.ts";
import type { Clock } from "../lib/clock.ts";
import { startDeadline } from "../lib/deadline.ts";
import { makePrivateFolder, openRegular } from "../lib/disk.ts";
import { parseJson } from "../lib/json.ts";
import { openSharpGate } from "../lib/sharp-gate.ts";
import { removeStaleFolders } from "../lib/stale-folders.ts";
import type { FileStore } from "./file-store.ts";
import { type PreviewView, VIEW_FILES } from "./preview-view.ts";
import type { PreviewJob, PreviewsMade } from "./preview-work.ts";

/** Small pictures and the loudness of files: a cache on this machine, made when first asked for. */
export interface Previews {
  /** Path of a view of a file whose bytes are held, or `null` when none can be made of it. */
  pathOf(file: FileRow, view: PreviewView): Promise<string | null>;
  /** Removes what was made of files. */
  forget(fileIds: readonly string[]): Promise<void>;
  /** Removes what is older than a day; it is made again when it is asked for. */
  sweep(): Promise<void>;
  /** Refuses what still waits, and ends the thread. */
  close(): Promise<void>;
}

/** What previews are made with. */
export interface PreviewsContext {
  /** A folder of our own; made when it is not there. */
  readonly root: string;
  readonly files: Pick<FileStore, "localPath">;
  readonly clock: Clock;
  /** Told once for each file that has a picture: `#rrggbb`. */
  readonly onColour: (fileId: string, colour: string) => Promise<void>;
  /** How long one file may take, milliseconds; half a minute unless said. */
  readonly timeoutMs?: number;
}

const WAITING_MAX = 500;
const JOB_TIMEOUT_MS = 30_000;
const AGE_MAX_MS = 86_400_000;
const DONE = "done.json";
const NOTHING_MADE: PreviewsMade = { views: [], colour: null };

/** Opens the cache. Its thread starts with the first file and works on one at a time. */
export function openPreviews(context: PreviewsContext): Previews {
  const { root } = context;
  // Before any thread starts: those that load the image library take turns.
  openSharpGate();
  const waiting = new Map<string, Promise<PreviewsMade>>();
  const closing = new AbortController();
  const { signal } = closing;
  const thread = makeThread(context.timeoutMs ?? JOB_TIMEOUT_MS, signal);
  let last: Promise<unknown> = Promise.resolve();
  const make = (file: FileRow): Promise<PreviewsMade> => {
    const known = waiting.get(file.id);
    if (known !== undefined) return known;
    if (waiting.size >= WAITING_MAX) {
      throw new GatewayError("unavailable", "Too many pictures are being made; ask again later", {
        retryAfterS: 2,
      });
    }
    const made = last.then(() => {
      signal.throwIfAborted();
      return makeOne(context, file, thread);
    });
    // One that fails holds up none of those behind it.
    const end = (): boolean => waiting.delete(file.id);
    last = made.then(end, end);
    waiting.set(file.id, made);
    return made;
  };
  return {
    async pathOf(file, view) {
      const made = (await readDone(join(root, file.id))) ?? (await make(file));
      return made.views.includes(view) ? join(root, file.id, VIEW_FILES[view]) : null;
    },
    async forget(fileIds) {
      for (const id of fileIds) await rm(join(root, id), { recursive: true, force: true });
    },
    sweep: () => removeStaleFolders(root, context.clock.nowMs() - AGE_MAX_MS),
    async close() {
      closing.abort(STOPPING);
      await thread.close();
      await last;
    },
  };
}

const STOPPING = new GatewayError("unavailable", "The gateway is stopping; ask again later");

async function makeOne(
  context: PreviewsContext,
  file: FileRow,
  thread: Thread,
): Promise<PreviewsMade> {
  const folder = join(context.root, file.id);
  const known = await readDone(folder);
  if (known !== null) return known;
  const path = await context.files.localPath(file.storageKey);
  if (path === null) return NOTHING_MADE;
  await makePrivateFolder(folder);
  const made = await thread.run({ path, mediaType: file.mediaType, folder });
  // A thread that was lost or too slow says nothing about the file: only what was seen is kept.
  if (made === null) return NOTHING_MADE;
  if (made.colour !== null) await context.onColour(file.id, made.colour);
  await writeFile(join(folder, DONE), JSON.stringify(made), { mode: 0o600 });
  return made;
}

async function readDone(folder: string): Promise<PreviewsMade | null> {
  await using file = await openRegular(join(folder, DONE));
  const value = file === null ? undefined : parseJson(await file.readFile("utf8"));
  return value === undefined ? null : trusted<PreviewsMade>(value);
}

interface Thread {
  /** `null` when the thread was lost or took too long. */
  run(job: PreviewJob): Promise<PreviewsMade | null>;
  close(): Promise<void>;
}

// The build turns .ts into .js, also in the name of this thread.
const ENTRY = new URL(`./preview-thread${extname(import.meta.url)}`, import.meta.url);

/** A thread that is started when it is needed, and again after it was lost. */
function makeThread(timeoutMs: number, closing: AbortSignal): Thread {
  let worker: Worker | null = null;
  const start = (): Worker => {
    const started = new Worker(ENTRY, {
      name: "previews",
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    started.unref();
    worker = started;
    return started;
  };
  const lose = async (): Promise<void> => {
    const lost = worker;
    worker = null;
    await lost?.terminate();
  };
  return {
    async run(job) {
      closing.throwIfAborted();
      const busy = worker ?? start();
      using deadline = startDeadline(timeoutMs);
      const { promise, resolve } = Promise.withResolvers<PreviewsMade | null>();
      const giveUp = (): void => resolve(null);
      busy.once("message", resolve).once("error", giveUp).once("exit", giveUp);
      deadline.signal.addEventListener("abort", giveUp);
      busy.ref();
      busy.postMessage(job);
      const made = await promise;
      // One by one: the thread has listeners of its own, without which it hears nothing more.
      busy.off("message", resolve).off("error", giveUp).off("exit", giveUp);
      busy.unref();
      if (made !== null) return made;
      await lose();
      closing.throwIfAborted();
      return null;
    },
    close: lose,
  };
}
