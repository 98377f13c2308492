import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import type { Studio } from "./studio.ts";

/** A song made earlier in the run. */
export interface Song {
  readonly taskId: string;
  readonly audioId: string;
  readonly durationS: number;
  readonly url: string;
  readonly sung: boolean;
}

/** Reads the songs of a finished task. */
export async function songsOf(
  { api }: Studio,
  task: { readonly id: string; readonly input: JsonObject },
): Promise<readonly Song[]> {
  const { files } = await api.musicDetail(task.id);
  const items = Array.isArray(files) ? files.filter(isJsonObject) : [];
  return items.map((item) => ({
    taskId: task.id,
    audioId: String(item.audio_id),
    durationS: Number(item.duration),
    url: String(item.audio_url),
    sung: task.input.instrumental === false,
  }));
}

/**
 * Puts the ids of songs made earlier in place of the documented ones. What may be done once to a
 * song is given another song each time.
 * @param use How often the model was run before in this run.
 */
export function withSong(input: JsonObject, songs: readonly Song[], use: number): JsonObject {
  if (input.task_id === undefined && input.audio_id === undefined) return input;
  const endS = Number(input.continue_at ?? input.infill_end_s ?? 0);
  // The documentation goes on at 120 s; where no song is as long, the longest ones must do.
  const reach = ({ durationS }: Song): number => Math.min(endS, durationS);
  const inOrder = songs.toSorted((a, b) => reach(b) - reach(a) || Number(b.sung) - Number(a.sung));
  const song = inOrder[use % Math.max(1, inOrder.length)];
  if (song === undefined) throw new Error("No song was made that could be named");
  return {
    ...input,
    ...(input.task_id === undefined ? {} : { task_id: song.taskId }),
    ...(input.audio_id === undefined ? {} : { audio_id: song.audioId }),
  };
}
