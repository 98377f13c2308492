import type { Output } from "../../core/outcome.ts";
import { trustedJson } from "../../lib/trusted-json.ts";
import { hourOf, KEY_HOURS_SHOWN } from "../day.ts";
import { text } from "../rows.ts";
import { all, type Dialect, idSet, type Row, type Transaction } from "../transaction.ts";
import type { PruneWish } from "../upkeep-store.ts";

/** Removes one batch of each kind of row whose time is over; gives whether more may be waiting. */
export function* prune(_: Dialect, wish: PruneWish): Transaction<boolean> {
  let more = (yield* wipeInputs(wish)) || (yield* forgetKeys(wish));
  more = (yield* forgetSessions(wish)) || more;
  more = (yield* forgetUses(wish)) || more;
  yield* forgetRates(wish);
  more = (yield* removeInTurn(removeDeliveries, wish)) || more;
  more = (yield* removeInTurn(removeEvents, wish)) || more;
  return more;
}

/** Removes one batch from one project after the other. */
function* removeInTurn(
  remove: (projectId: string, wish: PruneWish) => Transaction<number>,
  wish: PruneWish,
): Transaction<boolean> {
  const projects = yield* all(`SELECT id FROM project ORDER BY id`);
  let limit = wish.limit;
  for (const project of projects) {
    limit -= yield* remove(text(project, "id"), { ...wish, limit });
    if (limit === 0) return true;
  }
  return false;
}

/** Forgets buckets that have long been full. */
function* forgetRates({ nowMs }: PruneWish): Transaction<void> {
  yield* all(`DELETE FROM rate WHERE full_at < $1`, (nowMs - HOUR_MS) * 1_000);
}

const HOUR_MS = 3_600_000;

/** Takes prompt and input from tasks that ended, and what was sent and got for them. */
function* wipeInputs(wish: PruneWish): Transaction<boolean> {
  const tasks = yield* all(
    `SELECT id, outputs FROM task
      WHERE finished_at IS NOT NULL AND wiped_at IS NULL AND finished_at <= $1
        -- What was sent is still needed to find out what became of it.
        AND NOT EXISTS (SELECT 1 FROM inquiry WHERE inquiry.task_id = task.id)
      ORDER BY finished_at LIMIT $2`,
    wish.inputsBeforeMs,
    wish.limit,
  );
  const ids = setOf(tasks);
  yield* all(
    `UPDATE task SET input = '{}', wiped_at = $1
      WHERE id IN (SELECT key FROM json_each($2))`,
    wish.nowMs,
    ids,
  );
  yield* all(
    `UPDATE attempt SET prepared = 'null', production = 'null'
      WHERE task_id IN (SELECT key FROM json_each($1))`,
    ids,
  );
  for (const task of tasks) yield* wipeOutputs(task);
  return tasks.length === wish.limit;
}

/** A track repeats the prompt that made it. */
function* wipeOutputs(task: Row): Transaction<void> {
  const outputs = trustedJson<readonly Output[]>(text(task, "outputs"));
  if (!outputs.some(({ kind }) => kind === "track")) return;
  const wiped = outputs.map((output) =>
    output.kind === "track" ? { ...output, prompt: "" } : output,
  );
  yield* all(`UPDATE task SET outputs = $1 WHERE id = $2`, JSON.stringify(wiped), text(task, "id"));
}

/** Forgets idempotency keys of tasks that ended: from then on such a key makes a new task. */
function* forgetKeys(wish: PruneWish): Transaction<boolean> {
  const gone = yield* all(
    `DELETE FROM idempotency WHERE (project_id, key) IN (
        SELECT project_id, key FROM idempotency WHERE created_at <= $1
            AND NOT EXISTS (SELECT 1 FROM task
              WHERE task.id = idempotency.task_id AND task.due_at IS NOT NULL)
          ORDER BY created_at LIMIT $2)
      RETURNING key`,
    wish.keysBeforeMs,
    wish.limit,
  );
  return gone.length === wish.limit;
}

/** Forgets sessions that have ended by themselves. */
function* forgetSessions(wish: PruneWish): Transaction<boolean> {
  const gone = yield* all(
    `DELETE FROM person_session WHERE id IN (
        SELECT id FROM person_session WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
      RETURNING id`,
    wish.nowMs,
    wish.limit,
  );
  return gone.length === wish.limit;
}

/** Forgets the uses of keys in hours that nobody is shown any more. */
function* forgetUses(wish: PruneWish): Transaction<boolean> {
  const gone = yield* all(
    `DELETE FROM key_use WHERE (project_id, key_id, hour) IN (
        SELECT project_id, key_id, hour FROM key_use WHERE hour < $1 ORDER BY hour LIMIT $2)
      RETURNING hour`,
    hourOf(wish.nowMs) - KEY_HOURS_SHOWN,
    wish.limit,
  );
  return gone.length === wish.limit;
}

/** Removes deliveries with their tries; one that still waits for a try stays. Gives how many. */
function* removeDeliveries(projectId: string, wish: PruneWish): Transaction<number> {
  const old = yield* all(
    `SELECT id FROM delivery WHERE project_id = $1 AND created_at <= $2 AND due_at IS NULL
      ORDER BY created_at LIMIT $3`,
    projectId,
    wish.deliveriesBeforeMs,
    wish.limit,
  );
  const ids = setOf(old);
  yield* all(`DELETE FROM delivery_try WHERE delivery_id IN (SELECT key FROM json_each($1))`, ids);
  yield* all(`DELETE FROM delivery WHERE id IN (SELECT key FROM json_each($1))`, ids);
  return old.length;
}

/** Removes events, oldest first; one with a delivery stays as long as that. */
function* removeEvents(projectId: string, wish: PruneWish): Transaction<number> {
  const old = yield* all(
    `SELECT id FROM event WHERE project_id = $1 AND created_at <= $2
        AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.task_id = event.task_id)
      ORDER BY position LIMIT $3`,
    projectId,
    wish.eventsBeforeMs,
    wish.limit,
  );
  yield* all(`DELETE FROM event WHERE id IN (SELECT key FROM json_each($1))`, setOf(old));
  return old.length;
}

function setOf(rows: readonly Row[]): string {
  return idSet(rows.map((row) => text(row, "id")));
}
