/** A track that another task may start from. */
export interface Track {
  readonly taskId: string;
  readonly audioId: string;
  readonly title: string;
  readonly url: string;
  readonly peaksUrl: string | null;
  /** `null` while it is not known. */
  readonly seconds: number | null;
}

interface SoundFile {
  readonly file_url: string | null;
  readonly peaks_url: string | null;
  readonly duration_s: number | null;
}

/** The tracks among the results of a task that can still be played. */
export function tracksOf(
  taskId: string,
  results: readonly Readonly<Record<string, unknown>>[],
  files: readonly SoundFile[],
): readonly Track[] {
  return results.flatMap(({ audio_id, audio_url, title }): Track[] => {
    if (typeof audio_id !== "string" || typeof audio_url !== "string") return [];
    const file = files.find(({ file_url }) => file_url === audio_url);
    if (file === undefined) return [];
    return [
      {
        taskId,
        audioId: audio_id,
        title: typeof title === "string" ? title : "",
        url: audio_url,
        peaksUrl: file.peaks_url,
        seconds: file.duration_s,
      },
    ];
  });
}
