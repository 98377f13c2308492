import type { Observation, SubmitOutcome, UpstreamError } from "../core/outcome.ts";
import type { Json } from "../lib/json.ts";
import {
  ACCOUNT,
  errorOfStatus,
  failedPoll,
  failedSubmit,
  GARBLED_POLL,
  garbledSubmit,
  publicWords,
  type UpstreamWords,
  upstreamError,
} from "./answer.ts";
import {
  type OpenedArtifact,
  type ProviderAccount,
  type ProviderContext,
  UpstreamFailure,
  type UpstreamRequest,
  type UpstreamResponse,
} from "./provider.ts";
import { jsonOf } from "./reading.ts";

/** How one upstream is spoken to, and how it says no. */
export interface Dialect {
  /** The headers that say whose account it is. */
  headers(account: ProviderAccount): Readonly<Record<string, string>>;
  /** The code and the sentence of a refusal. */
  readWords(answer: Json | undefined): UpstreamWords;
  /**
   * What its own words mean, tried in order on `code: message`, some for one status only. For all
   * other words the status tells.
   */
  readonly meanings: readonly (readonly [words: RegExp, meaning: Meaning, status?: number])[];
  /** The status that a body names, where an HTTP 200 may hold a refusal; `null` for none. */
  statusOf?(answer: Json | undefined): number | null;
}

/** What a refusal comes down to. */
export type Meaning =
  | "auth"
  | "balance"
  | "permission"
  | "gone"
  | "rate"
  | "busy"
  | "invalid"
  | "down"
  | "policy-input"
  | "policy-output";

/** One question to the account's own host. */
export interface Question {
  /** POST where there is a body, else GET. */
  readonly method?: UpstreamRequest["method"];
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly form?: FormData;
  /** One minute for a POST and a quarter for the rest, unless said. */
  readonly timeoutMs?: number;
  /** 4 MiB unless said. */
  readonly bytesMax?: number;
}

/** What came back. */
export interface Reply {
  readonly response: UpstreamResponse;
  /** `undefined` when the body is no JSON. */
  readonly json: Json | undefined;
  /** What is wrong, or `null` for a success. */
  readonly error: UpstreamError | null;
  /** That of the question. */
  readonly context: ProviderContext;
}

/** The key as a bearer token; none where a server of one's own has no key. */
export function bearer({ secret }: ProviderAccount): Readonly<Record<string, string>> {
  const key = secret.key ?? "";
  return key === "" ? {} : { authorization: `Bearer ${key}` };
}

/** Asks once and reads the answer. */
export async function ask(
  context: ProviderContext,
  dialect: Dialect,
  question: Question,
): Promise<Reply> {
  const { json: content, form, timeoutMs, bytesMax, ...rest } = question;
  const text = content === undefined ? undefined : JSON.stringify(content);
  const body = form ?? text;
  const method = question.method ?? (body === undefined ? "GET" : "POST");
  const response = await context.request({
    ...rest,
    method,
    headers: {
      ...dialect.headers(context.account),
      ...(text === undefined ? {} : { "content-type": "application/json" }),
      ...question.headers,
    },
    ...(body === undefined ? {} : { body }),
    timeoutMs: timeoutMs ?? (method === "POST" ? 60_000 : 15_000),
    bytesMax: bytesMax ?? 4 * 1024 * 1024,
  });
  return readReply(response, dialect, context);
}

function readReply(raw: UpstreamResponse, dialect: Dialect, context: ProviderContext): Reply {
  const json = jsonOf(raw.body);
  const told = raw.status < 500 ? (dialect.statusOf?.(json) ?? null) : null;
  const response = told === null ? raw : { ...raw, status: told };
  const { status } = response;
  if (status >= 200 && status < 300) return { response, json, error: null, context };
  const words = dialect.readWords(json);
  const byStatus = errorOfStatus(response, words, context);
  const own =
    status >= 400 && status < 500 ? meantBy({ ...words, status }, dialect, context) : null;
  const retryAfterMs = byStatus.retryAfterMs ?? words.retryAfterMs ?? null;
  const error = { ...(own ?? byStatus), retryAfterMs };
  return { response, json, error, context };
}

/** What an upstream's own words mean; `null` when they mean nothing special. */
export function meantBy(
  words: UpstreamWords & { readonly status?: number },
  dialect: Dialect,
  context: ProviderContext,
): UpstreamError | null {
  const text = `${words.code}: ${words.message}`;
  const meaning = dialect.meanings.find(
    ([pattern, , status]) =>
      pattern.test(text) && (status === undefined || status === words.status),
  )?.[1];
  if (meaning === undefined) return null;
  const message = publicWords(words.message, context) ?? "The provider refuses the content";
  return errorMeaning(meaning, message);
}

