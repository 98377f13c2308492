import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, listAt, numberAt, objectAt, textAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedRun {
  readonly kind: "img_gen" | "vid_gen";
  readonly body: JsonObject;
  /** Members of the body that hold a file, and the customer's URL of it. */
  readonly inputs: readonly (readonly [member: string, url: string])[];
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedRun {
  return {
    kind: textAt(prepared, "kind") === "vid_gen" ? "vid_gen" : "img_gen",
    body: objectAt(prepared, "body"),
    inputs: listAt(prepared, "inputs").map((pair) => [
      textAt(pair, 0) ?? "",
      textAt(pair, 1) ?? "",
    ]),
  };
}

/** A run's state as it is told. */
export interface RunState {
  readonly status: string | null;
  readonly media: "image" | "video";
  readonly results: readonly Uint8Array[];
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** Reads the state of a run, with the results inside it once there are any. */
export function readState(answer: Json): RunState {
  const isFilm = textAt(answer, "kind") === "vid_gen";
  const images = listAt(answer, "result", "images").map((image) => textAt(image, "b64_json"));
  const texts = isFilm ? [textAt(answer, "result", "b64_json")] : images;
  return {
    status: textAt(answer, "status"),
    media: isFilm ? "video" : "image",
    results: texts.flatMap((text) => (text === null ? [] : [Buffer.from(text, "base64")])),
    words: readWords(answer),
    meta: {
      started: numberAt(answer, "started"),
      completed: numberAt(answer, "completed"),
      frames: numberAt(answer, "result", "frame_count"),
    },
  };
}

/** Reads `{error: {code, message}}` of a run, and `{error: "code", message}` of a refusal. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const error = at(answer, "error");
  return {
    code: textAt(error, "code") ?? textAt(error) ?? "",
    message: textAt(error, "message") ?? textAt(answer, "message") ?? textAt(error) ?? "",
  };
}
