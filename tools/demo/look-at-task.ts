import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../../src/lib/json.ts";
import type { Model } from "../../src/models/model.ts";
import { createValidator } from "../../src/models/validate.ts";
import { expectedOf } from "./expected.ts";
import { fixturePicture } from "./fixture-picture.ts";
import { judge } from "./judge.ts";
import { firstFrame, type Look, likeness, lookAt } from "./look.ts";
import { readMusicFiles } from "./music-shape.ts";
import type { Studio } from "./studio.ts";

/** A task that has ended. */
export interface Ended {
  readonly model: Model;
  readonly input: JsonObject;
  readonly taskId: string;
  /** What the status endpoint says. */
  readonly status: JsonObject;
}

/** The files of a task, and what of them is not as promised. */
export interface Findings {
  readonly files: readonly FoundFile[];
  readonly faults: readonly string[];
}

/** A fetched file. */
export interface FoundFile extends Look {
  readonly sizeBytes: number;
  readonly path: string;
}

/**
 * From here on a result is taken for the given picture, by {@link likeness}. Over many seeds edits
 * lie at 0.75 and more; pictures that were not given reach 0.5.
 */
const FRAME_LIKENESS = 0.8;
const EDIT_LIKENESS = 0.6;
/** What the answer of a song says and what its file has may differ by this, seconds. */
const SONG_TOLERANCE = 0.5;

/** Fetches all files of a task and compares them with what its input promises. */
export async function lookAtTask(studio: Studio, ended: Ended): Promise<Findings> {
  const isMusic = ended.model.media === "music";
  const { files, faults } = await (isMusic ? lookAtMusic : lookAtPictures)(studio, ended);
  const isHollow = itemsOf(ended.status.files).length === 0;
  return { files, faults: isHollow ? [...faults, "the status lists no file"] : faults };
}

async function lookAtPictures(studio: Studio, ended: Ended): Promise<Findings> {
  const verdict = createValidator().check(ended.model, ended.input);
  if (verdict.kind === "refused") return { files: [], faults: [verdict.refusal.message] };
  const expected = expectedOf(ended.model, verdict.input);
  const urls = itemsOf(ended.status.files).map(({ file_url: url }) => String(url));
  const files = await Promise.all(urls.map((url) => save(studio, url)));
  const [main] = files;
  const faults = [...judge(expected, files)];
  if (expected.resembles !== null && main !== undefined) {
    faults.push(...(await judgeLikeness(ended.model, expected.resembles, main)));
  }
  return { files, faults };
}

async function judgeLikeness(
  model: Model,
  given: string,
  made: FoundFile,
): Promise<readonly string[]> {
  const isFilm = model.media === "video";
  const picture = isFilm ? await firstFrame(made.path) : made.path;
  if (picture === null) return [];
  const found = await likeness(await fixturePicture(given), picture);
  const what = isFilm ? "the first frame" : "the result";
  const isAlike = found >= (isFilm ? FRAME_LIKENESS : EDIT_LIKENESS);
  return isAlike ? [] : [`${what} is like ${given} by ${found.toFixed(2)} only`];
}

async function lookAtMusic(studio: Studio, { model, taskId }: Ended): Promise<Findings> {
  const detail = await studio.api.musicDetail(taskId);
  const { faults, links } = readMusicFiles(model.id, itemsOf(detail.files));
  const found = [...faults];
  const files: FoundFile[] = [];
  for (const link of links) {
    const file = await save(studio, link.url);
    files.push(file);
    if (!file.mediaType.startsWith(`${link.family}/`)) {
      found.push(`${file.mediaType} where ${link.family} is expected`);
    }
    const isOff =
      link.durationS !== null && Math.abs((file.durationS ?? 0) - link.durationS) > SONG_TOLERANCE;
    if (isOff) found.push(`${file.durationS} s, but the answer says ${link.durationS} s`);
  }
  return { files, faults: found };
}

async function save({ api, folder }: Studio, url: string): Promise<FoundFile> {
  const { mediaType, bytes } = await api.fetch(url);
  const path = join(folder, new URL(url).pathname.replaceAll("/", "-"));
  await writeFile(path, bytes);
  return { ...(await lookAt(path, mediaType)), sizeBytes: bytes.length, path };
}

function itemsOf(files: Json | undefined): readonly JsonObject[] {
  return Array.isArray(files) ? files.filter(isJsonObject) : [];
}
