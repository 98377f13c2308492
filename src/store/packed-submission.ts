import type { Mode } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import type { Route } from "../core/task.ts";
import { rememberLatest } from "../lib/latest.ts";
import type { Submission } from "./store.ts";

/**
 * A submission as a flat list of the values that its rows hold. A list crosses into the writer's
 * thread at a quarter of what the nested object costs, and nothing is turned into text there.
 */
export type PackedSubmission = readonly [
  taskId: string,
  projectId: string,
  keyId: string | null,
  mode: Mode,
  model: string,
  /** JSON. */
  input: string,
  callbackUrl: string | null,
  loopback: 0 | 1,
  /** JSON. */
  routes: string,
  hold: Millicredits,
  createdAtMs: number,
  softLimitAtMs: number,
  hardLimitAtMs: number,
  enforceCredits: 0 | 1,
  openTasksMax: number,
  spendPerDayMax: Millicredits,
  oneShot: string | null,
  idempotencyKey: string | null,
  fingerprint: string | null,
  isKeyCapped: 0 | 1,
];

/** Flattens a submission. */
export function packSubmission({
  task,
  limits,
  idempotency,
  ...rest
}: Submission): PackedSubmission {
  return [
    task.id,
    task.projectId,
    task.keyId,
    task.mode,
    task.model,
    JSON.stringify(task.input),
    task.callbackUrl,
    rest.loopback ? 1 : 0,
    textOf(task.routes),
    task.hold,
    task.createdAtMs,
    task.softLimitAtMs,
    task.hardLimitAtMs,
    rest.enforceCredits ? 1 : 0,
    limits?.openTasksMax ?? Number.MAX_SAFE_INTEGER,
    limits?.spendPerDayMax ?? Number.MAX_SAFE_INTEGER,
    rest.oneShot,
    idempotency?.key ?? null,
    idempotency?.fingerprint ?? null,
    rest.isKeyCapped === true ? 1 : 0,
  ];
}

/** The routes of most tasks are those of the task before. */
const textOf = rememberLatest((routes: readonly Route[]) => JSON.stringify(routes));

/** The values of a packed submission by name. */
export interface SubmissionValues {
  readonly taskId: string;
  readonly projectId: string;
  readonly keyId: string | null;
  readonly model: string;
  readonly hold: Millicredits;
  readonly createdAtMs: number;
  readonly enforceCredits: 0 | 1;
  readonly openTasksMax: number;
  readonly spendPerDayMax: Millicredits;
  readonly oneShot: string | null;
  readonly idempotencyKey: string | null;
  readonly fingerprint: string | null;
  readonly isKeyCapped: 0 | 1;
}

/** Names what decides whether a submission is taken; the rest goes into the row as it is. */
export function readSubmission(packed: PackedSubmission): SubmissionValues {
  return {
    taskId: packed[0],
    projectId: packed[1],
    keyId: packed[2],
    model: packed[4],
    hold: packed[9],
    createdAtMs: packed[10],
    enforceCredits: packed[13],
    openTasksMax: packed[14],
    spendPerDayMax: packed[15],
    oneShot: packed[16],
    idempotencyKey: packed[17],
    fingerprint: packed[18],
    isKeyCapped: packed[19],
  };
}

/** How many values at the front of a packed submission are columns of its task's row. */
export const TASK_VALUES = 13;
