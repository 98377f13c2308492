import type { FastifyInstance } from "fastify";
import { statusOf, type TaskStage, type TaskStatus } from "../../../core/task.ts";
import { successBody } from "../../../wire/envelope.ts";
import { taskItem } from "../../../wire/task-item.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { readCursor, readLimit, writeCursor } from "../../cursor.ts";
import { JSON_TYPE } from "../../headers.ts";
import { readQuery, readWord } from "../../query.ts";
import type { HttpServices } from "../../services.ts";

const OPEN: readonly TaskStage[] = ["queued", "submitting", "unknown", "polling", "collecting"];
const STAGES: Readonly<Record<TaskStatus, readonly TaskStage[]>> = {
  not_started: OPEN,
  running: OPEN,
  finished: ["finished"],
  failed: ["failed"],
};
const STATUSES = ["not_started", "running", "finished", "failed"] as const;

/** `GET /api/tasks`: the tasks of the project, newest first, a page at a time. */
export function addTasks(app: FastifyInstance, { store }: HttpServices, guard: Authenticate): void {
  app.get("/api/tasks", { onRequest: guard }, async (request, reply) => {
    const query = readQuery(request, ["limit", "cursor", "status"]);
    const limit = readLimit(query.limit, { usual: 20, max: 100 });
    const before = readCursor(query.cursor);
    const status = query.status === undefined ? null : readWord("status", query.status, STATUSES);
    const rows = await store.tasks.list({
      projectId: callerOf(request).projectId,
      limit,
      ...(before === null ? {} : { before }),
      ...(status === null ? {} : { stages: STAGES[status] }),
    });
    const last = rows.at(-1);
    // Whether an open task has begun is no stage: a page may then hold fewer than asked for.
    const shown = rows.filter((task) => status === null || statusOf(task) === status);
    const data = {
      tasks: shown.map(taskItem),
      cursor: rows.length < limit || last === undefined ? null : writeCursor(last),
    };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}
