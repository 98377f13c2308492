import type { RenderJob } from "../job.ts";

/** Typed views of a checked input. */
export interface InputReader {
  /** A text, trimmed of nothing; "" when absent. */
  text(name: string): string;
  flag(name: string): boolean;
  /** A number, or `null` when absent. */
  number(name: string): number | null;
}

/** Reads members of a job's input; members of another type count as absent. */
export function inputOf(job: Pick<RenderJob, "input">): InputReader {
  return {
    text(name) {
      const value = job.input[name];
      return typeof value === "string" ? value : "";
    },
    flag(name) {
      return job.input[name] === true;
    },
    number(name) {
      const value = job.input[name];
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    },
  };
}
