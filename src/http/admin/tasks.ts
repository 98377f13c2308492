import type { FastifyInstance } from "fastify";
import type { DeliveryTry } from "../../core/delivery.ts";
import { GatewayError } from "../../core/error.ts";
import { type Attempt, statusOf, type Task } from "../../core/task.ts";
import type { JsonObject } from "../../lib/json.ts";
import { successBody } from "../../wire/envelope.ts";
import { wireTime } from "../../wire/time.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import type { HttpServices } from "../services.ts";

const LIMIT_MAX = 500;

/** `/admin/tasks`: tasks with what customers do not see, attempts and deliveries. */
export function addAdminTasks(
  app: FastifyInstance,
  { store }: HttpServices,
  guard: Authenticate,
): void {
  app.get<{ Querystring: { limit?: string } }>(
    "/admin/tasks",
    { onRequest: guard },
    async (request) => {
      const limit = readLimit(request.query.limit);
      const tasks = await store.tasks.list({ projectId: callerOf(request).projectId, limit });
      return successBody({ tasks: tasks.map(taskItem) });
    },
  );
  app.get<{ Params: { id: string } }>("/admin/tasks/:id", { onRequest: guard }, async (request) => {
    const { projectId } = callerOf(request);
    const { id } = request.params;
    const view = await store.tasks.find(projectId, id);
    if (view === null) throw new GatewayError("not_found", "Task not found");
    const attempts = await store.tasks.attempts(projectId, id);
    const tries = await store.deliveries.tries(projectId, id);
    return successBody({
      ...taskItem(view.task),
      input: view.task.input,
      callback_url: view.task.callbackUrl,
      attempts: attempts.map(attemptItem),
      callbacks: tries.map(tryItem),
      files: view.files.map(({ id: fileId, mediaType, sizeBytes, sha256 }) => ({
        file_id: fileId,
        media_type: mediaType,
        size_bytes: sizeBytes,
        sha256,
      })),
    });
  });
}

function readLimit(text: string | undefined): number {
  const limit = Number(text ?? "50");
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new GatewayError("invalid_request", `limit must be a whole number from 1 to ${LIMIT_MAX}`);
}

function taskItem(task: Task): JsonObject {
  return {
    task_id: task.id,
    status: statusOf(task),
    stage: task.stage,
    model: task.model,
    mode: task.mode,
    provider: task.routes[task.routeIndex]?.provider ?? null,
    progress: task.progress,
    error_code: task.errorCode,
    error_message: task.errorMessage,
    created_time: wireTime(task.createdAtMs),
    finished_time: task.finishedAtMs === null ? null : wireTime(task.finishedAtMs),
  };
}

function attemptItem(attempt: Attempt): JsonObject {
  return {
    attempt_id: attempt.id,
    number: attempt.number,
    provider: attempt.provider,
    account: attempt.account,
    state: attempt.state,
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    intent_time: wireTime(attempt.intentAtMs),
    ended_time: attempt.endedAtMs === null ? null : wireTime(attempt.endedAtMs),
  };
}

function tryItem(made: DeliveryTry): JsonObject {
  return {
    number: made.number,
    started_time: wireTime(made.startedAtMs),
    duration_ms: made.durationMs,
    status: made.status,
    error: made.errorClass,
  };
}
