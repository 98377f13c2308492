import { holdIdOf } from "../../core/id.ts";
import { assert } from "../../lib/assert.ts";
import { dayOf } from "../day.ts";
import {
  type PackedSubmission,
  readSubmission,
  type SubmissionValues,
  TASK_VALUES,
} from "../packed-submission.ts";
import { integer, text, toTask } from "../rows.ts";
import type { AcceptResult, EarlierResult } from "../store.ts";
import { all, type Dialect, first, presentMs, type Transaction } from "../transaction.ts";
import { releaseKeyHold, takeKeyHold } from "./key-caps.ts";

/** Writes task, hold and idempotency key together, or tells why not and writes nothing. */
export function* accept(dialect: Dialect, packed: PackedSubmission): Transaction<AcceptResult> {
  const values = readSubmission(packed);
  const { projectId, idempotencyKey: key, fingerprint } = values;
  const mark = key === null ? null : { projectId, idempotency: { key, fingerprint } };
  const earlier = mark === null ? null : yield* findEarlier(dialect, mark);
  if (earlier !== null) return earlier;
  if (!(yield* takeOneShot(values))) return { kind: "repeated" };
  const keyRefusal = values.isKeyCapped === 1 ? yield* takeKeyHold(values) : null;
  const refusal = keyRefusal ?? (yield* takeHold(values));
  if (refusal !== null) {
    if (keyRefusal === null && values.isKeyCapped === 1) yield* releaseKeyHold(values);
    yield* all(`DELETE FROM one_shot WHERE task_id = $1`, values.taskId);
    return refusal;
  }
  yield* insertRows(dialect, packed);
  yield* insertIdempotency(values);
  return { kind: "accepted" };
}

// One object for all: it crosses the threads once a letter.
const ACCEPTED: AcceptResult = { kind: "accepted" };

/**
 * As {@link accept} for each, in one commit, with one change of a project's row for all of its
 * plain submissions. A project that cannot take all of them is asked for each.
 */
export function* acceptTogether(
  dialect: Dialect,
  group: readonly PackedSubmission[],
): Transaction<readonly AcceptResult[]> {
  const taken = new Map<string, boolean>();
  for (const [projectId, demand] of demandsOf(group)) {
    taken.set(projectId, yield* takeDemand(projectId, demand));
  }
  const results: AcceptResult[] = [];
  for (const packed of group) {
    const values = readSubmission(packed);
    if (isPlain(values) && taken.get(values.projectId) === true) {
      yield* insertRows(dialect, packed);
      results.push(ACCEPTED);
    } else results.push(yield* accept(dialect, packed));
  }
  return results;
}

function isPlain({ oneShot, idempotencyKey, isKeyCapped }: SubmissionValues): boolean {
  return oneShot === null && idempotencyKey === null && isKeyCapped === 0;
}

/** What is asked of a project's row: by one submission, or by several at once. */
interface Demand {
  readonly tasks: number;
  readonly hold: number;
  readonly day: number;
  readonly enforced: 0 | 1;
  readonly openMax: number;
  readonly spendMax: number;
}

function demandOf(values: SubmissionValues): Demand {
  return {
    tasks: 1,
    hold: values.hold,
    day: dayOf(values.createdAtMs),
    enforced: values.enforceCredits,
    openMax: values.openTasksMax,
    spendMax: values.spendPerDayMax,
  };
}

function demandsOf(group: readonly PackedSubmission[]): ReadonlyMap<string, Demand> {
  const demands = new Map<string, Demand>();
  for (const packed of group) {
    const values = readSubmission(packed);
    if (!isPlain(values)) continue;
    const one = demandOf(values);
    const sum = demands.get(values.projectId);
    demands.set(values.projectId, sum === undefined ? one : add(sum, one));
  }
  return demands;
}

/** The strictest of both rules for the sum of both. */
function add(sum: Demand, one: Demand): Demand {
  return {
    tasks: sum.tasks + one.tasks,
    hold: sum.hold + one.hold,
    day: Math.max(sum.day, one.day),
    enforced: sum.enforced === 1 ? 1 : one.enforced,
    openMax: Math.min(sum.openMax, one.openMax),
    spendMax: Math.min(sum.spendMax, one.spendMax),
  };
}

/**
 * Lowers the balance by the hold and counts the tasks in, by one statement whose lock on the
 * project's row makes the limits hold however many submits come at once. Gives whether it could.
 */
