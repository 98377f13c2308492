import type { Json, JsonObject } from "../lib/json.ts";
import { dataUrl, type InputBytes, type InputLimits, readInput } from "./carry.ts";
import type { ProviderContext } from "./provider.ts";
import { at, listAt, objectAt, textAt } from "./reading.ts";

// Bodies that wait for customers' files: stored without their bytes, completed at the submit.

/** A place in a body, and the customer's URL of what belongs there. */
export interface FilePlace {
  readonly path: readonly (string | number)[];
  readonly url: string;
}

/** A body, and the places in it that wait for a file. */
export interface OpenBody {
  readonly body: JsonObject;
  readonly files: readonly FilePlace[];
}

/** Reads one back from what is stored. */
export function readBody(prepared: Json): OpenBody {
  return {
    body: objectAt(prepared, "body"),
    files: listAt(prepared, "files").map((place) => ({
      path: listAt(place, "path").flatMap((step) =>
        typeof step === "string" || typeof step === "number" ? [step] : [],
      ),
      url: textAt(place, "url") ?? "",
    })),
  };
}

/** One as it is stored. */
export function writeBody({
  body,
  files,
}: Pick<OpenBody, "files"> & { readonly body: Json }): JsonObject {
  return { body, files: files.map(({ path, url }) => ({ path, url })) };
}

/** How files are put into their places. */
export interface Filling {
  /** What is taken; pictures, films and sounds of 50 MiB unless said. */
  readonly limits?: InputLimits;
  /** What stands for a file; its `data:` URL unless said. */
  readonly carry?: (file: InputBytes) => Promise<Json>;
}

const FILES: InputLimits = {
  mediaTypes: [
    ..."image/png image/jpeg image/webp image/gif image/avif".split(" "),
    ..."video/mp4 video/webm video/quicktime audio/mpeg audio/wav audio/flac audio/ogg".split(" "),
  ],
  bytesMax: 50 * 1024 * 1024,
};

/** The body, with each file in its place. */
export async function bodyWithFiles(
  { body, files }: OpenBody,
  context: ProviderContext,
  { limits = FILES, carry = async (file) => dataUrl(file) }: Filling = {},
): Promise<Json> {
  const places: [FilePlace["path"], Json][] = [];
  for (const { path, url } of files) {
    places.push([path, await carry(await readInput(context, url, limits))]);
  }
  return withValues(body, places);
}

function withValues(
  value: Json,
  places: readonly (readonly [path: FilePlace["path"], value: Json])[],
): Json {
  const copy = structuredClone(value);
  for (const [path, inserted] of places) {
    const holder = at(copy, ...path.slice(0, -1));
    const last = path.at(-1);
    if (last !== undefined && typeof holder === "object" && holder !== null) {
      Reflect.set(holder, last, inserted);
    }
  }
  return copy;
}
