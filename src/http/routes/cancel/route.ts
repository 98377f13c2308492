import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { Task } from "../../../core/task.ts";
import { cancelData } from "../../../wire/cancel.ts";
import { successBody } from "../../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";

/**
 * `POST /api/generate/cancel/:task_id`: notes the wish to cancel. The wish is durable when the
 * answer leaves; the task ends as `failed` with `error_code` `canceled` once it was carried out.
 */
export function addCancel(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  app.post<{ Params: { task_id: string } }>(
    "/api/generate/cancel/:task_id",
    { onRequest: guard },
    async (request, reply) => {
      const taskId = request.params.task_id;
      const { projectId } = callerOf(request);
      const task = isTaskId(taskId) ? await cancel(projectId, taskId, services) : null;
      if (task === null) throw taskNotFound();
      return reply.type(JSON_TYPE).send(JSON.stringify(successBody(cancelData(task))));
    },
  );
}

async function cancel(
  projectId: string,
  taskId: string,
  services: HttpServices,
): Promise<Task | null> {
  const { tasks } = services.store;
  const wish = await tasks.requestCancel(projectId, taskId, services.clock.nowMs());
  if (wish === "ended") throw new GatewayError("conflict", "Task has already ended");
  return (await tasks.find(projectId, taskId))?.task ?? null;
}
