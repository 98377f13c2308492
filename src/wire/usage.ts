import { exactCredits } from "../core/money.ts";
import type { UsageRow } from "../core/usage.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Cell } from "./csv.ts";

const DAY_MS = 86_400_000;

/** Writes a row of the series. */
export function usageData(row: UsageRow): JsonObject {
  const ended = row.finished + row.failed;
  return {
    day: row.day === null ? null : dayText(row.day),
    model: row.model,
    key_id: row.keyId,
    key_name: row.keyName,
    provider: row.provider,
    tasks: row.tasks,
    finished: row.finished,
    failed: row.failed,
    canceled: row.canceled,
    failure_rate: ended === 0 ? null : Math.round((row.failed / ended) * 10_000) / 10_000,
    credits: exactCredits(row.credits),
    p50_ms: row.p50Ms,
    p95_ms: row.p95Ms,
  };
}

/** The columns of the table, in the order of {@link usageCells}. */
export const USAGE_COLUMNS: readonly string[] = [
  ...["day", "model", "key_id", "key_name", "provider", "tasks", "finished", "failed"],
  ...["canceled", "credits", "p50_ms", "p95_ms"],
];

/** Writes a row of the table. */
export function usageCells(row: UsageRow): readonly Cell[] {
  return [
    ...[row.day === null ? null : dayText(row.day), row.model, row.keyId, row.keyName],
    ...[row.provider, row.tasks, row.finished, row.failed, row.canceled],
    ...[exactCredits(row.credits), row.p50Ms, row.p95Ms],
  ];
}

/** Adds the days on which nothing ended, so that a line has a point for each. */
export function everyDay<Row extends UsageRow>(
  rows: readonly Row[],
  days: { readonly first: number; readonly last: number },
): readonly UsageRow[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: days.last - days.first + 1 }, (_, index): UsageRow => {
    const day = days.first + index;
    return known.get(day) ?? { ...NOTHING, day };
  });
}

const NOTHING: UsageRow = {
  ...{ day: null, model: null, keyId: null, keyName: null, provider: null },
  ...{ tasks: 0, finished: 0, failed: 0, canceled: 0, credits: 0, p50Ms: null, p95Ms: null },
};

function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
