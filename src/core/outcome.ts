import type { Json } from "../lib/json.ts";
import type { TaskErrorCode } from "./error.ts";
import type { KeptFile } from "./file.ts";

/** What an upstream did wrong, in our words. The raw answer goes to the log only. */
export interface UpstreamError {
  readonly code: TaskErrorCode;
  /** Safe to show to the customer: one sentence, no host names, no keys. */
  readonly message: string;
  /** Where the same work may be tried once more. Never says that it was not paid for. */
  readonly retry: "never" | "same-route" | "other-route";
  /** Milliseconds that the upstream asked us to wait, or `null`. */
  readonly retryAfterMs: number | null;
  /** Whether the upstream charged for it. */
  readonly billed: "yes" | "no" | "unknown";
  /** How much, where the upstream says so. */
  readonly cost?: Cost;
  /** For a content refusal: the prompt or the result was refused. */
  readonly stage?: "input" | "output";
}

/** What an upstream charges for a job, in its own words. */
export interface Cost {
  /** An exact decimal, not below 0. */
  readonly amount: string;
  /** `usd`, or `credits` of the upstream's own. */
  readonly unit: "usd" | "credits";
}

/** Where the bytes of one result are. Serialisable; never holds a key. */
export type ArtifactSource =
  /** Already on our disk: a file name inside the staging folder. */
  | { readonly kind: "staged"; readonly name: string }
  /** A plain GET without credentials. */
  | { readonly kind: "url"; readonly url: string }
  /** Only the provider's `open` knows how. */
  | { readonly kind: "upstream"; readonly ref: Json };

/** What a result is: decides which types of bytes are accepted for it. */
export type MediaKind = "image" | "video" | "audio";

/** One result of an operation, to be copied into a file of ours. */
export interface Artifact {
  readonly source: ArtifactSource;
  readonly media: MediaKind;
  /** The copy that is ours already, whatever becomes of its source. */
  readonly kept?: KeptFile;
}

/**
 * One item of the public `files` list. Numbers are positions in the list of artifacts, later of
 * the task's files; `wire/` turns them into URLs.
 */
export type Output =
  | { readonly kind: "media"; readonly file: number; readonly media: "image" | "video" }
  | {
      readonly kind: "track";
      readonly audioId: string;
      readonly audio: number;
      readonly image: number | null;
      readonly title: string;
      readonly tags: string;
      readonly durationS: number;
      readonly prompt: string;
    }
  /** Text results: `{title, text}`, `{style}`, `{persona_id}`, … */
  | { readonly kind: "text"; readonly fields: Readonly<Record<string, string>> }
  /** One URL under a name of its own: `wav_url`, `video_url`. */
  | { readonly kind: "link"; readonly field: string; readonly file: number }
  /** A JSON string of names and URLs; `null` gives an empty string. */
  | {
      readonly kind: "bundle";
      readonly field: string;
      readonly files: Readonly<Record<string, number | null>>;
    }
  /** A JSON string of `[{file_url, file_type: "image"}]`. */
  | { readonly kind: "images"; readonly field: string; readonly files: readonly number[] };

/** The positions of all files that an output points at. */
export function filesOf(output: Output): readonly number[] {
  switch (output.kind) {
    case "media":
    case "link":
      return [output.file];
    case "track":
      return output.image === null ? [output.audio] : [output.audio, output.image];
    case "bundle":
      return Object.values(output.files).filter((file) => file !== null);
    case "images":
      return output.files;
    case "text":
      return [];
  }
}

/** Something made that later tasks may build on (DESIGN: lineage). */
export interface Creation {
  /** The public `audio_id`, or another id unique in the project. */
  readonly id: string;
  readonly kind: "audio" | "persona";
  /** Position of the file that holds its bytes, or `null`. */
  readonly file: number | null;
  /** What the provider needs to continue it: its own ids, a score, … */
  readonly ref: Json;
}

/** Everything that a finished operation gave. Written to the task before any byte is copied. */
export interface Production {
  readonly artifacts: readonly Artifact[];
  readonly outputs: readonly Output[];
  readonly creations: readonly Creation[];
  /** Facts about the run for operators: model version, seed, cost. */
  readonly meta: Json;
  /** What the upstream charges for it, where it says so. */
  readonly cost?: Cost;
}

/** The answer to a submit. */
export type SubmitOutcome =
  /** The upstream has the job; `operation` finds it again. */
  | { readonly kind: "accepted"; readonly operation: Json; readonly pollAfterMs: number }
  /** A synchronous upstream that gave the result at once. */
  | { readonly kind: "completed"; readonly production: Production }
  /** Definite: nothing was created, nothing is owed. */
  | { readonly kind: "rejected"; readonly error: UpstreamError }
  /** Bytes left the process and no definite answer came back. */
  | { readonly kind: "unknown"; readonly error: UpstreamError };

/** The answer to a poll. */
export type Observation =
  | {
      readonly kind: "pending";
      readonly phase: "queued" | "running";
      /** 0 to 100, or `null` when the upstream tells none. */
      readonly progress: number | null;
      readonly pollAfterMs: number;
      /** The handle to use from now on, when the upstream changed it. */
      readonly operation?: Json;
      /** A status word that the provider does not know. Keeps the task going, raises an alarm. */
      readonly unknownStatus?: string;
    }
  | { readonly kind: "completed"; readonly production: Production }
  | { readonly kind: "failed"; readonly error: UpstreamError }
  /** The upstream does not know this job. */
  | { readonly kind: "lost" }
  /** The question itself failed. Says nothing about the job. */
  | { readonly kind: "unreachable"; readonly error: UpstreamError };

/** The answer to "do you have a job of ours that carries this marker?" */
export type FindOutcome =
  | { readonly kind: "found"; readonly operation: Json }
  | { readonly kind: "absent" }
  | { readonly kind: "undecidable"; readonly detail: string };

/** The answer to a cancel. */
export type CancelOutcome = "canceled" | "too-late" | "unsupported";
