import type { FastifyInstance } from "fastify";
import { successBody } from "../../../wire/envelope.ts";
import { wireTime } from "../../../wire/time.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { readCursor, readLimit, writeCursor } from "../../cursor.ts";
import { JSON_TYPE } from "../../headers.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices } from "../../services.ts";

/** `GET /api/audit`: who did what with keys, secrets and credits, newest first. */
export function addAudit(app: FastifyInstance, { store }: HttpServices, guard: Authenticate): void {
  app.get("/api/audit", { onRequest: guard }, async (request, reply) => {
    const query = readQuery(request, ["limit", "cursor"]);
    const limit = readLimit(query.limit, { usual: 50, max: 200 });
    const before = readCursor(query.cursor);
    const { projectId } = callerOf(request);
    const paging = before === null ? {} : { before };
    const entries = await store.audit.list({ projectId, limit, ...paging });
    const last = entries.at(-1);
    const data = {
      entries: entries.map((entry) => ({
        id: entry.id,
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        created_time: wireTime(entry.createdAtMs),
      })),
      cursor: entries.length < limit || last === undefined ? null : writeCursor(last),
    };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}
