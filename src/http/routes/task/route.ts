import type { FastifyInstance } from "fastify";
import { successBody } from "../../../wire/envelope.ts";
import { dossierData } from "../../../wire/task-dossier.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";
import { taskView } from "../../task-view.ts";

/** `GET /api/tasks/:task_id`: a task with input, attempts, files, callbacks and ledger. */
export function addTask(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  app.get<{ Params: { task_id: string } }>(
    "/api/tasks/:task_id",
    { onRequest: guard },
    async (request, reply) => {
      const { task_id: taskId } = request.params;
      const { projectId } = callerOf(request);
      const dossier = isTaskId(taskId)
        ? await services.store.views.dossier(projectId, taskId)
        : null;
      if (dossier === null) throw taskNotFound();
      const data = dossierData(dossier, taskView(request, services, dossier.task.model));
      return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
    },
  );
}
