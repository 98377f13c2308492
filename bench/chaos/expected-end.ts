import type { Fate } from "../upstream/fate.ts";

/** Whether the provider can make good a submit that was not answered. */
export type Recovery = "recovers" | "blind";

/**
 * How a task may end that met a fate: `finished`, or the error code with which it may have failed.
 * With a blind provider a submit that died with its process is lost, whatever its fate was.
 */
export function mayEnd(fate: Fate | null, recovery: Recovery): readonly string[] {
  const ends = ENDS[fate ?? "none"] ?? ["finished"];
  if (recovery === "recovers") return ends;
  return fate !== null && UNANSWERED.has(fate) ? ["unknown_outcome"] : [...ends, "unknown_outcome"];
}

const UNANSWERED: ReadonlySet<Fate> = new Set([
  "accept-then-reset",
  "accept-then-500",
  "accept-then-429",
  "accept-late",
  "garbage",
  "hang",
]);

/** Ends other than `finished`. */
const ENDS: Readonly<Partial<Record<Fate | "none", readonly string[]>>> = {
  refuse: ["content_policy"],
  fail: ["generation_failed"],
  forget: ["job_lost"],
  never: ["timeout"],
  oversize: ["invalid_output"],
  "private-url": ["invalid_output", "result_expired"],
};
