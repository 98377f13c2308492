import { sessionHeaders } from "../lib/api.ts";

const EVERY_MS = 2_000;

/**
 * Asks for the newest task of the project while somebody looks, as the stream of events only tells
 * of ends. Nobody is asked for a password for it: the next thing that somebody does finds out that
 * the session has ended.
 * @param onNew Is called when a task was accepted.
 * @returns What ends it.
 */
export function watchNewest(onNew: () => void): () => void {
  const stop = new AbortController();
  let seen: string | null = null;
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking || document.visibilityState === "hidden") return;
    asking = true;
    const newest = await readNewest(stop.signal);
    asking = false;
    if (newest === null || stop.signal.aborted) return;
    if (seen !== null && seen !== newest) onNew();
    seen = newest;
  };
  void look();
  const timer = setInterval(() => void look(), EVERY_MS);
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}

/** The id of the newest task; empty when there is none, `null` when it could not be asked. */
async function readNewest(signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch("/api/tasks?limit=1", { headers: sessionHeaders(), signal });
    if (!response.ok) return null;
    const answer: { data: { tasks: readonly { task_id: string }[] } } = await response.json();
    return answer.data.tasks[0]?.task_id ?? "";
  } catch {
    // The next look asks again; that the gateway is gone shows by the stream.
    return null;
  }
}
