import type { Json } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { type OpenBody, readBody, writeBody } from "../body-files.ts";
import { at, listAt, textAt } from "../reading.ts";

/** The endpoints, below `api/v1/services/aigc/`. Pictures are answered at once, films by a job. */
export type Service = keyof typeof SERVICES;

const SERVICES = {
  film: "video-generation/video-synthesis",
  // Older films from pictures have a place of their own.
  image2video: "image2video/video-synthesis",
  picture: "multimodal-generation/generation",
} as const;

/** What is stored before the submit. */
export interface PreparedCall extends OpenBody {
  readonly service: Service;
}

/** Writes what is stored. */
export function writePrepared({ service, ...rest }: PreparedCall): Json {
  return { service, ...writeBody(rest) };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedCall {
  const named = textAt(prepared, "service");
  const service = named === "picture" || named === "image2video" ? named : "film";
  return { service, ...readBody(prepared) };
}

/** Where a service is. */
export function urlOf(service: Service): string {
  return `api/v1/services/aigc/${SERVICES[service]}`;
}

/** A job as it is told. */
export interface JobState {
  readonly status: string | null;
  readonly urls: readonly string[];
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** Reads `{output: {task_status, video_url, code, message}, usage}`. */
export function readJob(answer: Json): JobState {
  const output = at(answer, "output");
  const single = textAt(output, "video_url");
  const listed = listAt(output, "results").flatMap((result) => textAt(result, "url") ?? []);
  // Animated pictures are told as an object where others have a list.
  const animated = textAt(output, "results", "video_url");
  return {
    status: textAt(output, "task_status"),
    urls: [
      ...(single === null ? [] : [single]),
      ...(animated === null ? [] : [animated]),
      ...listed,
    ],
    words: readWords(output),
    meta: { usage: at(answer, "usage") ?? null },
  };
}

/** The links of pictures: `{output: {choices: [{message: {content: [{image}]}}]}}`. */
export function readPictures(answer: Json): readonly string[] {
  return listAt(answer, "output", "choices").flatMap((choice) =>
    listAt(choice, "message", "content").flatMap((part) => textAt(part, "image") ?? []),
  );
}

/** Reads `{code, message}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return { code: textAt(answer, "code") ?? "", message: textAt(answer, "message") ?? "" };
}
