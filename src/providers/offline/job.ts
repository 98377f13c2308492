import type { Production } from "../../core/outcome.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { ModelMedia } from "../../models/model.ts";
import type { FetchedInput, Source, StagedFile } from "../provider.ts";

/** One piece of work for the offline engine. Plain data: it crosses into a worker thread. */
export interface RenderJob {
  /** The attempt's id; new ids (audio, persona) are derived from it, never the bytes. */
  readonly marker: string;
  readonly model: string;
  readonly media: ModelMedia;
  /** Checked input with defaults. */
  readonly input: JsonObject;
  /** Same model, input and seed give the same bytes. 0 to 2^32 − 1. */
  readonly seed: number;
  /** Frames a second of a film; 24 unless said. */
  readonly fps?: number;
  /** Whether the system's ffmpeg may decode clips; it may unless this is false. */
  readonly decode?: boolean;
  /** The system's ffmpeg, where it shall encode films and the machine has one. */
  readonly encoder?: "ffmpeg";
  readonly sources: readonly Source[];
  /** The customer's media, fetched already, by URL as it stands in the input. */
  readonly inputs: Readonly<Record<string, FetchedInput>>;
}

/** What a renderer finds in its worker thread. */
export interface RenderRoom {
  /** Reserves a file in the staging folder. */
  stage(extension: string): StagedFile;
  /** Whether other jobs run beside this one by now: then it keeps to one thread. */
  readonly crowded?: boolean;
  /** Tells how far the work is, 0 to 1; cheap, may be called for each frame. */
  progress(fraction: number): void;
  /** Aborted when the task is canceled; a renderer looks at it at least every 100 ms. */
  readonly signal: AbortSignal;
}

/** Makes the files of a job. Runs in a worker thread. */
export type Renderer = (job: RenderJob, room: RenderRoom) => Promise<Production>;
