/** What the API can answer besides success: HTTP status and the `type` of the documentation. */
export const API_ERRORS = {
  invalid_request: { status: 400, type: "validation_error" },
  content_refused: { status: 400, type: "content_moderation_error" },
  content_too_long: { status: 400, type: "content_too_long_error" },
  file_format: { status: 400, type: "file_format_error" },
  unauthorized: { status: 401, type: "authentication_error" },
  insufficient_credits: { status: 402, type: "insufficient_credits_error" },
  permission_denied: { status: 403, type: "permission_denied_error" },
  confirmation_required: { status: 403, type: "confirmation_required_error" },
  not_found: { status: 404, type: "resource_not_found_error" },
  method_not_allowed: { status: 405, type: "method_not_allowed_error" },
  timeout: { status: 408, type: "timeout_error" },
  conflict: { status: 409, type: "conflict_error" },
  gone: { status: 410, type: "gone_error" },
  model_retired: { status: 410, type: "model_retired_error" },
  payload_too_large: { status: 413, type: "payload_too_large" },
  unsupported_media_type: { status: 415, type: "unsupported_media_type_error" },
  range_not_satisfiable: { status: 416, type: "range_error" },
  expectation_failed: { status: 417, type: "validation_error" },
  idempotency_mismatch: { status: 422, type: "idempotency_error" },
  rate_limited: { status: 429, type: "rate_limit_error" },
  internal: { status: 500, type: "internal_error" },
  upstream: { status: 502, type: "upstream_error" },
  unavailable: { status: 503, type: "service_error" },
} as const;

/** A key of {@link API_ERRORS}. */
export type ApiErrorCode = keyof typeof API_ERRORS;

/** Every key of {@link API_ERRORS}. */
export const API_ERROR_CODES: readonly ApiErrorCode[] = Object.keys(API_ERRORS).filter(
  (code): code is ApiErrorCode => code in API_ERRORS,
);

/**
 * Why a task failed, as `error_code` on the wire. The upstream words are those of the provider
 * contract; the rest are our own verdicts.
 */
export const TASK_ERROR_CODES = [
  "invalid_request",
  "unsupported_parameter",
  "input_unreachable",
  "content_policy",
  "auth",
  "permission",
  "quota_exhausted",
  "rate_limited",
  "concurrency_limited",
  "model_unavailable",
  "upstream_unavailable",
  "upstream_timeout",
  "generation_failed",
  "result_expired",
  "invalid_output",
  "empty_result",
  "job_lost",
  "canceled",
  "timeout",
  "unknown_outcome",
  "internal",
] as const;

/** A member of {@link TASK_ERROR_CODES}. */
export type TaskErrorCode = (typeof TASK_ERROR_CODES)[number];

/** Extra facts that travel with an error to the HTTP answer. */
export interface GatewayErrorDetails {
  /** Seconds for a `Retry-After` header. */
  readonly retryAfterS?: number;
  /** Further response headers, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What really happened; goes to the log, never to the caller. */
  readonly cause?: unknown;
}

/**
 * The one error that is thrown on purpose. Its message is public: it names the field, what is
 * wrong with it and what is accepted.
 */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: ApiErrorCode;
  readonly details: GatewayErrorDetails;

  constructor(code: ApiErrorCode, message: string, details: GatewayErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  /** HTTP status of the answer. */
  get status(): number {
    return API_ERRORS[this.code].status;
  }

  /** The documented `error.type`. */
  get type(): string {
    return API_ERRORS[this.code].type;
  }
}
