import type { TaskDetail } from "../../lib/tasks.ts";

/** A file that can be fetched, under the name that it gets on the disk. */
export interface NamedFile {
  readonly name: string;
  readonly url: string;
  readonly sizeBytes: number;
}

const WORDS_LENGTH_MAX = 48;

/** The files of tasks that are still there, each under a name of its own. Pure. */
export function namedFiles(tasks: readonly TaskDetail[]): readonly NamedFile[] {
  return tasks.flatMap(({ task_id, prompt, model, files }) => {
    const stem = `${plainWords(prompt) || plainWords(model)}-${task_id.slice(-6)}`;
    return files.flatMap(({ file_url: url, position, size_bytes: sizeBytes }) => {
      if (url === null) return [];
      const place = files.length > 1 ? `-${position + 1}` : "";
      return [{ name: `${stem}${place}${endingOf(url)}`, url, sizeBytes }];
    });
  });
}

/** Letters and digits of any script; all else would trouble some disk. */
function plainWords(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words.join("-")].slice(0, WORDS_LENGTH_MAX).join("").replace(/-$/, "");
}

function endingOf(url: string): string {
  return /\.[a-z0-9]{2,5}(?=\?|$)/i.exec(url)?.[0] ?? "";
}
