import type { Mode } from "../core/key.ts";
import { exactCredits, type Millicredits } from "../core/money.ts";
import { statusOf, type TaskStage } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";

/** How many tasks are alike. */
export interface AlikeTasks {
  readonly stage: TaskStage;
  readonly hasStarted: boolean;
  readonly isCanceled: boolean;
  readonly model: string;
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly mode: Mode;
  readonly count: number;
  readonly credits: Millicredits;
}

/**
 * Writes how many tasks there are, by each thing that a list can be narrowed by. Those that were
 * canceled count as failed, as on every page, and once more by themselves.
 */
export function countsData(
  counts: readonly AlikeTasks[],
  kindOf: (model: string) => string | null,
): JsonObject {
  const total = (some: readonly AlikeTasks[]): number =>
    some.reduce((sum, { count }) => sum + count, 0);
  const ofStatus = (status: string): number => total(counts.filter((e) => word(e) === status));
  const by = (nameOf: (alike: AlikeTasks) => string | null): JsonObject[] =>
    [...Map.groupBy(counts, nameOf)]
      .map(([value, some]) => ({ value, count: total(some) }))
      .sort((one, other) => other.count - one.count);
  const names = new Map(counts.map(({ keyId, keyName }) => [keyId, keyName]));
  const open = counts.filter(({ stage }) => stage !== "finished" && stage !== "failed");
  return {
    total: total(counts),
    status: {
      not_started: ofStatus("not_started"),
      running: ofStatus("running"),
      finished: ofStatus("finished"),
      failed: ofStatus("failed"),
    },
    canceled: total(counts.filter(({ isCanceled }) => isCanceled)),
    unknown: total(counts.filter(({ stage }) => stage === "unknown")),
    held: exactCredits(open.reduce((sum, { credits }) => sum + credits, 0)),
    models: by(({ model }) => model),
    kinds: by(({ model }) => kindOf(model)),
    modes: by(({ mode }) => mode),
    keys: by(({ keyId }) => keyId).map((key) => ({
      ...key,
      name: typeof key.value === "string" ? (names.get(key.value) ?? null) : null,
    })),
  };
}

function word({ stage, hasStarted }: AlikeTasks): string {
  return statusOf({ stage, startedAtMs: hasStarted ? 0 : null });
}
