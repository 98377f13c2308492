import type { UsageRow } from "../../core/usage.ts";
import { integer, integerOrNull, text, textOrNull } from "../rows.ts";
import { all, type Dialect, idSet, type Row, type Transaction } from "../transaction.ts";
import type { LedgerEntry, LedgerQuery, UsageDimension, UsageQuery } from "../view-store.ts";
import { toLedgerEntry } from "./dossier.ts";
import { conditionsOf } from "./task-filter.ts";

/** Sums over the tasks that ended within a span of time, by the dimensions that are asked for. */
export function* sumUsage(dialect: Dialect, query: UsageQuery): Transaction<readonly UsageRow[]> {
  const { by, providers, ...filter } = query;
  const { sql, values } = conditionsOf(dialect, filter);
  const next = values.length;
  const columns = by.map((dimension) => `${COLUMNS[dimension]} AS by_${dimension}`);
  const names = by.map((dimension) => `by_${dimension}`);
  const inProviders =
    providers === undefined
      ? ""
      : `AND attempt.provider IN (SELECT key FROM json_each($${next + 3}))`;
  // Without the provider all stands in the index of ended tasks.
  const attempts =
    by.includes("provider") || providers !== undefined
      ? "LEFT JOIN attempt ON attempt.id = task.attempt_id"
      : "";
  const ended = `WITH ended AS (
      SELECT ${[...columns, ...TASK].join(", ")}
        FROM task ${attempts}
        WHERE ${sql} AND task.finished_at >= $${next + 1} AND task.finished_at < $${next + 2}
          ${inProviders})`;
  const places = [
    ...values,
    query.endedFromMs,
    query.endedToMs,
    ...(providers === undefined ? [] : [idSet(providers)]),
  ];
  const group = names.length === 0 ? "" : `GROUP BY ${names.join(", ")}`;
  const sums = yield* all(
    `${ended} SELECT ${[...names, ...SUMS].join(", ")} FROM ended ${group}`,
    ...places,
  );
  const part = names.length === 0 ? "" : `PARTITION BY ${names.join(", ")}`;
  const ranks = yield* all(
    `${ended}, ranked AS (
      SELECT ${[...names, "took"].join(", ")},
          cume_dist() OVER (${part} ORDER BY took) AS share
        FROM ended WHERE stage = 'finished')
      SELECT ${[...names, ...PERCENTILES].join(", ")} FROM ranked ${group}`,
    ...places,
  );
  const known = yield* keyNames(query);
  return merge({ by, sums, ranks, known });
}

/** A page of a project's movements of credits, newest first. */
export function* listLedger(_: Dialect, query: LedgerQuery): Transaction<readonly LedgerEntry[]> {
  const rows = yield* all(
    `SELECT * FROM ledger WHERE project_id = $1 AND created_at <= $2
        AND (created_at, id) < ($2, $3) AND created_at >= $4 AND $5 IN ('', kind)
      ORDER BY created_at DESC, id DESC LIMIT $6`,
    query.projectId,
    query.before?.createdAtMs ?? Number.MAX_SAFE_INTEGER,
    query.before?.id ?? "",
    query.fromMs ?? 0,
    query.kind ?? "",
    query.limit,
  );
  return rows.map(toLedgerEntry);
}

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  day: "task.finished_at / 86400000",
  model: "task.model",
  key: "coalesce(task.key_id, '')",
  provider: "coalesce(attempt.provider, '')",
};

const TASK = [
  ...["task.stage", "task.error_code", "task.charged"],
  "task.finished_at - task.created_at AS took",
];

const SUMS = [
  "count(*) AS tasks",
  "coalesce(CAST(sum(CASE WHEN stage = 'finished' THEN 1 ELSE 0 END) AS BIGINT), 0) AS finished",
  `coalesce(CAST(sum(CASE WHEN error_code = 'canceled' THEN 1 ELSE 0 END) AS BIGINT), 0)
    AS canceled`,
  "coalesce(CAST(sum(charged) AS BIGINT), 0) AS credits",
];

const PERCENTILES = [
  "min(CASE WHEN share >= 0.5 THEN took END) AS p50",
  "min(CASE WHEN share >= 0.95 THEN took END) AS p95",
];

function* keyNames({ by, projectId }: UsageQuery): Transaction<ReadonlyMap<string, string>> {
  if (!by.includes("key")) return new Map();
  const rows = yield* all(`SELECT id, name FROM api_key WHERE project_id = $1`, projectId);
  return new Map(rows.map((row) => [text(row, "id"), text(row, "name")]));
}

interface Merging {
  readonly by: readonly UsageDimension[];
  readonly sums: readonly Row[];
  readonly ranks: readonly Row[];
  readonly known: ReadonlyMap<string, string>;
}

function merge({ by, sums, ranks, known }: Merging): readonly UsageRow[] {
  const placeOf = (row: Row): string => by.map((name) => `${row[`by_${name}`]}`).join("\n");
  const ranked = new Map(ranks.map((row) => [placeOf(row), row]));
  const named = (row: Row, name: UsageDimension): string | null =>
    by.includes(name) ? textOrNull(row, `by_${name}`) : null;
  return sums.map((row) => {
    const rank = ranked.get(placeOf(row));
    const keyId = named(row, "key");
    const finished = integer(row, "finished");
    const canceled = integer(row, "canceled");
    return {
      day: by.includes("day") ? integer(row, "by_day") : null,
      model: named(row, "model"),
      keyId,
      keyName: keyId === null ? null : (known.get(keyId) ?? null),
      provider: named(row, "provider"),
      tasks: integer(row, "tasks"),
      finished,
      canceled,
      failed: integer(row, "tasks") - finished - canceled,
      credits: integer(row, "credits"),
      p50Ms: rank === undefined ? null : integerOrNull(rank, "p50"),
      p95Ms: rank === undefined ? null : integerOrNull(rank, "p95"),
    };
  });
}
