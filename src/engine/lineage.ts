import { GatewayError } from "../core/error.ts";
import type { Mode } from "../core/key.ts";
import type { Task } from "../core/task.ts";
import type { Model } from "../models/model.ts";
import type { Source } from "../providers/provider.ts";
import { BUILT_IN } from "../providers/registry.ts";
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

/** A checked input, and the model that it is for. */
export interface LineageWish extends Pick<Task, "projectId" | "input"> {
  readonly model: Model;
}

/**
 * Checks that everything the input names exists in the project and is ready to be built on.
 * @throws {GatewayError} 404 unknown, 400 not finished or of a model that it does not build on.
 */
export async function checkLineage(
  { store }: EngineContext,
  { model, projectId, input }: LineageWish,
): Promise<Lineage> {
  const { audio_id: audioId, persona_id: personaId, task_id: taskId } = input;
  const named = typeof taskId === "string" ? await findParent(store, { projectId, taskId }) : null;
  const ids = await namedIds(store, { projectId, input });
  if (ids.length === 0 && named === null) return { parents: [], sourceId: null };
  const parents = await store.tasks.creations(projectId, ids);
  if (typeof audioId === "string") {
    const track = parents.find(({ id, kind }) => id === audioId && kind === "audio");
    const isElsewhere = named !== null && track?.taskId !== named.id;
    if (track === undefined || isElsewhere) throw new GatewayError("not_found", NOT_FOUND);
  }
  if (typeof personaId === "string") {
    const isKnown = parents.some(({ id, kind }) => id === personaId && kind === "persona");
    if (!isKnown) throw new GatewayError("not_found", UNKNOWN_PERSONA);
  }
  if (named !== null) checkParent(named, parents, model);
  const sourceId = [audioId, taskId].find((id) => typeof id === "string");
  return { parents, sourceId: typeof sourceId === "string" ? sourceId : null };
}

const UNKNOWN_PERSONA = "persona_id is unknown; generate-persona makes them";

/**
 * A test never reaches who made a live song, and one maker knows nothing of another's.
 * @throws {GatewayError} `invalid_request`
 */
export function checkMakers({ parents }: Lineage, mode: Mode): void {
  if (mode === "test" && parents.some(({ provider }) => provider !== BUILT_IN)) {
    throw new GatewayError(
      "invalid_request",
      "a test key builds on what the offline engine made only, and the input names what a " +
        "provider made for a live task; use a live key, or a song of a test",
    );
  }
  const [first] = parents;
  const other = parents.find(
    ({ provider, account }) => provider !== first?.provider || account !== first.account,
  );
  if (other === undefined) return;
  throw new GatewayError(
    "invalid_request",
    "persona_id names what another provider or account made than the song; use one of its own",
  );
}

async function findParent(
  store: EngineContext["store"],
  { projectId, taskId }: { readonly projectId: string; readonly taskId: string },
): Promise<Task> {
  const view = await store.tasks.find(projectId, taskId);
  if (view === null) throw new GatewayError("not_found", NOT_FOUND);
  const { stage } = view.task;
  if (stage === "finished") return view.task;
  const state = stage === "failed" ? "has failed" : "is not finished yet";
  throw new GatewayError("invalid_request", `task_id names a task that ${state}`);
}

function checkParent(named: Task, parents: Lineage["parents"], { id, buildsOn }: Model): void {
  if (parents.length === 0) {
    throw new GatewayError("invalid_request", "task_id names a task without songs");
  }
  if (buildsOn === undefined || buildsOn.includes(named.model)) return;
  throw new GatewayError(
    "invalid_request",
    `task_id must name a task of ${buildsOn.join(", ")} for ${id} (got one of ${named.model})`,
  );
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
