import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { type OpenBody, readBody, writeBody } from "../body-files.ts";
import { at, numberAt, textAt } from "../reading.ts";

/** What is asked for: each has an endpoint and an answer of its own. */
export type JobKind = "hailuo" | "h3" | "song" | "cover" | "lyrics";

/** What is stored before the submit. */
export interface PreparedJob extends OpenBody {
  readonly kind: JobKind;
}

const KINDS: readonly JobKind[] = ["hailuo", "h3", "song", "cover", "lyrics"];

/** Writes what is stored; `song` holds what a song is told with. */
export function writePrepared({ kind, ...rest }: PreparedJob, song: JsonObject = {}): Json {
  return { ...song, kind, ...writeBody(rest) };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedJob {
  const kind = KINDS.find((each) => each === textAt(prepared, "kind")) ?? "hailuo";
  return { kind, ...readBody(prepared) };
}

const STATUS: Readonly<Record<number, number>> = {
  1001: 504,
  1002: 429,
  1004: 401,
  1008: 402,
  1026: 400,
  1027: 400,
  1033: 503,
  1039: 429,
  1041: 429,
  1042: 400,
  2013: 400,
  2045: 429,
  2049: 401,
  2056: 402,
  2061: 403,
};

/**
 * The status that an HTTP 200 of the first version comes down to; `null` for a success. What is
 * not known is a failure of the service, after which nobody can say what it did.
 */
export function readStatus(answer: Json | undefined): number | null {
  const code = numberAt(answer, "base_resp", "status_code") ?? 0;
  // A job's own end is told beside its state: the question went well.
  if (code === 0 || textAt(answer, "status") !== null) return null;
  return STATUS[code] ?? 500;
}

/** Reads `{base_resp: {status_code, status_msg}}`, and `{error: {type, message}}` of the second. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const code = numberAt(answer, "base_resp", "status_code");
  if (code === null) {
    const message = textAt(answer, "error", "message") ?? "";
    // Its own number ends the sentence, in brackets.
    const number = /\((\d{4,5})\)\W*$/.exec(message)?.[1];
    return { code: number ?? textAt(answer, "error", "type") ?? "", message };
  }
  return { code: String(code), message: textAt(answer, "base_resp", "status_msg") ?? "" };
}

/** A film as it is told. */
export interface FilmState {
  readonly status: string | null;
  /** Where its bytes can be asked for, in the first version only. */
  readonly file: string | null;
  /** A link, in the second version only. */
  readonly url: string | null;
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** Reads `{status, file_id, base_resp}`. */
export function readHailuo(answer: Json): FilmState {
  const words = readWords(answer);
  return {
    status: textAt(answer, "status"),
    file: idAt(answer, "file_id"),
    url: null,
    words: words.code === "0" ? { code: "", message: "" } : words,
    meta: { width: numberAt(answer, "video_width"), height: numberAt(answer, "video_height") },
  };
}

/** Reads `{task: {status, content: {url}, error: {code, message}, usage}}`. */
export function readH3(answer: Json): FilmState {
  return {
    status: textAt(answer, "task", "status"),
    file: null,
    url: textAt(answer, "task", "content", "url"),
    words: {
      code: idAt(answer, "task", "error", "code") ?? "",
      message: textAt(answer, "task", "error", "message") ?? "",
    },
    meta: { usage: at(answer, "task", "usage") ?? null },
  };
}

/** Reads a number or a text as an id: both are seen. */
export function idAt(answer: Json, ...path: readonly (string | number)[]): string | null {
  const number = numberAt(answer, ...path);
  return number === null ? textAt(answer, ...path) : String(number);
}
