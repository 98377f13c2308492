import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Download, Sighting, SubmitEntry } from "./checker.ts";

/** A client that never gives up on a gateway that dies, and writes down all that it sees. */
export interface JournalClient {
  /** Submits until an answer is there: the same key again after every lost answer. */
  submit(wish: Wish): Promise<SubmitEntry>;
  /** Asks for a task once; `null` when no answer came. */
  look(taskId: string): Promise<Sighting | null>;
  /** Fetches the files of a finished task over their links, as they stand in its status. */
  download(taskId: string): Promise<readonly Download[]>;
  /** Cancels a task: again after every lost answer. */
  cancel(taskId: string): Promise<void>;
  readonly submits: readonly SubmitEntry[];
  /** Tasks that were to be canceled, with whether they were, as far as was answered. */
  readonly cancels: ReadonlyMap<string, boolean>;
  readonly sightings: readonly Sighting[];
}

/** One thing to be made. */
export interface Wish {
  readonly nonce: string;
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly callbackUrl: string | null;
  /** Without a key a lost answer is not asked for again. */
  readonly idempotencyKey: string | null;
}

/** Where the gateways are; several share one database. */
export interface JournalClientOptions {
  readonly urls: readonly string[];
  readonly key: string;
  /** No submit is tried for longer. */
  readonly patienceMs: number;
}

/** Nobody listened, so nothing was sent: asking again is safe without a key too. */
const NOT_SENT = 0;
const NOTHING = Buffer.alloc(0);
const ASK_MS = 10_000;
const PAUSE_MS = 100;

/** Makes a client with empty journals. */
export function createJournalClient(options: JournalClientOptions): JournalClient {
  const submits: SubmitEntry[] = [];
  const sightings: Sighting[] = [];
  const cancels = new Map<string, boolean>();
  let turn = 0;
  const ask = (path: string, init: RequestInit = {}): Promise<Answer | null> => {
    turn += 1;
    const url = `${options.urls[turn % options.urls.length]}${path}`;
    return exchange(url, { ...init, headers: { ...authorization(options.key), ...init.headers } });
  };
  return {
    submits,
    sightings,
    cancels,
    async cancel(taskId) {
      cancels.set(taskId, false);
      const endMs = Date.now() + options.patienceMs;
      while (Date.now() < endMs) {
        const answer = await ask(`/api/generate/cancel/${taskId}`, { method: "POST" });
        if (answer?.status === 200) cancels.set(taskId, true);
        // With 409 the task had ended before.
        if (answer?.status === 200 || answer?.status === 409) return;
        await sleep(PAUSE_MS);
      }
    },
    async submit(wish) {
      const entry = await submitUntilAnswered(ask, wish, options.patienceMs);
      submits.push(entry);
      return entry;
    },
    async look(taskId) {
      const askedAtMs = Date.now();
      const answer = await ask(`/api/generate/status/${taskId}`);
      const data = answer?.status === 200 ? answer.json.data : null;
      if (data === null) return null;
      const { status, progress } = data;
      const result = JSON.stringify([data.files, data.error_message]);
      const sighting: Sighting = { askedAtMs, taskId, status, progress, result };
      sightings.push(sighting);
      return sighting;
    },
    async download(taskId) {
      const status = await ask(`/api/generate/status/${taskId}`);
      const files: readonly { file_url: string }[] = status?.json?.data?.files ?? [];
      return Promise.all(
        files.map(async ({ file_url }) => {
          const file = await exchangeUntilAnswered(file_url);
          const fileId = /\/files\/(file_[0-9a-z]+)-/.exec(file_url)?.[1] ?? file_url;
          const sha256 = file?.status === 200 ? digest(file.bytes) : null;
          return { taskId, fileId, sha256 };
        }),
      );
    },
  };
}

/** SHA-256 in hexadecimal digits. */
export function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

type Ask = (path: string, init?: RequestInit) => Promise<Answer | null>;

interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
  readonly json: ReturnType<typeof JSON.parse>;
}

async function submitUntilAnswered(ask: Ask, wish: Wish, patienceMs: number): Promise<SubmitEntry> {
  const { nonce, model, input, idempotencyKey, callbackUrl } = wish;
  const entry = { nonce, idempotencyKey, wantsCallback: callbackUrl !== null };
  const headers = {
    "content-type": "application/json",
    ...(idempotencyKey === null ? {} : { "idempotency-key": idempotencyKey }),
  };
  const body = JSON.stringify({ model, input, callback_url: callbackUrl });
  const endMs = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask("/api/generate/submit", { method: "POST", headers, body });
    if (answer?.status === 200) return { ...entry, taskIds: [answer.json.data.task_id] };
    const definite = answer !== null && answer.status < 500 && answer.status !== 409;
    if (definite && answer.status !== NOT_SENT)
      throw new Error(`Submit refused: ${answer.bytes.toString("utf8")}`);
    const again = idempotencyKey !== null || answer?.status === NOT_SENT;
    if (!again || Date.now() > endMs) return { ...entry, taskIds: [] };
    await sleep(PAUSE_MS);
  }
}

const TRIES_MAX = 3;

/** A machine under load may keep a client waiting; only an answer says that a file is not there. */
async function exchangeUntilAnswered(url: string): Promise<Answer | null> {
  for (let tries = 1; tries < TRIES_MAX; tries += 1) {
    const answer = await exchange(url, {});
    if (answer !== null && answer.status !== NOT_SENT) return answer;
  }
  return exchange(url, {});
}

function authorization(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

async function exchange(url: string, init: RequestInit): Promise<Answer | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ASK_MS) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, bytes, json: parsed(bytes) };
  } catch (error) {
    return isRefusedConnection(error) ? { status: NOT_SENT, bytes: NOTHING, json: null } : null;
  }
}

function isRefusedConnection(error: unknown): boolean {
  return error instanceof Error && /ECONNREFUSED/.test(String(error.cause));
}

function parsed(bytes: Buffer): Answer["json"] {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
