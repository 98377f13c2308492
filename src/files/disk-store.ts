import { createHash } from "node:crypto";
import { chmod, opendir, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assert } from "../lib/assert.ts";
import type { Clock } from "../lib/clock.ts";
import {
  makePrivateFolder,
  moveDurably,
  openRegular,
  removeFile,
  statRegular,
} from "../lib/disk.ts";
import type { FileStore } from "./file-store.ts";
import { isStorageKey } from "./storage-key.ts";

/** Where a store keeps its bytes. */
export interface DiskStoreOptions {
  /** A folder of our own; made when it is not there. */
  readonly root: string;
  readonly clock: Clock;
}

/**
 * Keeps files in one folder. A key's file stands in one of 65,536 folders chosen by the key's
 * SHA-256, under the key itself with `+` for `/`, so that the folder tree alone tells every key.
 */
export async function openDiskStore({ root, clock }: DiskStoreOptions): Promise<FileStore> {
  await makePrivateFolder(root);
  await chmod(root, 0o700);
  return {
    async adopt(key, sourcePath) {
      const path = pathOf(root, key);
      // Gone from its source and held under its key: an adoption that was cut short after its end.
      const isThere = (await statRegular(sourcePath)) !== null;
      if (!isThere && (await statRegular(path)) !== null) return;
      assert(isThere, `Nothing to adopt for ${key}`);
      await makePrivateFolder(dirname(path));
      await chmod(sourcePath, 0o600);
      // What lay in staging for long is no orphan while its task is ending.
      const now = new Date(clock.nowMs());
      await utimes(sourcePath, now, now);
      await moveDurably(sourcePath, path);
    },
    async open(key, range) {
      const file = await openRegular(pathOf(root, key));
      return file === null ? null : file.createReadStream({ ...range });
    },
    async size(key) {
      return (await statRegular(pathOf(root, key)))?.sizeBytes ?? null;
    },
    async localPath(key) {
      const path = pathOf(root, key);
      return (await statRegular(path)) === null ? null : path;
    },
    async remove(key) {
      await removeFile(pathOf(root, key));
    },
    async removeOld(key, ageMs) {
      const path = pathOf(root, key);
      const stat = await statRegular(path);
      if (stat !== null && clock.nowMs() - stat.modifiedAtMs > ageMs) await removeFile(path);
    },
    async *list() {
      for await (const path of filesUnder(root)) {
        const stat = await statRegular(path);
        const key = path.slice(dirname(path).length + 1).replaceAll("+", "/");
        // A stranger's file is not ours to name, hence never swept.
        if (stat === null || !isStorageKey(key)) continue;
        yield { key, ageMs: clock.nowMs() - stat.modifiedAtMs };
      }
    },
  };
}

function pathOf(root: string, key: string): string {
  assert(isStorageKey(key), `Not a storage key: ${key}`);
  const shard = createHash("sha256").update(key).digest("hex");
  return join(root, shard.slice(0, 2), shard.slice(2, 4), key.replaceAll("/", "+"));
}

async function* filesUnder(root: string): AsyncIterable<string> {
  for await (const first of await opendir(root)) {
    if (!first.isDirectory()) continue;
    for await (const second of await opendir(join(root, first.name))) {
      if (!second.isDirectory()) continue;
      const shard = join(root, first.name, second.name);
      for await (const file of await opendir(shard)) yield join(shard, file.name);
    }
  }
}
