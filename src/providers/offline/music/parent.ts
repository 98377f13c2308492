import { isJsonObject } from "../../../lib/json.ts";
import type { Source } from "../../provider.ts";
import type { RenderJob } from "../job.ts";
import { decodeAudio, refused } from "./decode/decode.ts";
import { inputOf } from "./input.ts";
import { applyCurve, masterCurve } from "./mix/master.ts";
import { mixdown } from "./mix/mixdown.ts";
import { type Score, unpackScore } from "./score.ts";
import type { Stage } from "./synth/stage.ts";
import type { Watch } from "./track.ts";

/** An earlier track that a task builds on. */
export interface Parent {
  readonly score: Score;
  /** Whether other people's sound is in it, so that the score alone cannot give it again. */
  readonly foreign: boolean;
  readonly path: string | null;
}

/**
 * The track that the input names by `audio_id`, or the first of the task it names.
 * @throws {UpstreamFailure} With `result_expired` when the engine does not know it.
 */
export function parentOf(job: RenderJob): Parent {
  const input = inputOf(job);
  const wanted = input.text("audio_id");
  const named = job.sources.filter(({ id }) => wanted === "" || id === wanted);
  const candidates =
    wanted === "" ? named.filter(({ taskId }) => taskId === input.text("task_id")) : named;
  for (const source of candidates.length > 0 ? candidates : named) {
    const parent = readParent(source);
    if (parent !== null) return parent;
  }
  throw refused("The track that audio_id names was not made by this engine", "result_expired");
}

function readParent(source: Source): Parent | null {
  if (!isJsonObject(source.ref)) return null;
  const score = unpackScore(source.ref.score);
  if (score === null) return null;
  return { score, foreign: source.ref.foreign === true, path: source.path };
}

/** The sound of a parent: played again from its score, or decoded where foreign sound is in it. */
export async function soundOf(parent: Parent, watch: Watch): Promise<Stage> {
  if (parent.foreign) return decodeParent(parent);
  const mix = await mixdown(parent.score, watch);
  applyCurve(mix, masterCurve(mix));
  return mix;
}

/** Decodes the file of a parent. */
export async function decodeParent(parent: Parent): Promise<Stage> {
  if (parent.path === null) throw refused("The file of the track has expired", "result_expired");
  return decodeAudio(parent.path);
}

/**
 * The recording that the input names, fetched already.
 * @param names Members of the input that may hold its address.
 */
export async function uploadOf(job: RenderJob, ...names: readonly string[]): Promise<Stage> {
  const input = inputOf(job);
  for (const name of names) {
    const fetched = job.inputs[input.text(name)];
    if (fetched !== undefined) return decodeAudio(fetched.path);
  }
  throw refused(
    `${names[0] ?? "upload_url"} names no audio that could be fetched`,
    "input_unreachable",
  );
}
