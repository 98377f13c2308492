import { type ClientError, failure, type Result, success } from "./result.ts";

/** How requests reach the gateway. */
export interface Transport {
  readonly baseUrl: string;
  readonly key: string;
  readonly fetch: typeof fetch;
}

/** One call. All calls can be repeated without harm: reads, and writes with a key of their own. */
export interface Call {
  readonly method: "GET" | "POST";
  /** A path of the gateway, or the whole URL of a file. */
  readonly target: string;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const TRIES_MAX = 4;
const PAUSE_MS = 500;
const PAUSE_MS_MAX = 60_000;
/** For an answer to come whole; a file of ours may be a film. */
const TIMEOUT_MS = { api: 60_000, file: 600_000 } as const;

/** Fills in what a caller left to us. */
export function makeTransport(wish: {
  readonly baseUrl: string;
  readonly key: string;
  readonly fetch?: typeof fetch;
}): Transport {
  const { baseUrl, key, fetch: own = globalThis.fetch } = wish;
  return { baseUrl: baseUrl.replace(/\/+$/, ""), key, fetch: own };
}

/** A text that nobody else has, for `Idempotency-Key`. */
export function uniqueKey(): string {
  return globalThis.crypto.randomUUID();
}

/** As long as timers can be set. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** A signal that fires when another one does, or when the time is over; never when absent. */
export function cutOff(signal?: AbortSignal, timeoutMs: number = TIMER_MS_MAX): AbortSignal {
  const timeout =
    timeoutMs < TIMER_MS_MAX ? [AbortSignal.timeout(Math.max(0, Math.round(timeoutMs)))] : [];
  return AbortSignal.any(signal === undefined ? timeout : [signal, ...timeout]);
}

/** Waits; `false` when the signal cut it short. */
export function pause(ms: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted === true) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(true);
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Calls the API and gives what stands in `data`, of the type that the caller says it has. */
export async function callApi<Data>(transport: Transport, call: Call): Promise<Result<Data>> {
  const sent = await send(transport, call);
  if (!sent.ok) return sent;
  const { status, bytes } = sent.value;
  const body = parse<{ readonly data?: Data }>(bytes);
  if (!isSuccess(status)) return failure(refusalOf(status, body));
  if (body?.data !== undefined) return success(body.data);
  return failure(unreachable(`Status ${status} with a body that is no answer of a gateway`));
}

/** Fetches the bytes of a file. */
export async function callFile(transport: Transport, call: Call): Promise<Result<Uint8Array>> {
  const sent = await send(transport, call);
  if (!sent.ok) return sent;
  const { status, bytes } = sent.value;
  return isSuccess(status) ? success(bytes) : failure(refusalOf(status, parse(bytes)));
}

/** An answer that has come whole. */
interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly retryAfterMs: number | null;
}

/** Sends until there is an answer worth having: 408, 429 and 5xx are tried again, with patience. */
async function send(transport: Transport, call: Call): Promise<Result<Answer>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await sendOnce(transport, call);
    if (outcome.kind === "answer" && !isPassing(outcome.status)) return success(outcome);
    if (call.signal?.aborted === true) return failure(STOPPED);
    if (tries >= TRIES_MAX) return outcome.kind === "answer" ? success(outcome) : failure(outcome);
    const wantedMs = outcome.kind === "answer" ? outcome.retryAfterMs : null;
    const ms = wantedMs ?? PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random());
    if (!(await pause(Math.min(ms, PAUSE_MS_MAX), call.signal))) return failure(STOPPED);
  }
}

const STOPPED: ClientError = { kind: "stopped", taskId: null };

/** An answer that breaks off is none: what it said of a submit is asked for again. */
async function sendOnce(transport: Transport, call: Call): Promise<Answer | ClientError> {
  const isOurs = call.target.startsWith("/");
  const headers = {
    ...call.headers,
    ...(isOurs ? { authorization: `Bearer ${transport.key}` } : {}),
    ...(call.json === undefined ? {} : { "content-type": "application/json" }),
  };
  const body = call.json === undefined ? call.form : JSON.stringify(call.json);
  try {
    const response = await transport.fetch(isOurs ? transport.baseUrl + call.target : call.target, {
      method: call.method,
      headers,
      signal: cutOff(call.signal, isOurs ? TIMEOUT_MS.api : TIMEOUT_MS.file),
      ...(body === undefined ? {} : { body }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { status } = response;
    return { kind: "answer", status, bytes, retryAfterMs: retryAfterMs(response) };
  } catch (error) {
    return unreachable(String(error));
  }
}

function unreachable(message: string): ClientError {
  return { kind: "unreachable", taskId: null, message };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function retryAfterMs({ headers }: Response): number | null {
  const text = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(text) ? Number(text) * 1000 : null;
}

/** The gateway's own words are trusted to be of the type that it documents. */
function parse<Body>(bytes: Uint8Array): Body | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** The words of an error, whatever shape it has. */
function refusalOf(status: number, body: unknown): ClientError {
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  const detail = isObject(body) && typeof body.detail === "string" ? body.detail : null;
  return {
    kind: "refused",
    taskId: null,
    status,
    type: typeof error.type === "string" ? error.type : "unknown_error",
    message: typeof error.message === "string" ? error.message : (detail ?? `Status ${status}`),
  };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
