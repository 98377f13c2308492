import { GatewayError } from "../core/error.ts";
import type { Task } from "../core/task.ts";
import type { Source } from "../providers/provider.ts";
import type { CreationRow } from "../store/store.ts";
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

/** What a submit builds on. */
export interface Lineage {
  /** The creations that its input names; empty when it names none. */
  readonly parents: readonly CreationRow[];
  /** What makes the operation the same one: the audio, else the task. */
  readonly sourceId: string | null;
}

const NOT_FOUND = "Task or audio not found";

/**
 * Checks that everything the input names exists in the project and is ready to be built on.
 * @throws {GatewayError} 404 unknown, 400 not finished.
 */
export async function checkLineage(
  { store }: EngineContext,
  { projectId, input }: Pick<Task, "projectId" | "input">,
): Promise<Lineage> {
  const { audio_id: audioId, persona_id: personaId, task_id: taskId } = input;
  if (typeof taskId === "string") await checkParentTask(store, { projectId, taskId });
  const ids = await namedIds(store, { projectId, input });
  if (ids.length === 0 && typeof taskId !== "string") return { parents: [], sourceId: null };
  const parents = await store.tasks.creations(projectId, ids);
  const known = new Set(parents.map(({ id }) => id));
  const missesAudio = typeof audioId === "string" && !known.has(audioId);
  const isElsewhere = parents.some(
    (parent) => typeof taskId === "string" && parent.id === audioId && parent.taskId !== taskId,
  );
  if (missesAudio || isElsewhere) throw new GatewayError("not_found", NOT_FOUND);
  if (typeof personaId === "string" && !known.has(personaId)) {
    throw new GatewayError("not_found", "persona_id is unknown; generate-persona makes them");
  }
  if (typeof taskId === "string" && parents.length === 0) {
    throw new GatewayError("invalid_request", "task_id names a task without songs");
  }
  const sourceId = [audioId, taskId].find((id) => typeof id === "string");
  return { parents, sourceId: typeof sourceId === "string" ? sourceId : null };
}

async function checkParentTask(
  store: EngineContext["store"],
  { projectId, taskId }: { readonly projectId: string; readonly taskId: string },
): Promise<void> {
  const view = await store.tasks.find(projectId, taskId);
  if (view === null) throw new GatewayError("not_found", NOT_FOUND);
  const { stage } = view.task;
  if (stage === "finished") return;
  const state = stage === "failed" ? "has failed" : "is not finished yet";
  throw new GatewayError("invalid_request", `task_id names a task that ${state}`);
}

async function namedIds(
  store: EngineContext["store"],
  task: Pick<Task, "projectId" | "input">,
): Promise<readonly string[]> {
  const { audio_id: audioId, persona_id: personaId, task_id: taskId } = task.input;
  const ids = [audioId, personaId].filter((id) => typeof id === "string");
  if (typeof audioId === "string" || typeof taskId !== "string") return ids;
  const earlier = await store.tasks.find(task.projectId, taskId);
  const outputs = earlier?.task.outputs ?? [];
  const songs = outputs.flatMap((output) => (output.kind === "track" ? [output.audioId] : []));
  return [...ids, ...songs];
}
