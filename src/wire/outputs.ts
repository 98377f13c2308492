import type { FileRow } from "../core/file.ts";
import type { Output } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import { present } from "../lib/assert.ts";

/** An item of `files` in a status answer. */
export interface StatusFile {
  readonly file_url: string;
  /**
   * The documented words are `image` and `video`; songs and WAV files are `audio`, words in a JSON
   * document are `other`.
   */
  readonly file_type: "image" | "video" | "audio" | "other";
}

/** An item of `files` in a music answer: its members depend on the model. */
export type DetailFile = Readonly<Record<string, string | number | null>>;

/** Renders the link of a file. */
export type FileUrl = (file: FileRow) => string;

/** What a task made: the public items and the files that they point into by position. */
export interface Results {
  readonly outputs: readonly Output[];
  readonly files: readonly FileRow[];
}

/** A task with its files, by position. */
export interface TaskWithFiles {
  readonly task: Task;
  readonly files: readonly FileRow[];
}

/**
 * Every file of a task as `{file_url, file_type}`: results in the order of the outputs, then what
 * belongs to them (covers), so that `files[0]` is always a main result.
 */
export function statusFiles(results: Results, url: FileUrl): readonly StatusFile[] {
  const mains = new Set(results.outputs.flatMap(mainFiles));
  const inOrder = [...mains].flatMap((position) => results.files[position] ?? []);
  const others = results.files.filter((_, position) => !mains.has(position));
  return [...inOrder, ...others].map((file) => ({
    file_url: url(file),
    file_type: fileTypeOf(file.mediaType),
  }));
}

/** The items of a music answer, each with the members that the documentation gives its model. */
export function detailFiles(results: Results, url: FileUrl): readonly DetailFile[] {
  const urlAt = (position: number): string =>
    url(present(results.files[position], `File ${position} of the task`));
  return results.outputs.map((output) => detailFile(output, urlAt));
}

/** What a callback carries: as status for pictures and films, as music detail for the rest. */
export function callbackFiles(
  results: Results,
  url: FileUrl,
): readonly StatusFile[] | readonly DetailFile[] {
  const plain = results.outputs.every((output) => output.kind === "media");
  return plain ? statusFiles(results, url) : detailFiles(results, url);
}

function detailFile(output: Output, urlAt: (position: number) => string): DetailFile {
  switch (output.kind) {
    case "media":
      return { file_url: urlAt(output.file), file_type: output.media };
    case "track":
      return {
        audio_id: output.audioId,
        audio_url: urlAt(output.audio),
        image_url: output.image === null ? "" : urlAt(output.image),
        title: output.title,
        tags: output.tags,
        duration: output.durationS,
        prompt: output.prompt,
      };
    case "text":
      return output.fields;
    case "link":
      return { [output.field]: urlAt(output.file) };
    case "bundle": {
      const urls = Object.entries(output.files).map(([name, position]) => [
        name,
        position === null ? "" : urlAt(position),
      ]);
      return { [output.field]: JSON.stringify(Object.fromEntries(urls)) };
    }
    case "images": {
      const items = output.files.map((position) => ({
        file_url: urlAt(position),
        file_type: "image",
      }));
      return { [output.field]: JSON.stringify(items) };
    }
  }
}

function mainFiles(output: Output): readonly number[] {
  switch (output.kind) {
    case "media":
    case "link":
      return [output.file];
    case "track":
      return [output.audio];
    case "bundle":
      return Object.values(output.files).filter((position) => position !== null);
    case "images":
      return output.files;
    case "text":
      return [];
  }
}

function fileTypeOf(mediaType: string): StatusFile["file_type"] {
  const family = mediaType.slice(0, mediaType.indexOf("/"));
  if (family === "image" || family === "video" || family === "audio") return family;
  return "other";
}
