import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import type { Dialect } from "../dialect.ts";
import { at, listAt, numberAt, objectAt, textAt, textsAt } from "../reading.ts";

/** How the whole API is spoken to. */
export const DIALECT: Dialect = {
  headers: ({ secret }) => ({ "x-goog-api-key": secret.key ?? "" }),
  readWords,
  meanings: [
    // A wrong key is told as a wrong argument.
    [/^API_KEY_INVALID:/, "auth"],
    [/^FAILED_PRECONDITION:/, "permission"],
  ],
};

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
    code: isKey ? "API_KEY_INVALID" : (textAt(error, "status") ?? textAt(error, "code") ?? ""),
    message: textAt(error, "message") ?? "",
    retryAfterMs: seconds === undefined ? null : Math.ceil(Number(seconds) * 1_000),
  };
}

/** What is stored of an interaction before the submit. */
export interface PreparedInteraction {
  /** All of it but the input. */
  readonly body: JsonObject;
  readonly text: string;
  /** Customer's URLs. */
  readonly images: readonly string[];
  /** What a song's result is told with; `null` for a film. */
  readonly song: Readonly<Record<"marker" | "title" | "tags" | "prompt" | "lyrics", string>> | null;
}

/** Writes what is stored. */
export function writePreparedInteraction({ song, ...rest }: PreparedInteraction): Json {
  return { interaction: { ...rest, song: song === null ? null : { ...song } } };
}

/** Whether it is an interaction that was stored, and no picture. */
export function isInteraction(prepared: Json): boolean {
  return textAt(prepared, "interaction", "body", "model") !== null;
}

/** Reads it back. */
export function readPreparedInteraction(prepared: Json): PreparedInteraction {
  const stored = at(prepared, "interaction");
  const song = objectAt(stored, "song");
  const textOf = (name: string): string => textAt(song, name) ?? "";
  return {
    body: objectAt(stored, "body"),
    text: textAt(stored, "text") ?? "",
    images: textsAt(stored, "images"),
    song:
      textAt(song, "marker") === null
        ? null
        : {
            marker: textOf("marker"),
            title: textOf("title"),
            tags: textOf("tags"),
            prompt: textOf("prompt"),
            lyrics: textOf("lyrics"),
          },
  };
}

/** An interaction as it is told. */
export interface Interaction {
  readonly id: string | null;
  readonly status: string | null;
  readonly media: readonly InteractionMedia[];
  /** What it says beside them. */
  readonly text: string;
  /** The kinds of output that it charges for. */
  readonly tokens: readonly string[];
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** One result: where it is, or its bytes. */
export interface InteractionMedia {
  readonly kind: string;
  readonly uri: string | null;
  readonly bytes: Uint8Array;
}

/** Reads `{id, status, steps: [{type: "model_output", content}], usage, error}`. */
export function readInteraction(answer: Json): Interaction {
  const parts = listAt(answer, "steps")
    .filter((step) => textAt(step, "type") === "model_output")
    .flatMap((step) => listAt(step, "content"));
  const counts = listAt(answer, "usage", "output_tokens_by_modality");
  const failure =
    at(answer, "error") === undefined ? { error: at(answer, "errors", 0) ?? null } : answer;
  return {
    id: textAt(answer, "id"),
    status: textAt(answer, "status"),
    media: parts.flatMap(readMedia),
    text: parts
      .flatMap((part) => (textAt(part, "type") === "text" ? (textAt(part, "text") ?? []) : []))
      .join("\n"),
    tokens: counts
      .filter((count) => (numberAt(count, "tokens") ?? 0) > 0)
      .flatMap((count) => textAt(count, "modality")?.toLowerCase() ?? []),
    words: readWords(failure),
    meta: { model: textAt(answer, "model"), usage: at(answer, "usage") ?? null },
  };
}

function readMedia(part: Json): readonly InteractionMedia[] {
  const kind = textAt(part, "type");
  const uri = textAt(part, "uri");
  const data = textAt(part, "data");
  if (kind === null || (uri === null && data === null)) return [];
  return [{ kind, uri, bytes: Buffer.from(data ?? "", "base64") }];
}
