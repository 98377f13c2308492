import type { KeptFile } from "../core/file.ts";
import { present } from "../lib/assert.ts";
import { removeFile } from "../lib/disk.ts";
import { writeNewFile } from "../lib/draft.ts";
import type { FileStore } from "./file-store.ts";
import type { Staging } from "./staging.ts";
import { storageKey } from "./storage-key.ts";

/** Puts a result of words into the file store as a JSON document; safe to repeat. */
export type KeepText = (wish: TextWish) => Promise<KeptFile>;

/** Words, and where to. */
export interface TextWish {
  readonly fields: Readonly<Record<string, string>>;
  /** Project, task and attempt: the start of its storage key. */
  readonly folder: string;
  readonly position: number;
}

/** Makes the keeper of words. */
export function createKeepText({
  store,
  staging,
}: {
  readonly store: FileStore;
  readonly staging: Staging;
}): KeepText {
  return async ({ fields, folder, position }) => {
    const { path } = staging.newPlace("part");
    await using rest = new AsyncDisposableStack();
    rest.defer(() => removeFile(path));
    const bytes = Buffer.from(`${JSON.stringify(fields, null, 2)}\n`);
    const measured = present(await writeNewFile(path, once(bytes), bytes.length), "words");
    const key = storageKey(folder, position, measured.sha256);
    await store.adopt(key, path);
    return { storageKey: key, ...measured, ...FACTS };
  };
}

const FACTS = {
  mediaType: "application/json",
  extension: "json",
  width: null,
  height: null,
  durationS: null,
} as const;

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
