import { chmod, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { assert } from "../lib/assert.ts";
import { makePrivateFolder, statRegular } from "../lib/disk.ts";
import { type RandomBytes, randomBase36 } from "../lib/random.ts";

/** The folder for bytes on their way; on the store's file system, so that moving is renaming. */
export interface Staging {
  /** Makes a new, empty file that only we can read. */
  reserve(extension: string): Promise<StagedPlace>;
  /** A name and path that nothing has yet. */
  newPlace(extension: string): StagedPlace;
  /** Where a staged name is, or `null` when it is no such name. The file may be gone. */
  pathOf(name: string): string | null;
  /** Removes a staged file whose bytes are needed no more; one that is gone is fine. */
  remove(name: string): Promise<void>;
  /** Removes what is older than `ageMs`; gives how many files. */
  sweep(nowMs: number, ageMs: number): Promise<number>;
}

/** A file in the staging folder. */
export interface StagedPlace {
  readonly name: string;
  readonly path: string;
}

const NAME = /^[0-9a-z][0-9a-z_-]{0,63}\.[a-z0-9]{1,8}$/;

/** Opens the staging folder at `path`, making it when it is not there. */
export async function openStaging(path: string, random: RandomBytes): Promise<Staging> {
  await makePrivateFolder(path);
  await chmod(path, 0o700);

  const newPlace = (extension: string): StagedPlace => {
    const name = `${randomBase36(random, 26)}.${extension}`;
    assert(NAME.test(name), `No extension for a staged file: ${extension}`);
    return { name, path: join(path, name) };
  };
  return {
    newPlace,
    async reserve(extension) {
      const place = newPlace(extension);
      await writeFile(place.path, "", { flag: "wx", mode: 0o600 });
      return place;
    },
    pathOf: (name) => (NAME.test(name) ? join(path, name) : null),
    async remove(name) {
      if (NAME.test(name)) await rm(join(path, name), { force: true });
    },
    async sweep(nowMs, ageMs) {
      let removed = 0;
      for (const name of await readdir(path)) {
        const stat = await statRegular(join(path, name));
        if (stat === null || nowMs - stat.modifiedAtMs <= ageMs) continue;
        await rm(join(path, name), { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}