function* takeDemand(projectId: string, demand: Demand): Transaction<boolean> {
  const taken = yield* first(
    `UPDATE project SET balance = balance - $1, open_tasks = open_tasks + $2,
        spent = CASE WHEN spent_day >= $3 THEN spent ELSE 0 END + $1,
        spent_day = CASE WHEN spent_day >= $3 THEN spent_day ELSE $3 END
      WHERE id = $4 AND (balance >= $1 OR $1 = 0 OR $5 = 0) AND open_tasks + $2 <= $6
        AND ($1 = 0 OR CASE WHEN spent_day >= $3 THEN spent ELSE 0 END + $1 <= $7)
      RETURNING id`,
    demand.hold,
    demand.tasks,
    demand.day,
    projectId,
    demand.enforced,
    demand.openMax,
    demand.spendMax,
  );
  return taken !== null;
}

/** Takes the hold of one submission; gives the refusal, or `null`. */
function* takeHold(values: SubmissionValues): Transaction<AcceptResult | null> {
  const demand = demandOf(values);
  const { projectId, hold } = values;
  if (yield* takeDemand(projectId, demand)) return null;
  const row = yield* first(`SELECT balance, open_tasks FROM project WHERE id = $1`, projectId);
  if (row === null) {
    assert(hold > 0, `Project ${projectId} is not there`);
    return { kind: "insufficient", balance: 0 };
  }
  const { openMax, spendMax } = demand;
  if (integer(row, "open_tasks") >= openMax) return { kind: "crowded", openTasksMax: openMax };
  const balance = integer(row, "balance");
  if (demand.enforced === 1 && balance < hold) return { kind: "insufficient", balance };
  return { kind: "capped", spendPerDayMax: spendMax };
}

/** What an earlier submit with the same idempotency key came to, or `null`. */
export function* findEarlier(
  _: Dialect,
  {
    projectId,
    idempotency,
  }: {
    readonly projectId: string;
    readonly idempotency: { readonly key: string; readonly fingerprint: string | null };
  },
): Transaction<EarlierResult | null> {
  const row = yield* first(
    `SELECT fingerprint, task_id FROM idempotency WHERE project_id = $1 AND key = $2`,
    projectId,
    idempotency.key,
  );
  if (row === null) return null;
  if (text(row, "fingerprint") !== idempotency.fingerprint) return { kind: "mismatch" };
  const known = yield* first(`SELECT * FROM task WHERE id = $1`, text(row, "task_id"));
  return known === null ? null : { kind: "replayed", task: toTask(known) };
}

/** Claims an operation that a source allows once; gives whether it was free. */
function* takeOneShot(values: SubmissionValues): Transaction<boolean> {
  const { projectId, model, oneShot, taskId } = values;
  if (oneShot === null) return true;
  const taken = yield* first(
    `INSERT INTO one_shot (project_id, operation, source_id, task_id) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING RETURNING task_id`,
    projectId,
    model,
    oneShot,
    taskId,
  );
  return taken !== null;
}

function* insertRows(dialect: Dialect, packed: PackedSubmission): Transaction<void> {
  const { taskId, projectId, model, hold, createdAtMs } = readSubmission(packed);
  yield {
    sql: INSERT_TASK,
    values: [...packed.slice(0, TASK_VALUES), presentMs(dialect, createdAtMs)],
  };
  if (hold === 0) return;
  yield {
    sql: INSERT_HOLD,
    values: [holdIdOf(taskId), projectId, taskId, hold, model, createdAtMs],
  };
}

const INSERT_TASK = `INSERT INTO task (id, project_id, key_id, mode, model, input, callback_url,
    loopback, routes, hold, created_at, soft_limit_at, hard_limit_at, due_at, stage, progress,
    route_index, attempts, outputs)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'queued', 0, 0, 0, '[]')`;

const INSERT_HOLD = `INSERT INTO ledger (id, project_id, task_id, kind, amount, note, created_at)
  VALUES ($1, $2, $3, 'hold', $4, $5, $6)`;

function* insertIdempotency(values: SubmissionValues): Transaction<void> {
  if (values.idempotencyKey === null) return;
  yield* all(
    `INSERT INTO idempotency (project_id, key, fingerprint, task_id, created_at)
      VALUES ($1, $2, $3, $4, $5)`,
    values.projectId,
    values.idempotencyKey,
    values.fingerprint,
    values.taskId,
    values.createdAtMs,
  );
}
