import { type Json, type JsonObject, parseJson } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { listAt, numberAt, objectAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedTask {
  readonly url: string;
  readonly kind: "film" | "songs";
  readonly body: JsonObject;
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedTask {
  return {
    url: textAt(prepared, "url") ?? "",
    kind: textAt(prepared, "kind") === "songs" ? "songs" : "film",
    body: objectAt(prepared, "body"),
  };
}

/** Reads `{code, msg}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const code = numberAt(answer, "code");
  const message = textAt(answer, "msg") ?? textAt(answer, "message") ?? "";
  return { code: code === null ? "" : String(code), message };
}

/** A film's state as it is told. */
export interface FilmState {
  readonly state: string | null;
  readonly urls: readonly string[];
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** Reads the state of a film; its result is JSON inside a text. */
export function readFilm(answer: Json): FilmState {
  const result = parseJson(textAt(answer, "data", "resultJson") ?? "");
  return {
    state: textAt(answer, "data", "state"),
    urls: textsAt(result, "resultUrls"),
    words: { code: "", message: textAt(answer, "data", "failMsg") ?? "" },
    meta: { cost_time: numberAt(answer, "data", "costTime") },
  };
}

/** The state of songs as it is told. */
export interface SongsState {
  readonly status: string | null;
  readonly songs: readonly SongState[];
  readonly words: UpstreamWords;
}

/** One song that can be heard. */
export interface SongState {
  readonly url: string;
  readonly imageUrl: string | null;
  readonly durationS: number;
  readonly title: string;
  readonly tags: string;
  readonly prompt: string;
  readonly ref: Json;
}

/** Reads the state of songs. */
export function readSongs(answer: Json): SongsState {
  const task = textAt(answer, "data", "taskId");
  const songs = listAt(answer, "data", "response", "sunoData").flatMap(
    (song): readonly SongState[] => {
      const url = textAt(song, "audioUrl");
      if (url === null) return [];
      return [
        {
          url,
          imageUrl: textAt(song, "imageUrl"),
          durationS: numberAt(song, "duration") ?? 0,
          title: textAt(song, "title") ?? "",
          tags: textAt(song, "tags") ?? "",
          prompt: textAt(song, "prompt") ?? "",
          ref: { id: textAt(song, "id"), task_id: task },
        },
      ];
    },
  );
  const message = textAt(answer, "data", "errorMessage") ?? "";
  return { status: textAt(answer, "data", "status"), songs, words: { code: "", message } };
}
