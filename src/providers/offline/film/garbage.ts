import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Asks for a collection now. Frames live outside the heap, so the engine sees no reason to collect
 * and memory would grow with the length of the film.
 */
export function collectGarbage(): void {
  collector ??= findCollector();
  collector({ type: "minor" });
}

/** Asks for a whole collection, which also finds the encoders of segments: at the end of a film. */
export function collectEverything(): void {
  collector ??= findCollector();
  collector({ type: "major" });
}

type Collector = (wish: { readonly type: "minor" | "major" }) => void;

let collector: Collector | null = null;

function findCollector(): Collector {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("gc");
  return typeof found === "function" ? (wish) => void found(wish) : () => undefined;
}
