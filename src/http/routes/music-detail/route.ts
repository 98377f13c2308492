import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { successBody } from "../../../wire/envelope.ts";
import { musicDetailData } from "../../../wire/music-detail.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";

/** `GET /api/generate/detail/music?task_id=`: a task with the items of its music model. */
export function addMusicDetail(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  app.get<{ Querystring: { task_id?: string | string[] } }>(
    "/api/generate/detail/music",
    { onRequest: guard },
    async (request, reply) => {
      const taskId = request.query.task_id;
      if (typeof taskId !== "string" || taskId === "") {
        const fault = Array.isArray(taskId) ? "is given more than once" : "is required";
        throw new GatewayError("invalid_request", `task_id ${fault}`);
      }
      if (!isTaskId(taskId)) throw taskNotFound();
      const view = await services.store.tasks.find(callerOf(request).projectId, taskId);
      if (view === null) throw taskNotFound();
      const body = successBody(musicDetailData(view, services.links.url));
      return reply.type(JSON_TYPE).send(JSON.stringify(body));
    },
  );
}
