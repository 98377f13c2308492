import type { Observation, SubmitOutcome, UpstreamError } from "../core/outcome.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { readRetryAfter } from "../lib/retry-after.ts";
import type { Preparation, ProviderContext, UpstreamResponse } from "./provider.ts";
import { numberAt } from "./reading.ts";

/** What an upstream said about a refusal, in its own words; empty where it said nothing. */
export interface UpstreamWords {
  readonly code: string;
  readonly message: string;
  /** When to come again, where the body says it. */
  readonly retryAfterMs?: number | null;
}

/** Makes an upstream's error; nothing was bought and nothing can be tried unless said. */
export function upstreamError(
  error: Pick<UpstreamError, "code" | "message"> & Partial<UpstreamError>,
): UpstreamError {
  return { retry: "never", retryAfterMs: null, billed: "no", ...error };
}

/** An input that this provider cannot honour: another one may, and nothing was bought. */
export function refusedInput(message: string): Preparation {
  const error = upstreamError({ code: "unsupported_parameter", message, retry: "other-route" });
  return { kind: "refused", error };
}

/** What to say about the first member of an input that is not among the known; `null` for none. */
export function strangeMember(input: JsonObject, known: ReadonlySet<string>): string | null {
  const name = Object.keys(input).find((each) => !known.has(each) && input[each] !== undefined);
  return name === undefined ? null : `${name} is not supported by this provider`;
}

/**
 * Whether an HTTP status proves that a submit created nothing. Everything else that is no success
 * leaves it unknown: a 5xx may come after the job was taken.
 */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 409, 425].includes(status);
}

/** The status that a body names as its `code`; `null` where that is no failure. */
export function codeStatus(answer: Json | undefined): number | null {
  const code = numberAt(answer, "code");
  return code !== null && code >= 400 ? code : null;
}

/** What an HTTP status means, as far as the upstream's own words do not say more. */
export function errorOfStatus(
  answer: UpstreamResponse,
  words: UpstreamWords,
  context: ProviderContext,
): UpstreamError {
  const { status } = answer;
  const retryAfterMs = readRetryAfter(answer.headers.get("retry-after"), context.clock.nowMs());
  switch (status) {
    case 401:
      return upstreamError({ ...ACCOUNT.auth, retry: "other-route" });
    case 402:
      return upstreamError({ ...ACCOUNT.quota_exhausted, retry: "other-route" });
    case 403:
      return upstreamError({ ...ACCOUNT.permission, retry: "other-route" });
    case 404:
    case 405:
      return upstreamError({ ...ACCOUNT.model_unavailable, retry: "other-route" });
    case 429:
      return upstreamError({ ...ACCOUNT.rate_limited, retry: "same-route", retryAfterMs });
    default:
      return isRefusal(status)
        ? upstreamError({ code: "invalid_request", message: refusalMessage(words, context) })
        : upstreamError({ ...UNAVAILABLE, retry: "same-route", retryAfterMs, billed: "unknown" });
  }
}

/** What an operator has to put right; the upstream's own text is for the log, it may name keys. */
export const ACCOUNT = {
  auth: { code: "auth", message: "The provider refuses the key of its account" },
  quota_exhausted: {
    code: "quota_exhausted",
    message: "The provider's account has no balance or quota left",
  },
  permission: {
    code: "permission",
    message: "The provider's account may not use this model",
  },
  model_unavailable: {
    code: "model_unavailable",
    message: "The provider does not have this model any more",
  },
  rate_limited: { code: "rate_limited", message: "The provider takes no more requests just now" },
} as const;

const UNAVAILABLE = {
  code: "upstream_unavailable",
  message: "The provider had an internal failure",
} as const;

/** A submit that did not succeed: refused for certain, or without a definite answer. */
export function failedSubmit(answer: UpstreamResponse, error: UpstreamError): SubmitOutcome {
  return isRefusal(answer.status) ? { kind: "rejected", error } : unknownSubmit(error);
}

/** A success that cannot be read: something was made, and we do not learn what. */
export function garbledSubmit(): SubmitOutcome {
  return unknownSubmit(
    upstreamError({
      code: "unknown_outcome",
      message: "The provider's answer could not be read",
      billed: "unknown",
    }),
  );
}

function unknownSubmit(error: UpstreamError): SubmitOutcome {
  return { kind: "unknown", error: { ...error, billed: "unknown" } };
}

/** A poll without a success: the job is not known there, or the question itself failed. */
export function failedPoll(answer: UpstreamResponse, error: UpstreamError): Observation {
  const isGone = answer.status === 404 || answer.status === 410;
  return isGone ? { kind: "lost" } : { kind: "unreachable", error };
}

/** A poll whose answer cannot be read. */
export const GARBLED_POLL: Observation = {
  kind: "unreachable",
  error: {
    code: "upstream_unavailable",
    message: "The provider's answer could not be read",
    retry: "same-route",
    retryAfterMs: null,
    billed: "unknown",
  },
};

function refusalMessage(words: UpstreamWords, context: ProviderContext): string {
  return publicWords(words.message, context) ?? "The provider refuses the request as invalid";
}

const WORDS_LENGTH_MAX = 500;

/**
 * An upstream's sentence, made fit for a customer: no keys, ids, addresses, tags or control
 * characters, at most 500 characters. `null` when nothing is left.
 */
export function publicWords(message: string, { account }: ProviderContext): string | null {
  let text = message;
  for (const value of Object.values(account.secret)) {
    if (value !== "") text = text.replaceAll(value, "…");
  }
  text = text
    .replace(/<[^<>]{0,200}>/g, " ")
    .replace(/https?:\/\/\S+/gi, "…")
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "…")
    .replace(/\b(?:sk|xai|key|req|org|proj)[-_][A-Za-z0-9*_-]{6,}/g, "…")
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "") return null;
  return text.length > WORDS_LENGTH_MAX ? `${text.slice(0, WORDS_LENGTH_MAX - 1)}…` : text;
}
