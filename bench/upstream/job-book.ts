import { createHash } from "node:crypto";
import { drawn, type Fate } from "./fate.ts";
import { type Kind, mediaBytes } from "./media.ts";

/** The wire shapes that the simulator speaks. */
export type DialectName = "vidgo" | "openai-videos" | "binary" | "queue" | "tasks";

/** A job that was accepted and will be billed. */
export interface Job {
  readonly id: string;
  readonly dialect: DialectName;
  readonly nonce: string;
  readonly prompt: string;
  readonly model: string;
  readonly kind: Kind;
  readonly fate: Fate | null;
  /** The client's own reference, where the dialect takes one. */
  readonly reference: string | null;
  readonly callbackUrl: string | null;
  readonly acceptedAtMs: number;
  readonly workMs: number;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** How often it was asked for, seen to be done, and sent. */
  polls: number;
  showings: number;
  transfers: number;
  canceled: boolean;
}

/** What a job looks like from outside at one moment. */
export type Phase =
  | { readonly kind: "queued" }
  | { readonly kind: "running"; readonly progress: number }
  | { readonly kind: "done" }
  | { readonly kind: "failed" }
  | { readonly kind: "canceled" }
  /** The upstream no longer knows it. */
  | { readonly kind: "forgotten" }
  /** Asking for it answers 500. */
  | { readonly kind: "trouble" }
  /** A status word that no documentation names. */
  | { readonly kind: "odd" };

/** Facts of a new job. */
export type JobSeed = Omit<
  Job,
  "id" | "bytes" | "sha256" | "polls" | "showings" | "transfers" | "canceled" | "workMs"
>;

/** All jobs of the simulator; they live as long as its process. */
export interface JobBook {
  add(seed: JobSeed): Job;
  find(id: string): Job | null;
  /** The job that came before this one in the same dialect, or `null`. */
  before(job: Job): Job | null;
  /** Newest first. */
  list(dialect: DialectName): readonly Job[];
}

/** Makes an empty book. Each job takes `workMs.min` to `workMs.max`, drawn from its nonce. */
export function createJobBook(options: {
  readonly seed: string;
  readonly workMs: { readonly min: number; readonly max: number };
}): JobBook {
  const byId = new Map<string, Job>();
  const { min, max } = options.workMs;
  return {
    add(seed) {
      const id = `${PREFIXES[seed.dialect]}${String(byId.size + 1).padStart(8, "0")}`;
      // A second purchase for the same nonce gives other bytes, so that the two can be told apart.
      const bytes = mediaBytes(seed.kind, `${seed.nonce} ${id}`);
      const job: Job = {
        ...seed,
        id,
        bytes,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        workMs: Math.round(min + (max - min) * drawn(options.seed, "work", seed.nonce)),
        polls: 0,
        showings: 0,
        transfers: 0,
        canceled: false,
      };
      byId.set(id, job);
      return job;
    },
    find: (id) => byId.get(id) ?? null,
    before: (job) => {
      const jobs = [...byId.values()].filter(({ dialect }) => dialect === job.dialect);
      return jobs[jobs.indexOf(job) - 1] ?? null;
    },
    list: (dialect) => [...byId.values()].filter((job) => job.dialect === dialect).reverse(),
  };
}

/** Tells how a job stands now, as a poll sees it; counts the poll. */
export function lookAt(job: Job, nowMs: number): Phase {
  job.polls += 1;
  if (job.canceled) return { kind: "canceled" };
  const share = Math.min(1, (nowMs - job.acceptedAtMs) / job.workMs);
  switch (job.fate) {
    case "forget":
      return share < 0.5 ? { kind: "running", progress: 40 } : { kind: "forgotten" };
    case "never":
      return { kind: "running", progress: 99 };
    case "fail":
      return share < 1 ? { kind: "running", progress: 50 } : { kind: "failed" };
    case "poll-500":
      return job.polls <= 3 ? { kind: "trouble" } : ordinary(share);
    case "status-back":
      return backwards(job.polls, share);
    case "unknown-status":
      return share < 1 || job.polls < 2 ? { kind: "odd" } : { kind: "done" };
    default:
      return ordinary(share);
  }
}

const PREFIXES: Readonly<Record<DialectName, string>> = {
  vidgo: "task-unified-1790000000-sim",
  "openai-videos": "video_",
  binary: "bin_",
  queue: "req-",
  tasks: "tsk",
};

function ordinary(share: number): Phase {
  if (share < 0.2) return { kind: "queued" };
  return share < 1 ? { kind: "running", progress: Math.floor(share * 100) } : { kind: "done" };
}

/** Far ahead first, then as if it had only just come in. */
function backwards(polls: number, share: number): Phase {
  if (polls === 1) return { kind: "running", progress: 90 };
  if (polls === 2) return { kind: "queued" };
  return ordinary(share);
}
