import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, listAt, objectAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedPicture {
  readonly model: string;
  readonly prompt: string;
  /** The rest of the body: settings and tools. */
  readonly body: JsonObject;
  /** Customer's URLs. */
  readonly images: readonly string[];
}

/** Writes what is stored. */
export function writePrepared(picture: PreparedPicture): Json {
  return { ...picture };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedPicture {
  return {
    model: textAt(prepared, "model") ?? "",
    prompt: textAt(prepared, "prompt") ?? "",
    body: objectAt(prepared, "body"),
    images: textsAt(prepared, "images"),
  };
}

/** What an answer holds. */
export interface PictureAnswer {
  readonly pictures: readonly Uint8Array[];
  /** Why the prompt was blocked, or `null`. */
  readonly blockReason: string | null;
  /** Why it ended, or `null` when it does not say. */
  readonly finishReason: string | null;
  readonly meta: Json;
}

/** Reads an answer of `generateContent`; a thought's sketches are no results. */
export function readAnswer(answer: Json): PictureAnswer {
  const parts = listAt(answer, "candidates", 0, "content", "parts");
  const pictures = parts.flatMap((part) => {
    const data = textAt(part, "inlineData", "data");
    return data === null || at(part, "thought") === true ? [] : [Buffer.from(data, "base64")];
  });
  return {
    pictures,
    blockReason: textAt(answer, "promptFeedback", "blockReason"),
    finishReason: textAt(answer, "candidates", 0, "finishReason"),
    meta: {
      model: textAt(answer, "modelVersion"),
      usage: at(answer, "usageMetadata") ?? null,
      response: textAt(answer, "responseId"),
    },
  };
}

/** Reads `{error}`, also where a front end has put it into a list. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const error = at(answer, "error") ?? at(answer, 0, "error");
  const details = listAt(error, "details");
  const delay = details.map((each) => textAt(each, "retryDelay")).find((each) => each !== null);
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? "")?.[1];
  const isKey = details.some((each) => textAt(each, "reason") === "API_KEY_INVALID");
  return {
    code: isKey ? "API_KEY_INVALID" : (textAt(error, "status") ?? ""),
    message: textAt(error, "message") ?? "",
    retryAfterMs: seconds === undefined ? null : Math.ceil(Number(seconds) * 1_000),
  };
}
