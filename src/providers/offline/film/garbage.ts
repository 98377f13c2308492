import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Asks for a collection now. Frames live outside the heap, so the engine sees no reason to collect
 * and memory would grow with the length of the film.
 */
export function collectGarbage(): void {
  collector ??= findCollector();
  collector();
}

let collector: (() => void) | null = null;

function findCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("gc");
  return typeof found === "function" ? () => void found({ type: "minor" }) : () => undefined;
}
