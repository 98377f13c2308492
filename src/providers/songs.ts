import type { ArtifactSource, Production } from "../core/outcome.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { id3Length, mp3Frame } from "../lib/media-type.ts";
import { nameUuid } from "../lib/name-uuid.ts";
import { at, objectAt, textAt } from "./reading.ts";

/** What a song's input asks for. */
export interface SongWish {
  /** What it is about; empty where lyrics or a style say it all. */
  readonly idea: string;
  /** Words to be sung as they are, or empty. */
  readonly lyrics: string;
  readonly isInstrumental: boolean;
  readonly style: string;
  readonly title: string;
  /** Styles to keep out. */
  readonly negative: string;
  readonly voice: "male" | "female" | null;
}

/** Reads the input of a song: in custom mode the prompt is the lyrics, unless nobody sings. */
export function readSong(input: JsonObject): SongWish {
  const prompt = textAt(input, "prompt") ?? "";
  const isInstrumental = at(input, "instrumental") === true;
  const isLyrics = at(input, "custom_mode") === true && !isInstrumental;
  const gender = textAt(input, "vocal_gender");
  return {
    idea: isLyrics ? "" : prompt,
    lyrics: isLyrics ? prompt : "",
    isInstrumental,
    style: textAt(input, "style") ?? "",
    title: textAt(input, "title") ?? titleFrom(prompt),
    negative: textAt(input, "negative_tags") ?? "",
    voice: gender === "m" ? "male" : gender === "f" ? "female" : null,
  };
}

/** How a song shall sound, in one sentence for upstreams that have a place for no more. */
export function soundOf({ style, idea, voice, isInstrumental, negative }: SongWish): string {
  const parts = [
    style,
    idea,
    voice === null || isInstrumental ? "" : `${voice} vocals`,
    negative === "" ? "" : `Without: ${negative}`,
  ];
  return parts.filter((part) => part !== "").join(". ");
}

const TITLE_WORDS_MAX = 6;
const TITLE_LENGTH_MAX = 80;

function titleFrom(prompt: string): string {
  const [line = ""] = prompt
    .replace(/\[[^\]]*\]/g, " ")
    .trim()
    .split("\n");
  const words = line.trim().split(/\s+/).slice(0, TITLE_WORDS_MAX).join(" ");
  return words.slice(0, TITLE_LENGTH_MAX) || "Untitled";
}

const WEIGHTS = ["style_weight", "weirdness_constraint", "audio_weight"] as const;

/** Notes on the hints that an upstream has no place for; the song is made without them. */
export function weightNotes(input: JsonObject): readonly string[] {
  return WEIGHTS.filter((name) => input[name] !== undefined).map(
    (name) => `${name} has no equivalent and is left out`,
  );
}

/** What is stored of a song before the submit. */
export interface PreparedSong {
  readonly marker: string;
  readonly body: JsonObject;
  readonly title: string;
  readonly tags: string;
  readonly prompt: string;
}

/** All of it but the body. */
export function songFacts(input: JsonObject, marker: string): JsonObject {
  const { title, style } = readSong(input);
  return { marker, title, tags: style, prompt: textAt(input, "prompt") ?? "" };
}

/** Reads it back. */
export function readPreparedSong(prepared: Json): PreparedSong {
  return {
    marker: textAt(prepared, "marker") ?? "",
    body: objectAt(prepared, "body"),
    title: textAt(prepared, "title") ?? "",
    tags: textAt(prepared, "tags") ?? "",
    prompt: textAt(prepared, "prompt") ?? "",
  };
}

/** One song of a result. */
export interface Song {
  readonly source: ArtifactSource;
  readonly durationS: number;
  readonly title: string;
  readonly tags: string;
  readonly prompt: string;
  /** What the provider needs to build on it. */
  readonly ref: Json;
  /** Its cover, where there is one. */
  readonly image?: ArtifactSource;
}

/**
 * The production of songs: a track for each, and a creation that later tasks may build on.
 * @param marker The attempt's marker: the ids of the songs follow from it.
 */
export function songProduction(marker: string, songs: readonly Song[], meta: Json): Production {
  const ids = songs.map((_, position) => nameUuid(`${marker}:audio:${position}`));
  const covers = songs.flatMap(({ image }) => (image === undefined ? [] : [image]));
  const audio = songs.map(({ source }) => ({ source, media: "audio" }) as const);
  const placeOf = (image: ArtifactSource | undefined): number | null =>
    image === undefined ? null : songs.length + covers.indexOf(image);
  return {
    artifacts: [...audio, ...covers.map((source) => ({ source, media: "image" }) as const)],
    outputs: songs.map(({ durationS, title, tags, prompt, image }, position) => ({
      kind: "track",
      audioId: ids[position] ?? "",
      audio: position,
      image: placeOf(image),
      title,
      tags,
      durationS,
      prompt,
    })),
    creations: songs.map(({ ref }, position) => ({
      id: ids[position] ?? "",
      kind: "audio",
      file: position,
      ref,
    })),
    meta,
  };
}

/** Seconds of an MP3 of constant bit rate; 0 when it is none. */
export function mp3Seconds(body: Uint8Array): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const start = id3Length(bytes) ?? 0;
  const frame = mp3Frame(bytes, start);
  if (frame === null) return 0;
  return Math.round(((bytes.length - start) * 8 * 100) / frame.bitsPerS) / 100;
}
