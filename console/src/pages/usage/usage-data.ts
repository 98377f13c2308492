import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Series } from "../../components/chart.tsx";
import { api } from "../../lib/api.ts";
import { keyTitle, sinceOf } from "../../lib/tasks.ts";
import { usage as words } from "../../strings/en/usage.ts";

/** By what usage is broken down beside the day; an empty word is nothing. */
export type Group = "" | "model" | "key" | "provider";

/** Sums of the tasks that ended. */
export interface UsageRow {
  readonly day: string | null;
  readonly model: string | null;
  readonly key_id: string | null;
  readonly key_name: string | null;
  readonly provider: string | null;
  readonly tasks: number;
  readonly finished: number;
  readonly failed: number;
  readonly canceled: number;
  /** 0 to 1; canceled ones left out. */
  readonly failure_rate: number | null;
  readonly credits: string;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
}

/** What `GET /api/usage` gives. */
export interface Usage {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly UsageRow[];
  readonly total: UsageRow;
}

/** The address of the usage of a span, also as a file. */
export function usageQueryWords(span: string, group: Group): Readonly<Record<string, string>> {
  return { from: sinceOf(span), by: group === "" ? "day" : `day,${group}` };
}

/** The usage of a span by day, and by one thing beside it. */
export function usageQuery(project: string, span: string, group: Group) {
  return queryOptions({
    queryKey: ["usage", project, span, group],
    queryFn: ({ signal }) =>
      api<Usage>("/api/usage", { query: usageQueryWords(span, group), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

const DAY_MS = 86_400_000;

/** Every day of the span, also those on which nothing was: `2026-11-20`, UTC. */
export function daysOf({ from, to }: Pick<Usage, "from" | "to">): readonly string[] {
  const firstMs = Date.parse(`${from.slice(0, 10)}T00:00:00Z`);
  const lastMs = Date.parse(`${to.slice(0, 10)}T00:00:00Z`);
  const count = Math.min(400, Math.round((lastMs - firstMs) / DAY_MS) + 1);
  return Array.from({ length: Math.max(1, count) }, (_, index) =>
    new Date(firstMs + index * DAY_MS).toISOString().slice(0, 10),
  );
}

/** More groups than this are put together as the rest. */
const GROUPS_MAX = 5;

/**
 * A number of each row, laid out by day and group: the greatest groups first, those of which there
 * is nothing left out. Pure.
 */
export function seriesOf(
  data: Pick<Usage, "rows" | "from" | "to">,
  group: Group,
  numberOf: (row: UsageRow) => number,
): readonly Series[] {
  const days = daysOf(data);
  const sums = new Map<string, number>();
  for (const row of data.rows) {
    const name = groupName(row, group);
    sums.set(name, (sums.get(name) ?? 0) + numberOf(row));
  }
  const ranked = [...sums]
    .filter(([, sum]) => group === "" || sum > 0)
    .sort((one, other) => other[1] - one[1])
    .map(([name]) => name);
  const named = ranked.slice(0, GROUPS_MAX);
  const rest = ranked.length > GROUPS_MAX ? [words.rest] : [];
  return [...named, ...rest].map((name) => ({
    name,
    values: days.map((day) =>
      data.rows
        .filter((row) => {
          const own = groupName(row, group);
          return row.day === day && (own === name || (name === words.rest && !named.includes(own)));
        })
        .reduce((sum, row) => sum + numberOf(row), 0),
    ),
  }));
}

/** What a row is counted under. */
export function groupName(row: UsageRow, group: Group): string {
  switch (group) {
    case "":
      return words.total;
    case "key":
      return row.key_id === null ? words.noKey : keyTitle(row.key_id, row.key_name);
    case "provider":
      return row.provider === null || row.provider === "" ? words.noProvider : row.provider;
    case "model":
      return row.model ?? "–";
  }
}
