import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { listAt, textAt } from "../reading.ts";

/**
 * The addresses of a job, as they are given: they drop the path of the endpoint, so that they
 * cannot be built from it. `null` when one is missing.
 */
export function readJob(answer: Json): JsonObject | null {
  const names = ["request_id", "status_url", "response_url", "cancel_url"] as const;
  const job = names.map((name) => [name, textAt(answer, name)] as const);
  return job.every(([, value]) => value !== null) ? Object.fromEntries(job) : null;
}

/** Reads `{detail: [{type, msg}]}` of a model and `{detail: "…", error_type}` of the platform. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const [first] = listAt(answer, "detail");
  if (first !== undefined) {
    const member = listAt(first, "loc").at(-1);
    const message = textAt(first, "msg") ?? "";
    const place = typeof member === "string" && member !== "body" ? `${member}: ` : "";
    return { code: textAt(first, "type") ?? "", message: `${place}${message}` };
  }
  const message = textAt(answer, "detail") ?? textAt(answer, "message") ?? "";
  return { code: textAt(answer, "error_type") ?? "", message };
}
