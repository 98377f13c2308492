import { TASK_ERROR_CODES, type TaskErrorCode } from "../../core/error.ts";
import type { UpstreamError } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { publicWords, type UpstreamWords, upstreamError } from "../answer.ts";
import type { ProviderContext } from "../provider.ts";
import { textAt } from "../reading.ts";

/** Reads `{error: {type, message}}`, `{message}` and the uploads' `{detail}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return {
    code: textAt(answer, "error", "type") ?? "",
    message:
      textAt(answer, "error", "message") ??
      textAt(answer, "message") ??
      textAt(answer, "detail") ??
      "",
  };
}

/** A text member, `""` when it is none. */
export function textOf(fields: JsonObject, name: string): string {
  return textAt(fields, name) ?? "";
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
