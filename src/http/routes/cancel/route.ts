import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { cancelData } from "../../../wire/cancel.ts";
import { successBody } from "../../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";

/**
 * `POST /api/generate/cancel/:task_id`: ends a task as `failed` with `error_code` `canceled`. The
 * end is durable when the answer leaves. It may be repeated; a task with another end answers 409.
 */
export function addCancel(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  app.post<{ Params: { task_id: string } }>(
    "/api/generate/cancel/:task_id",
    { onRequest: guard },
    async (request, reply) => {
      const taskId = request.params.task_id;
      const { projectId } = callerOf(request);
      const task = isTaskId(taskId) ? await services.cancel(projectId, taskId) : null;
      if (task === null) throw taskNotFound();
      if (task.errorCode !== "canceled")
        throw new GatewayError("conflict", "Task has already ended");
      return reply.type(JSON_TYPE).send(JSON.stringify(successBody(cancelData(task))));
    },
  );
}
