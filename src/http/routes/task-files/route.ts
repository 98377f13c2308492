import type { FastifyInstance, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { isJsonObject } from "../../../lib/json.ts";
import type { KeptFiles } from "../../../store/view-store.ts";
import { successBody } from "../../../wire/envelope.ts";
import { wireTime } from "../../../wire/time.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";
import { actorOf } from "../deliveries/route.ts";

interface TaskParams {
  readonly Params: { readonly task_id: string };
}

const DAY_MS = 86_400_000;

/**
 * `POST /api/tasks/:task_id/keep`, `/files/delete` and `/star`: lets the files of a task live
 * longer, ends them now, marks a task for finding it again.
 */
export function addTaskFiles(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store, clock, settings } = services;
  app.post<TaskParams>("/api/tasks/:task_id/keep", { onRequest: guard }, async (request, reply) => {
    const days = readDays(request.body, settings.keepMaxMs / DAY_MS);
    const taskId = taskIdOf(request);
    const kept = await store.files.keep({
      projectId: callerOf(request).projectId,
      taskId,
      nowMs: clock.nowMs(),
      untilMs: clock.nowMs() + days * DAY_MS,
      lifeMaxMs: settings.keepMaxMs,
    });
    const data = { task_id: taskId, ...keptData(kept) };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
  app.post<TaskParams>(
    "/api/tasks/:task_id/files/delete",
    { onRequest: guard },
    async (request, reply) => {
      const taskId = taskIdOf(request);
      const ended = await store.files.end({ ...actorOf(request, services), taskId });
      if (ended === null) throw taskNotFound();
      // The links are dead already; what a crash leaves here, the pruner removes.
      for (const { storageKey } of ended) await services.files.remove(storageKey);
      const ids = ended.map(({ id }) => id);
      await services.previews.forget(ids);
      if (ids.length > 0) await store.files.markDeleted(ids, clock.nowMs());
      const data = { task_id: taskId, deleted: ended.length };
      return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
    },
  );
  app.post<TaskParams>("/api/tasks/:task_id/star", { onRequest: guard }, async (request, reply) => {
    const starred = readStarred(request.body);
    const taskId = taskIdOf(request);
    const { projectId } = callerOf(request);
    const starredAtMs = starred ? clock.nowMs() : null;
    if (!(await store.views.star({ projectId, taskId, starredAtMs }))) throw taskNotFound();
    const data = { task_id: taskId, starred };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}

function taskIdOf(request: FastifyRequest<TaskParams>): string {
  const { task_id: taskId } = request.params;
  if (isTaskId(taskId)) return taskId;
  throw taskNotFound();
}

function readDays(body: unknown, daysMax: number): number {
  if (daysMax === 0) {
    throw new GatewayError("permission_denied", "Keeping files for longer is switched off here");
  }
  const { days, ...rest } = isJsonObject(body) ? body : {};
  const isWhole = typeof days === "number" && Number.isInteger(days) && days >= 1;
  if (isWhole && days <= daysMax && Object.keys(rest).length === 0) return days;
  throw new GatewayError(
    "invalid_request",
    `days must be a whole number from 1 to ${daysMax}, and nothing else`,
  );
}

function readStarred(body: unknown): boolean {
  const { starred, ...rest } = isJsonObject(body) ? body : {};
  if (typeof starred === "boolean" && Object.keys(rest).length === 0) return starred;
  throw new GatewayError("invalid_request", "starred must be true or false, and nothing else");
}

function keptData(kept: KeptFiles): { readonly files: number; readonly expires_time: string } {
  if (kept.kind === "kept") {
    return { files: kept.files, expires_time: wireTime(kept.expiresAtMs) };
  }
  if (kept.kind === "absent") throw taskNotFound();
  if (kept.wasFinished) throw new GatewayError("gone", "Files of the task are gone");
  throw new GatewayError("conflict", "Task has no files; those of a finished one can be kept");
}
