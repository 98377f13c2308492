import type { Json } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { textAt } from "../reading.ts";

/** Reads `{detail: {status, message}}`, and the list that a schema's refusal is. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return {
    code: textAt(answer, "detail", "status") ?? textAt(answer, "detail", "code") ?? "",
    message:
      textAt(answer, "detail", "message") ??
      textAt(answer, "detail", 0, "msg") ??
      textAt(answer, "detail") ??
      "",
  };
}
