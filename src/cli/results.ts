import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import type { Operator } from "./operator.ts";

/** What a task made. */
export interface Results {
  /** The task as the API tells it; for music with the items of its songs. */
  readonly data: JsonObject;
  readonly files: readonly ResultFile[];
  /** Results that are no files, such as lyrics; a text each. */
  readonly texts: readonly string[];
}

/** A file to fetch. */
export interface ResultFile {
  readonly url: string;
  /** With the point: `.mp3`. */
  readonly extension: string;
  /** What it is among several, such as `vocals`; `null` where the order tells enough. */
  readonly label: string | null;
}

/** Collects what a task made. Music tells more by a route of its own, so that one is asked too. */
export async function findResults(
  operator: Operator,
  task: JsonObject,
  taskId: string,
): Promise<Results> {
  if (task.status !== "finished") return { data: task, files: [], texts: [] };
  const plain = fileUrls(task);
  if (!(await isMusic(operator, task))) return { data: task, files: plain, texts: [] };
  const detail = await operator.ask("GET", `/api/generate/detail/music?task_id=${taskId}`);
  const items = itemsOf(detail);
  const named = items.flatMap(filesOfItem);
  // Whatever the items do not name is a file of the task none the less.
  const rest = plain.filter(({ url }) => named.every((file) => file.url !== url));
  return { data: { ...task, ...detail }, files: [...named, ...rest], texts: items.flatMap(textOf) };
}

async function isMusic(operator: Operator, { model }: JsonObject): Promise<boolean> {
  if (typeof model !== "string") return false;
  const { media } = await operator.ask("GET", `/api/models/${encodeURIComponent(model)}`);
  return media !== "image" && media !== "video";
}

function itemsOf({ files }: JsonObject): readonly JsonObject[] {
  return Array.isArray(files) ? files.filter(isJsonObject) : [];
}

function fileUrls(data: JsonObject): readonly ResultFile[] {
  return itemsOf(data).flatMap(({ file_url: url }) => readFile(url, null) ?? []);
}

/** The files of an item in order: links, and those inside a member that is JSON as a text. */
function filesOfItem(item: JsonObject): readonly ResultFile[] {
  return Object.values(item).flatMap((value) => {
    const file = readFile(value, null);
    if (file !== null) return [file];
    const inner = typeof value === "string" ? parseJson(value) : undefined;
    if (isJsonObject(inner)) {
      return Object.entries(inner).flatMap(([label, url]) => readFile(url, label) ?? []);
    }
    return Array.isArray(inner) ? fileUrls({ files: inner }) : [];
  });
}

const FILE_PATH = /\/files\/[\w-]+(\.[a-z0-9]{1,8})$/;

function readFile(value: Json | undefined, label: string | null): ResultFile | null {
  if (typeof value !== "string" || !/^(https?:\/\/[^/\s]+)?\/files\//.test(value)) return null;
  const extension = FILE_PATH.exec(value)?.[1];
  return extension === undefined ? null : { url: value, extension, label };
}

/** An item without any file is a text, or a set of them. */
function textOf(item: JsonObject): readonly string[] {
  if (filesOfItem(item).length > 0) return [];
  const values = Object.values(item).filter((value) => typeof value === "string");
  return values.length === 1 ? values : [JSON.stringify(item)];
}
