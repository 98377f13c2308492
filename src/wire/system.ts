import type { TaskStage } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";
import { wireTime } from "./time.ts";

/** How this gateway is, for its operator. */
export interface SystemFacts {
  readonly version: string;
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly role: string;
  readonly database: "sqlite" | "postgres";
  readonly stages: readonly { readonly stage: TaskStage; readonly tasks: number }[];
  readonly taskDueMs: number | null;
  readonly deliveriesWaiting: number;
  readonly deliveryDueMs: number | null;
  readonly filesKept: number;
  readonly fileBytes: number;
  readonly filesEnding: number;
  readonly diskFreeBytes: number | null;
  readonly writes: {
    readonly count: number;
    readonly p50Ms: number | null;
    readonly p99Ms: number | null;
  };
  readonly settings: readonly SettingFacts[];
}

/** A setting as it is in force. */
export interface SettingFacts {
  readonly name: string;
  readonly origin: "environment" | "default";
  /** `null` for a secret, whatever it is. */
  readonly value: string | null;
  readonly isSecret: boolean;
}

const STAGES: readonly TaskStage[] = ["queued", "submitting", "unknown", "polling", "collecting"];

/** Writes how this gateway is. */
export function systemData(facts: SystemFacts): JsonObject {
  const tasksAt = (stage: TaskStage): number =>
    facts.stages.find((one) => one.stage === stage)?.tasks ?? 0;
  return {
    version: facts.version,
    started_time: wireTime(facts.startedAtMs),
    uptime_s: Math.floor((facts.nowMs - facts.startedAtMs) / 1_000),
    role: facts.role,
    database: facts.database,
    queue: STAGES.map((stage) => ({ stage, tasks: tasksAt(stage) })),
    due_lag_ms: lagOf(facts.taskDueMs, facts.nowMs),
    deliveries_waiting: facts.deliveriesWaiting,
    delivery_lag_ms: lagOf(facts.deliveryDueMs, facts.nowMs),
    files: {
      kept: facts.filesKept,
      bytes: facts.fileBytes,
      expiring_24h: facts.filesEnding,
    },
    disk_free_bytes: facts.diskFreeBytes,
    writer: {
      writes: facts.writes.count,
      p50_ms: rounded(facts.writes.p50Ms),
      p99_ms: rounded(facts.writes.p99Ms),
    },
    settings: facts.settings.map(({ isSecret, ...setting }) => ({ ...setting, secret: isSecret })),
  };
}

/** How late the next one is; 0 when nothing is late. */
function lagOf(dueMs: number | null, nowMs: number): number {
  return dueMs === null ? 0 : Math.max(0, nowMs - dueMs);
}

function rounded(timeMs: number | null): number | null {
  return timeMs === null ? null : Math.round(timeMs * 100) / 100;
}
