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
const TIMEOUT_MS = 60_000;

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

/** Milliseconds of a clock that only goes forward. */
export function nowMs(): number {
  return performance.now();
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
  const { value: answer } = sent;
  const body = parse<{ readonly data?: Data }>(await readText(answer));
  if (answer.ok && body?.data !== undefined) return success(body.data);
  return failure(refusalOf(answer.status, body));
}

/** Fetches the bytes of a file. */
export async function callFile(transport: Transport, call: Call): Promise<Result<Uint8Array>> {
  const sent = await send(transport, call);
  if (!sent.ok) return sent;
  const { value: answer } = sent;
  if (!answer.ok) return failure(refusalOf(answer.status, parse(await readText(answer))));
  return await answer.arrayBuffer().then(
    (bytes) => success(new Uint8Array(bytes)),
    (error) => failure({ kind: "unreachable", message: String(error) }),
  );
}

/** Sends until there is an answer worth having: 408, 429 and 5xx are tried again, with patience. */
async function send(transport: Transport, call: Call): Promise<Result<Response>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await sendOnce(transport, call);
    if (call.signal?.aborted === true) return failure({ kind: "stopped", taskId: null });
    const isLast = tries >= TRIES_MAX;
    if (outcome instanceof Response) {
      if (isLast || !isPassing(outcome.status)) return success(outcome);
    } else if (isLast) {
      return failure(outcome);
    }
    const wantedMs = outcome instanceof Response ? retryAfterMs(outcome) : null;
    const ms = wantedMs ?? PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random());
    if (!(await pause(Math.min(ms, PAUSE_MS_MAX), call.signal))) {
      return failure({ kind: "stopped", taskId: null });
    }
  }
}

async function sendOnce(transport: Transport, call: Call): Promise<Response | ClientError> {
  const isOurs = call.target.startsWith("/");
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers = {
    ...call.headers,
    ...(isOurs ? { authorization: `Bearer ${transport.key}` } : {}),
    ...(call.json === undefined ? {} : { "content-type": "application/json" }),
  };
  const body = call.json === undefined ? call.form : JSON.stringify(call.json);
  try {
    return await transport.fetch(isOurs ? transport.baseUrl + call.target : call.target, {
      method: call.method,
      headers,
      signal: call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]),
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    return { kind: "unreachable", message: String(error) };
  }
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function retryAfterMs(answer: Response): number | null {
  const text = answer.headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(text) ? Number(text) * 1000 : null;
}

async function readText(answer: Response): Promise<string> {
  return await answer.text().then(
    (text) => text,
    () => "",
  );
}

/** The gateway's own words are trusted to be of the type that it documents. */
function parse<Body>(text: string): Body | null {
  try {
    return JSON.parse(text);
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
    status,
    type: typeof error.type === "string" ? error.type : "unknown_error",
    message: typeof error.message === "string" ? error.message : (detail ?? `Status ${status}`),
  };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
