import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "./disk.ts";

/** Removes the folders inside a folder that were last changed before a time. */
export async function removeStaleFolders(root: string, beforeMs: number): Promise<void> {
  for (const name of await orNothing(readdir(root), [])) {
    const path = join(root, name);
    const found = await orNothing(stat(path), null);
    if (found !== null && found.mtimeMs < beforeMs) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

/** What a look-up gives, or `nothing` for what is not there any more. */
async function orNothing<Found, Nothing>(
  look: Promise<Found>,
  nothing: Nothing,
): Promise<Found | Nothing> {
  try {
    return await look;
  } catch (error) {
    if (hasCode(error, ["ENOENT"])) return nothing;
    throw error;
  }
}
