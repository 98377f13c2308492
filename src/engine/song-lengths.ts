import type { FileRow } from "../core/file.ts";
import type { Output } from "../core/outcome.ts";

/** What a task made, as far as it is about the length of songs. */
export interface MadeSongs {
  readonly outputs: readonly Output[];
  readonly files: readonly FileRow[];
}

/**
 * One length for each song: its file is said to last what its item tells, since the frames of an
 * MP3 reach beyond the song. Where the provider told none, both say what the file measures.
 */
export function agreeOnLengths({ outputs, files }: MadeSongs): MadeSongs {
  const told = new Map<number, number>();
  const agreed = outputs.map((output) => {
    if (output.kind !== "track") return output;
    const durationS = lengthOf(output.durationS, files[output.audio]?.durationS ?? null);
    if (durationS > 0) told.set(output.audio, durationS);
    return { ...output, durationS };
  });
  return {
    outputs: agreed,
    files: files.map((file, position) => ({
      ...file,
      durationS: told.get(position) ?? file.durationS,
    })),
  };
}

function lengthOf(told: number, measured: number | null): number {
  const seconds = told > 0 || measured === null ? told : measured;
  return Math.round(seconds * 100) / 100;
}
