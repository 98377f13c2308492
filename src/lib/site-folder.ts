import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The files of a built site. They are read when asked for: most are asked for once. */
export interface SiteFolder {
  /** Names of the files beside the page itself. */
  readonly files: readonly string[];
  /** The bytes of a file by its path, or `null`. */
  read(path: string): Promise<Buffer | null>;
}

/** Opens the folder that a build made; an empty one when there was no build. */
export function openSiteFolder(folder: string): SiteFolder {
  return {
    files: listFiles(folder),
    async read(path) {
      if (!PLAIN_PATH.test(path)) return null;
      try {
        return await readFile(join(folder, path));
      } catch {
        return null;
      }
    },
  };
}

/** Down to one folder deep, and nothing that begins with a dot. */
const PLAIN_PATH = /^(?:\w[\w-]*\/)?\w[\w.-]*$/;

function listFiles(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) =>
      entry.isFile() && PLAIN_PATH.test(entry.name) ? [entry.name] : [],
    );
  } catch {
    return [];
  }
}
