import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { taskDetail, taskItem } from "../../wire/admin.ts";
import { successBody } from "../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import type { HttpServices, Named } from "../services.ts";

const LIMIT_MAX = 500;

/** `/admin/tasks`: tasks with what customers do not see, attempts and deliveries. */
export function addAdminTasks(
  app: FastifyInstance,
  { store, links }: HttpServices,
  guard: Authenticate,
): void {
  app.get<{ Querystring: { limit?: string | string[] } }>(
    "/admin/tasks",
    { onRequest: guard },
    async (request) => {
      const limit = readLimit(request.query.limit);
      const tasks = await store.tasks.list({ projectId: callerOf(request).projectId, limit });
      return successBody({ tasks: tasks.map(taskItem) });
    },
  );
  app.get<Named>("/admin/tasks/:id", { onRequest: guard }, async (request) => {
    const { projectId } = callerOf(request);
    const { id } = request.params;
    const view = await store.tasks.find(projectId, id);
    if (view === null) {
      throw new GatewayError("not_found", "No task has this id; list them to see their ids");
    }
    const attempts = await store.tasks.attempts(projectId, id);
    const tries = await store.deliveries.tries(projectId, id);
    return successBody(taskDetail({ ...view, attempts, tries }, links.url));
  });
}

function readLimit(given: string | string[] = "50"): number {
  const limit = typeof given === "string" && /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new GatewayError("invalid_request", `limit must be a whole number from 1 to ${LIMIT_MAX}`);
}
