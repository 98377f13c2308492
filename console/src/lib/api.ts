/** Why the gateway, or the way to it, said no. */
export class ApiError extends Error {
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The word of the catalogue, `validation_error`; `network` when there was no answer. */
  readonly type: string;
  /** For the operator's log; `null` when there was no answer. */
  readonly requestId: string | null;

  constructor(fault: {
    readonly message: string;
    readonly status: number;
    readonly type: string;
    readonly requestId?: string | null;
  }) {
    super(fault.message);
    this.name = "ApiError";
    this.status = fault.status;
    this.type = fault.type;
    this.requestId = fault.requestId ?? null;
  }
}

/** What a call may say beside its path. */
export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Absent and empty words are left out. */
  readonly query?: Readonly<Record<string, string | number | null | undefined>>;
  /** Sent as JSON, a form as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The project whose tab this is, told to the gateway with every call; `null` before sign-in. */
let project: string | null = null;

/** Names the project that calls are about. */
export function setApiProject(id: string | null): void {
  project = id;
}

/** The project that calls are about. */
export function apiProject(): string | null {
  return project;
}

/** What a person can put right in place: an ended session, a password that is too long ago. */
export type Obstacle = "signed-out" | "confirm";

/** Asks the person; gives whether the call may be repeated. */
type Overcome = (obstacle: Obstacle) => Promise<boolean>;

let overcome: Overcome = async () => false;

/** Says who is asked when a call meets an {@link Obstacle}. */
export function setOvercome(ask: Overcome): void {
  overcome = ask;
}

/**
 * One call of the API; gives the `data` of its envelope. A call that meets an obstacle is repeated
 * once when the person has put it right.
 * @throws ApiError for every answer that is no success, and for no answer.
 */
export async function api<Data>(path: string, call: Call = {}): Promise<Data> {
  const first = await answerOf<Data>(path, call);
  if (first.kind === "data") return first.data;
  const obstacle = obstacleOf(path, first.error);
  if (obstacle === null || !(await overcome(obstacle))) throw first.error;
  const second = await answerOf<Data>(path, call);
  if (second.kind === "data") return second.data;
  throw second.error;
}

/**
 * What a route gives that is no JSON: a table, an archive.
 * @throws ApiError as {@link api} does; nobody is asked to put anything right.
 */
export async function readBlob(path: string, query: NonNullable<Call["query"]>): Promise<Blob> {
  const response = await send(path, { query });
  if (response.ok) return await response.blob();
  throw errorOf(response, parse(await response.text()));
}

type Answer<Data> =
  | { readonly kind: "data"; readonly data: Data }
  | { readonly kind: "error"; readonly error: ApiError };

async function answerOf<Data>(path: string, call: Call): Promise<Answer<Data>> {
  const response = await send(path, call);
  const body = parse(await response.text());
  if (response.ok) return { kind: "data", data: dataOf<Data>(body) };
  return { kind: "error", error: errorOf(response, body) };
}

function errorOf(response: Response, body: Envelope | null): ApiError {
  return new ApiError({
    message: body?.error?.message ?? `The gateway answered ${response.status}`,
    status: response.status,
    type: body?.error?.type ?? "unknown",
    requestId: response.headers.get("x-request-id"),
  });
}

/** The doors of the session answer for themselves; everything else waits for a sign-in. */
function obstacleOf(path: string, error: ApiError): Obstacle | null {
  if (error.type === "confirmation_required_error") return "confirm";
  const isDoor = path.startsWith("/api/session/") && !path.endsWith("/list");
  return error.status === 401 && !isDoor ? "signed-out" : null;
}

/** The headers by which the gateway knows a call of the console, and its project. */
export function sessionHeaders(): Readonly<Record<string, string>> {
  const about = project === null ? {} : { "x-vidgo-project": project };
  // A page of another origin cannot set a header like these without asking first.
  return { "x-vidgo-console": "1", ...about };
}

/** The address of a call with its query. */
export function addressOf(path: string, query: Call["query"] = {}): string {
  const words = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return words.length === 0 ? path : `${path}?${new URLSearchParams(words)}`;
}

async function send(path: string, call: Call): Promise<Response> {
  const { method = call.body === undefined ? "GET" : "POST", query, body, signal } = call;
  const isForm = body instanceof FormData;
  const headers: Record<string, string> = { accept: "application/json", ...sessionHeaders() };
  if (body !== undefined && !isForm) headers["content-type"] = "application/json";
  Object.assign(headers, call.headers);
  try {
    return await fetch(addressOf(path, query), {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new ApiError({ message: "The gateway cannot be reached", status: 0, type: "network" });
  }
}

interface Envelope {
  readonly data?: unknown;
  readonly error?: { readonly message?: string; readonly type?: string };
}

function parse(text: string): Envelope | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function dataOf<Data>(body: { readonly data?: unknown } | null): Data {
  const data: unknown = body?.data ?? null;
  return data as Data;
}
