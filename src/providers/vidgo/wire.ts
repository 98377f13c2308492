import { TASK_ERROR_CODES, type TaskErrorCode } from "../../core/error.ts";
import type { UpstreamError } from "../../core/outcome.ts";
import { isJsonObject, type JsonObject } from "../../lib/json.ts";
import { errorOfStatus, publicWords, upstreamError } from "../answer.ts";
import type { ProviderContext, UpstreamResponse } from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";

/**
 * Whether an answer is a success. Hosts of this shape also say `code: 402` inside an HTTP 200: the
 * body's word counts then.
 */
export function isSuccess(answer: UpstreamResponse): boolean {
  return statusOf(answer) === 200;
}

/** The `data` of an answer, or `null` when there is none. */
export function dataOf(answer: UpstreamResponse): JsonObject | null {
  const body = jsonOf(answer.body);
  return isJsonObject(body) && isJsonObject(body.data) ? body.data : null;
}

/** A text member, `""` when it is none. */
export function textOf(fields: JsonObject, name: string): string {
  return textAt(fields, name) ?? "";
}

/** What an answer that is no success means. */
export function answerError(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const body = jsonOf(answer.body);
  const type = textAt(body, "error", "type") ?? "";
  const message = textAt(body, "error", "message") ?? textAt(body, "message") ?? "";
  if (type === "content_moderation_error") return refusedContent(message, context);
  const words = { code: type, message };
  return errorOfStatus({ ...answer, status: statusOf(answer) }, words, context);
}

/** Why a task failed over there. Hosts of this shape do not charge for what failed. */
export function taskFailure(data: JsonObject, context: ProviderContext): UpstreamError {
  const message = textOf(data, "error_message");
  const code = TASK_ERROR_CODES.find((known) => known === data.error_code);
  if (code === "content_policy" || REFUSAL.test(message)) return refusedContent(message, context);
  // What went wrong between that host and its own upstream is not ours to try again.
  const own: TaskErrorCode = code === undefined || OPERATOR.has(code) ? "generation_failed" : code;
  return upstreamError({
    code: own,
    message: publicWords(message, context) ?? "The provider could not make it",
  });
}

const REFUSAL = /content polic|moderation|safety system/i;
const OPERATOR: ReadonlySet<string> = new Set(["auth", "permission", "quota_exhausted"]);

function refusedContent(message: string, context: ProviderContext): UpstreamError {
  return upstreamError({
    code: "content_policy",
    message: publicWords(message, context) ?? "The provider refused the content",
  });
}

function statusOf(answer: UpstreamResponse): number {
  if (answer.status !== 200) return answer.status;
  const body = jsonOf(answer.body);
  const code = isJsonObject(body) ? body.code : undefined;
  return typeof code === "number" && code >= 400 ? code : 200;
}
