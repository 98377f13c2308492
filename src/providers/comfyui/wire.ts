import { createHash } from "node:crypto";
import { isJsonObject, type Json } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import type { InputBytes } from "../carry.ts";
import { ask, type Dialect } from "../dialect.ts";
import { type ProviderContext, UpstreamFailure } from "../provider.ts";
import { at, listAt, objectAt, textAt } from "../reading.ts";

/** A job as the history tells it. */
export interface JobState {
  readonly status: string;
  readonly outputs: Json;
  readonly message: string;
}

/** Reads the history of one job; `null` when the answer is no history. */
export function readHistory(answer: Json, id: string): JobState | "absent" | null {
  const entry = at(answer, id);
  if (!isJsonObject(entry)) {
    // A job that is not there is told by an empty object, and by nothing else.
    return isJsonObject(answer) && Object.keys(answer).length === 0 ? "absent" : null;
  }
  const failure = listAt(entry, "status", "messages").find((each) =>
    ["execution_error", "execution_interrupted"].includes(textAt(each, 0) ?? ""),
  );
  return {
    status: textAt(entry, "status", "status_str") ?? "success",
    outputs: objectAt(entry, "outputs"),
    message: textAt(failure, 1, "exception_message") ?? textAt(failure, 0) ?? "",
  };
}

/** Whether a job is at work or waits for it; `null` when the answer is no queue. */
export function readQueue(answer: Json, id: string): "running" | "queued" | "absent" | null {
  const lists = ["queue_running", "queue_pending"].map((name) => at(answer, name));
  if (!lists.every(Array.isArray)) return null;
  const holds = (name: string): boolean =>
    listAt(answer, name).some((entry) => textAt(entry, 1) === id);
  if (holds("queue_running")) return "running";
  return holds("queue_pending") ? "queued" : "absent";
}

/** Reads `{error: {type or code, message, details}, node_errors}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const error = at(answer, "error");
  const [node] = Object.values(objectAt(answer, "node_errors"));
  const reason = textAt(node, "errors", 0, "details") ?? textAt(node, "errors", 0, "message");
  const message = textAt(error, "message") ?? textAt(error) ?? textAt(answer, "message") ?? "";
  return {
    code: textAt(error, "code") ?? textAt(error, "type") ?? "",
    message: reason === null ? message : `${message}: ${reason}`,
  };
}

/** The form of an upload. */
export interface UploadForm {
  /** The name of the member that holds the file. */
  readonly field: string;
  /** The other members; `{name}` stands for the name of the file. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Uploads a customer's file.
 * @throws {UpstreamFailure} When it is not taken: nothing was bought.
 */
export async function upload(
  place: { readonly context: ProviderContext; readonly dialect: Dialect; readonly url: string },
  { bytes, mediaType }: InputBytes,
  { field, fields }: UploadForm,
): Promise<Json> {
  const { context, dialect, url } = place;
  // Named for what is in it, so that nothing else can be under the name.
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const name = `vidgo-${digest}.${mediaType.replace(/^.*\//, "")}`;
  const form = new FormData();
  form.set(field, new File([bytes], name, { type: mediaType }));
  for (const [key, value] of Object.entries(fields)) form.set(key, value.replace("{name}", name));
  const { json, error } = await ask(context, dialect, { url, form });
  if (error !== null) throw new UpstreamFailure({ ...error, billed: "no" });
  return json ?? null;
}
