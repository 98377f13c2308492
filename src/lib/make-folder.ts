import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder that only we can look into (0700), with the folders above it; fine when it is
 * there. Gives the first folder that was made, or `null` when all were there.
 *
 * Not `mkdir({ recursive: true })`: below /proc and the like, where a parent is there and still
 * answers that it is not, that never returns.
 * @throws What the file system says.
 */
export function makeFolder(path: string): string | null {
  const attempt = tryMake(path);
  if (attempt !== "no parent") return attempt === "made" ? path : null;
  const parent = dirname(path);
  const above = makeFolder(parent);
  // The parent is there now, whoever made it: one more failure is the truth.
  mkdirSync(path, { mode: 0o700 });
  return above ?? path;
}

function tryMake(path: string): "made" | "there" | "no parent" {
  try {
    mkdirSync(path, { mode: 0o700 });
    return "made";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") return "there";
    if (code === "ENOENT" && dirname(path) !== path) return "no parent";
    throw error;
  }
}
