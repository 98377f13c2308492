import type { TaskFile } from "../../lib/tasks.ts";

/** The pictures that a task made and that live; none where it made sounds or films. */
export function shownPictures(task: { readonly files: readonly TaskFile[] }): readonly TaskFile[] {
  const others = task.files.some(({ media_type: type }) => !type.startsWith("image/"));
  // Beside a track a picture is its cover.
  return others ? [] : task.files.filter(({ gone, file_url }) => !gone && file_url !== null);
}
