import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import type { JsonSchema } from "./model.ts";
import { isSchema, propertiesOf } from "./schema.ts";

/** Which files a member of an input takes, where the documentation says it. */
export interface FileLimits {
  /** Media types, as the bytes tell them. */
  readonly types: readonly string[];
  /** Absent where no size is documented. */
  readonly bytesMax?: number;
}

/** The keyword under which a schema of an address says it. */
export const FILES_KEYWORD = "x-files";

const MIB = 1024 * 1024;
const PHOTO_TYPES = ["image/jpeg", "image/png"];
const FILM_TYPES = ["video/mp4", "video/quicktime"];

/** JPEG or PNG of any size. */
export const PHOTOS: FileLimits = { types: PHOTO_TYPES };

/** JPEG or PNG of 10 MB. */
export const SMALL_PHOTOS: FileLimits = { types: PHOTO_TYPES, bytesMax: 10 * MIB };

/** JPEG, PNG or WebP of 10 MB. */
export const SMALL_PICTURES: FileLimits = {
  types: [...PHOTO_TYPES, "image/webp"],
  bytesMax: 10 * MIB,
};

/** MP4 or MOV of so many MB. */
export function films(megabytes: number): FileLimits {
  return { types: FILM_TYPES, bytesMax: megabytes * MIB };
}

/** MP4, MOV or MKV of so many MB. */
export function filmsAndMatroska(megabytes: number): FileLimits {
  return { types: [...FILM_TYPES, "video/x-matroska"], bytesMax: megabytes * MIB };
}

/** The limits as a keyword of a schema; nothing where there are none. */
export function filesKeyword(limits: FileLimits | undefined): JsonSchema {
  if (limits === undefined) return {};
  const { types, bytesMax } = limits;
  const size = bytesMax === undefined ? {} : { bytes_max: bytesMax };
  return { [FILES_KEYWORD]: { types, ...size } };
}

/** The limits that a schema of an address states, or `null`. */
export function fileLimitsOf(schema: JsonSchema): FileLimits | null {
  const stated = schema[FILES_KEYWORD];
  if (!isSchema(stated) || !Array.isArray(stated.types)) return null;
  const types = stated.types.filter((type) => typeof type === "string");
  return typeof stated.bytes_max === "number" ? { types, bytesMax: stated.bytes_max } : { types };
}

/** The addresses of an input whose files are limited, by their members as messages spell them. */
export function limitedFiles(
  schema: JsonSchema,
  input: JsonObject,
): ReadonlyMap<string, FileLimits> {
  const found = new Map<string, FileLimits>();
  const look = (part: JsonSchema, value: Json | undefined, field: string): void => {
    const limits = fileLimitsOf(part);
    if (typeof value === "string") {
      if (limits !== null) found.set(field, limits);
    } else if (Array.isArray(value)) {
      const { items } = part;
      if (!isSchema(items)) return;
      for (const [index, item] of value.entries()) look(items, item, `${field}[${index}]`);
    } else if (isJsonObject(value)) {
      for (const [name, property] of Object.entries(propertiesOf(part))) {
        look(property, value[name], field === "" ? name : `${field}.${name}`);
      }
    }
  };
  look(schema, input, "");
  return found;
}

/** What is taken, in words: `JPEG, PNG or WebP of at most 10 MB`. */
export function wordsOf({ types, bytesMax }: FileLimits): string {
  const names = types.map(typeName);
  const either = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  return bytesMax === undefined ? either : `${either} of at most ${bytesMax / MIB} MB`;
}

/** What is wrong with a file, in words that follow the name of its member, or `null`. */
export function fileFault(
  limits: FileLimits,
  { mediaType, sizeBytes }: { readonly mediaType: string; readonly sizeBytes: number },
): string | null {
  const isLarge = limits.bytesMax !== undefined && sizeBytes > limits.bytesMax;
  const isOther = !limits.types.includes(mediaType);
  if (!isLarge && !isOther) return null;
  const got = isOther ? typeName(mediaType) : `${Math.ceil((sizeBytes / MIB) * 100) / 100} MB`;
  return `must be ${wordsOf(limits)} (got ${got})`;
}

function typeName(mediaType: string): string {
  return TYPE_NAMES[mediaType] ?? mediaType;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  "image/jpeg": "JPEG",
  "image/png": "PNG",
  "image/webp": "WebP",
  "image/gif": "GIF",
  "image/avif": "AVIF",
  "video/mp4": "MP4",
  "video/quicktime": "MOV",
  "video/webm": "WebM",
  "video/x-matroska": "MKV",
};
