import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { LedgerQuery, UsageDimension, UsageQuery } from "../../../store/view-store.ts";
import { csvText } from "../../../wire/csv.ts";
import { successBody } from "../../../wire/envelope.ts";
import { ledgerData } from "../../../wire/task-dossier.ts";
import { wireTime } from "../../../wire/time.ts";
import { everyDay, USAGE_COLUMNS, usageCells, usageData } from "../../../wire/usage.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { readCursor, readLimit, writeCursor } from "../../cursor.ts";
import { JSON_TYPE } from "../../headers.ts";
import { readMoment } from "../../moment.ts";
import { readQuery, readWord } from "../../query.ts";
import type { HttpServices } from "../../services.ts";
import { readFilter } from "../../task-query.ts";

const DAY_MS = 86_400_000;
const DAYS_MAX = 400;
const DIMENSIONS: readonly UsageDimension[] = ["day", "model", "key", "provider"];
const KINDS = ["grant", "hold", "settle", "release"] as const;

/**
 * `GET /api/usage`: sums over the tasks that ended, by day, model, key and provider, and
 * `GET /api/ledger`: every movement of credits. Both as JSON or as CSV.
 */
export function addUsage(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { views } = services.store;
  app.get("/api/usage", { onRequest: guard }, async (request, reply) => {
    const { format, query } = readUsage(request, services);
    const rows = await views.usage(query);
    const first = Math.floor(query.endedFromMs / DAY_MS);
    const last = Math.floor((query.endedToMs - 1) / DAY_MS);
    const isLine = query.by.length === 1 && query.by[0] === "day";
    const shown = isLine ? everyDay(rows, { first, last }) : rows;
    if (format === "csv") {
      return sendTable(reply, "usage", csvText(USAGE_COLUMNS, shown.map(usageCells)));
    }
    const [total] = await views.usage({ ...query, by: [] });
    const data = {
      from: wireTime(query.endedFromMs),
      to: wireTime(query.endedToMs),
      by: query.by,
      rows: shown.map(usageData),
      total: total === undefined ? null : usageData(total),
    };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
  app.get("/api/ledger", { onRequest: guard }, async (request, reply) => {
    const { format, query } = readLedger(request);
    const entries = await views.ledger(query);
    const items = entries.map(ledgerData);
    if (format === "csv") {
      const head = ["created_time", "kind", "credits", "change", "task_id", "note", "ledger_id"];
      const cells = items.map((item) => head.map((name) => String(item[name] ?? "")));
      return sendTable(reply, "ledger", csvText(head, cells));
    }
    const last = entries.at(-1);
    const cursor = entries.length < query.limit || last === undefined ? null : writeCursor(last);
    const data = { entries: items, cursor };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}

function sendTable(reply: FastifyReply, name: string, text: string): FastifyReply {
  reply.header("content-disposition", `attachment; filename="${name}.csv"`);
  return reply.type("text/csv; charset=utf-8").send(text);
}

type Format = "json" | "csv";

function readFormat(text: string | undefined): Format {
  return text === undefined ? "json" : readWord("format", text, ["json", "csv"]);
}

function readUsage(
  request: FastifyRequest,
  { catalogue, clock }: HttpServices,
): { readonly format: Format; readonly query: UsageQuery } {
  const narrow = ["model", "key", "provider", "kind", "mode"] as const;
  const query = readQuery(request, ["from", "to", "by", "format", ...narrow]);
  const { from, to, by, format, ...filter } = query;
  const endedToMs = to === undefined ? clock.nowMs() + 1 : readMoment("to", to);
  const endedFromMs =
    from === undefined ? dayStart(endedToMs) - 29 * DAY_MS : readMoment("from", from);
  if (endedToMs <= endedFromMs || endedToMs - endedFromMs > DAYS_MAX * DAY_MS) {
    throw new GatewayError(
      "invalid_request",
      `from and to must be up to ${DAYS_MAX} days apart, from first`,
    );
  }
  return {
    format: readFormat(format),
    query: {
      ...readFilter(request, filter, catalogue),
      ...{ endedFromMs, endedToMs, by: readDimensions(by) },
    },
  };
}

function dayStart(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS;
}

function readDimensions(text = "day"): readonly UsageDimension[] {
  const words = text.split(",").map((word) => readWord("by", word.trim(), DIMENSIONS));
  return [...new Set(words)];
}

function readLedger(request: FastifyRequest): {
  readonly format: Format;
  readonly query: LedgerQuery;
} {
  const query = readQuery(request, ["limit", "cursor", "kind", "from", "format"]);
  const { limit, cursor, kind, from, format } = query;
  const before = readCursor(cursor);
  return {
    format: readFormat(format),
    query: {
      projectId: callerOf(request).projectId,
      limit: readLimit(limit, { usual: 50, max: 1_000 }),
      ...(before === null ? {} : { before }),
      ...(kind === undefined ? {} : { kind: readWord("kind", kind, KINDS) }),
      ...(from === undefined ? {} : { fromMs: readMoment("from", from) }),
    },
  };
}