function errorMeaning(meaning: Meaning, message: string): UpstreamError {
  const elsewhere = { retry: "other-route" } as const;
  switch (meaning) {
    case "auth":
      return upstreamError({ ...ACCOUNT.auth, ...elsewhere });
    case "balance":
      return upstreamError({ ...ACCOUNT.quota_exhausted, ...elsewhere });
    case "permission":
      return upstreamError({ ...ACCOUNT.permission, ...elsewhere });
    case "gone":
      return upstreamError({ ...ACCOUNT.model_unavailable, ...elsewhere });
    case "rate":
      return upstreamError({ ...ACCOUNT.rate_limited, retry: "same-route" });
    case "busy":
      return upstreamError({
        ...ACCOUNT.rate_limited,
        code: "concurrency_limited",
        retry: "same-route",
      });
    case "down":
      return upstreamError({
        code: "upstream_unavailable",
        message: "The provider is down for maintenance",
        retry: "same-route",
      });
    case "invalid":
      return upstreamError({ code: "invalid_request", message });
    case "policy-input":
      return { ...upstreamError({ code: "content_policy", message }), stage: "input" };
    case "policy-output":
      // A blocked result was made first: whether it costs is rarely said.
      return {
        ...upstreamError({ code: "content_policy", message, billed: "unknown" }),
        stage: "output",
      };
  }
}

/** What a reply to a submit comes to: `read` gives `null` for what it cannot read. */
export async function submitted(
  { response, json, error }: Reply,
  read: (json: Json) => SubmitOutcome | null | Promise<SubmitOutcome | null>,
): Promise<SubmitOutcome> {
  if (error !== null) return failedSubmit(response, error);
  return (json === undefined ? null : await read(json)) ?? garbledSubmit();
}

/** What a reply to a poll comes to: `read` gives `null` for what it cannot read. */
export async function observed(
  { response, json, error, context }: Reply,
  read: (json: Json) => Observation | null | Promise<Observation | null>,
): Promise<Observation> {
  if (error !== null) return failedPoll(response, error);
  const seen = (json === undefined ? null : await read(json)) ?? GARBLED_POLL;
  if (seen.kind !== "pending" || seen.unknownStatus === undefined) return seen;
  // The word goes to the log, where no key may stand.
  return { ...seen, unknownStatus: publicWords(seen.unknownStatus, context) ?? "" };
}

/**
 * An address that an upstream gives for its own endpoints, at the account's address: a proxy may
 * stand there, and no other host may be sent the key.
 */
export function ownAddress(url: string, { account }: ProviderContext): string {
  const named = URL.parse(url, account.baseUrl);
  if (named === null) return url;
  const isThere = named.origin === URL.parse(account.baseUrl)?.origin;
  return isThere ? named.href : `${named.pathname}${named.search}`;
}

const MIB = 1024 * 1024;

/**
 * Opens a result on the account's own host.
 * @throws {UpstreamFailure} `result_expired` when it is gone, else `upstream_unavailable`.
 */
export async function openResult(
  context: ProviderContext,
  dialect: Dialect,
  url: string,
): Promise<OpenedArtifact> {
  return resultOf(await askForResult(context, dialect, url));
}

/** Asks the account's own host for a result, for those who read more than its bytes. */
export async function askForResult(
  context: ProviderContext,
  dialect: Dialect,
  url: string,
): Promise<UpstreamResponse> {
  const question = { url, timeoutMs: 600_000, bytesMax: 128 * MIB };
  return (await ask(context, dialect, question)).response;
}

/**
 * The bytes of an answer that should hold a result.
 * @throws {UpstreamFailure} `result_expired` when it is gone, else `upstream_unavailable`.
 */
export function resultOf({ status, body }: UpstreamResponse): OpenedArtifact {
  if (status === 200) return { body: oneChunk(body), sizeBytes: body.length };
  const isGone = [403, 404, 410].includes(status);
  throw new UpstreamFailure(
    upstreamError({
      code: isGone ? "result_expired" : "upstream_unavailable",
      message: isGone
        ? "The provider no longer has the result"
        : "The provider did not give the result",
      retry: "same-route",
      billed: "yes",
    }),
  );
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
