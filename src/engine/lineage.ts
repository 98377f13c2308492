import type { Task } from "../core/task.ts";
import type { Source } from "../providers/provider.ts";
import type { EngineContext } from "./context.ts";

/**
 * Finds the earlier creations that a task's input names: by `audio_id`, by `persona_id`, or all
 * songs of the task in `task_id`. Unknown ones are left out; the provider says what it misses.
 */
export async function findSources(
  { store, wayOut, clock }: EngineContext,
  task: Task,
): Promise<readonly Source[]> {
  const ids = await namedIds(store, task);
  const rows = await store.tasks.creations(task.projectId, ids);
  const nowMs = clock.nowMs();
  const sources: Source[] = [];
  for (const { id, taskId, provider, account, ref, fileRow } of rows) {
    const alive = fileRow !== null && fileRow.expiresAtMs > nowMs;
    const path = alive ? await wayOut.localPath(fileRow.storageKey) : null;
    sources.push({ id, taskId, provider, account, ref, path });
  }
  return sources;
}

async function namedIds(store: EngineContext["store"], task: Task): Promise<readonly string[]> {
  const { audio_id: audioId, persona_id: personaId, task_id: taskId } = task.input;
  const ids = [audioId, personaId].filter((id) => typeof id === "string");
  if (typeof audioId === "string" || typeof taskId !== "string") return ids;
  const earlier = await store.tasks.find(task.projectId, taskId);
  const outputs = earlier?.task.outputs ?? [];
  const songs = outputs.flatMap((output) => (output.kind === "track" ? [output.audioId] : []));
  return [...ids, ...songs];
}
