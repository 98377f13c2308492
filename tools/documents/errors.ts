import {
  API_ERRORS,
  type ApiErrorCode,
  TASK_ERROR_CODES,
  type TaskErrorCode,
} from "../../src/core/error.ts";
import { code, pageHead, table } from "./markdown.ts";

/** What the caller of a request can do; the compiler asks for a line for each code. */
const ANSWERS: Readonly<Record<ApiErrorCode, string>> = {
  invalid_request: "Change the field that the message names to what it says is accepted.",
  content_refused: "The content rules refuse it: change the prompt or the input files.",
  content_too_long: "Shorten the field that the message names.",
  file_format: "Send a file of one of the types that the message lists.",
  unauthorized: "Send `Authorization: Bearer <key>` with a key that has not been revoked.",
  insufficient_credits: "Grant the project credits, or wait until held credits are released.",
  permission_denied: "Use a key that may do this.",
  confirmation_required: "Send the password to `POST /api/session/confirm`, then repeat.",
  not_found: "Check the id or the path. What belongs to another project answers the same.",
  method_not_allowed: "Use a method that the `Allow` header lists.",
  timeout: "Send the request again; with an `Idempotency-Key` nothing is made twice.",
  conflict: "Read the present state first: it no longer allows this.",
  model_retired: "Name another model, or ask the operator to allow the substitute it names.",
  gone: "The file has expired. Submit the task again.",
  payload_too_large: "Send less; the message names the limit.",
  unsupported_media_type: "Send the content type that the message names.",
  range_not_satisfiable: "Ask for a range within the length that `Content-Range` gives.",
  expectation_failed: "Leave out the header `Expect`, or write `100-continue`.",
  idempotency_mismatch: "This `Idempotency-Key` was used with another body: take a new key.",
  rate_limited: "Wait for `Retry-After` seconds.",
  internal: "A fault of the gateway; its log has more. Safe to repeat with an `Idempotency-Key`.",
  upstream: "The provider answered with nonsense. Try again later.",
  unavailable: "The gateway is starting, stopping or overloaded. Wait for `Retry-After` seconds.",
};

/** Why a task ended as `failed`. */
const FAILURES: Readonly<Record<TaskErrorCode, string>> = {
  invalid_request: "The provider refused the input.",
  unsupported_parameter: "The provider cannot do one of the parameters.",
  input_unreachable: "An input URL could not be fetched or did not hold what was expected.",
  content_policy: "The provider's content rules refused the prompt, an input or the result.",
  auth: "The provider did not accept the operator's key.",
  permission: "The operator's account may not use this model.",
  quota_exhausted: "The operator's account has no quota or money left.",
  rate_limited: "The provider's rate limit held until the task's time was over.",
  concurrency_limited: "The account's limit of parallel jobs held until the task's time was over.",
  model_unavailable: "The provider no longer has the model, or not now.",
  upstream_unavailable: "The provider could not be reached or answered with errors.",
  upstream_timeout: "The provider gave up on its own clock.",
  generation_failed: "The provider tried and failed.",
  result_expired: "The result was gone before its bytes could be copied.",
  invalid_output: "What the provider delivered is not a file of the promised kind.",
  empty_result: "The provider finished and delivered nothing.",
  job_lost: "The provider does not know its own job any more.",
  canceled: "Somebody asked to cancel the task.",
  timeout: "The hard limit passed while the provider had the job.",
  unknown_outcome: "The hard limit passed and it cannot be known whether the provider has the job.",
  internal: "A fault of the gateway; its log has more.",
};

/** The page of all errors. */
export function errorsPage(): string {
  const answers = Object.entries(ANSWERS).map(([name, advice]) => [name, advice] as const);
  const statuses = new Map<string, { status: number; type: string }>(Object.entries(API_ERRORS));
  const rows = answers.map(([name, advice]) => {
    const entry = statuses.get(name);
    return [String(entry?.status ?? ""), code(entry?.type ?? ""), advice];
  });
  return [
    pageHead("Errors", "src/core/error.ts"),
    "## Answers\n",
    "Every error is JSON with the HTTP status in `code`, on every path:\n",
    "```json",
    '{"code": 400, "error": {"message": "prompt is required", "type": "validation_error"}}',
    "```\n",
    table(["Status", "`error.type`", "What to do"], rows),
    "\n## Tasks\n",
    "A task that ended as `failed` says why in `error_message` and, for programs, in",
    "`error_code`.\n",
    table(
      ["`error_code`", "What happened"],
      TASK_ERROR_CODES.map((name) => [code(name), FAILURES[name]]),
    ),
    "",
  ].join("\n");
}
