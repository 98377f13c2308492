/** Stands on every answer, errors included. Routes may replace single ones. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Stands on answers to pages of other origins: what their scripts may read. */
export const EXPOSED_HEADERS =
  "ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/** The type of every JSON answer. */
export const JSON_TYPE = "application/json; charset=utf-8";

/**
 * Answers a preflight. There are no credentials in the sense of CORS: the key travels in a header
 * that a page must set itself, so any origin may ask.
 */
export function preflightHeaders(methods: readonly string[]): Readonly<Record<string, string>> {
  const allowed = methods.join(", ");
  return {
    allow: allowed,
    "access-control-allow-methods": allowed,
    "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key",
    "access-control-max-age": "86400",
  };
}
