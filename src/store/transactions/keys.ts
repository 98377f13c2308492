import { SCOPES, USUAL_SCOPES } from "../../core/key.ts";
import { dayStartMs, hourOf } from "../day.ts";
import type {
  Grant,
  KeyActivity,
  KeyRow,
  KeyStore,
  KeyTurn,
  NewKeyRow,
  NewProject,
  ProjectRow,
} from "../key-store.ts";
import { integer, text, toKey } from "../rows.ts";
import { all, type Dialect, first, type Transaction } from "../transaction.ts";
import { insertAudit } from "./audit.ts";

/** The key of a digest, or `null`. */
export function* findKey(_: Dialect, digest: string): Transaction<KeyRow | null> {
  const row = yield* first(`SELECT * FROM api_key WHERE digest = $1`, digest);
  return row === null ? null : toKey(row);
}

/** All keys of a project, oldest first. */
export function* listKeys(_: Dialect, projectId: string): Transaction<readonly KeyRow[]> {
  const rows = yield* all(
    `SELECT * FROM api_key WHERE project_id = $1 ORDER BY created_at, id`,
    projectId,
  );
  return rows.map(toKey);
}

/** Whether a project ever had a key. */
export function* hasKeys(_: Dialect, projectId: string): Transaction<boolean> {
  const rows = yield* all(`SELECT id FROM api_key WHERE project_id = $1 LIMIT 1`, projectId);
  return rows.length > 0;
}

/** Stores a new key. */
export function* createKey(_: Dialect, key: NewKeyRow): Transaction<void> {
  yield* insertKey(key, false);
  yield* insertAudit({
    auditId: `aud_create_${key.id}`,
    projectId: key.projectId,
    actor: key.madeBy ?? "operator",
    action: "key.create",
    subject: key.id,
    nowMs: key.createdAtMs,
  });
}

function* insertKey(key: NewKeyRow, bootstrap: boolean): Transaction<void> {
  yield* all(
    `INSERT INTO api_key (id, project_id, name, mode, digest, prefix, last4, bootstrap, created_at,
        scopes, networks, expires_at, made_by, requests_per_minute, spend_day_max, spend_max)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    key.id,
    key.projectId,
    key.name,
    key.mode,
    key.digest,
    key.prefix,
    key.last4,
    bootstrap ? 1 : 0,
    key.createdAtMs,
    (key.scopes ?? (bootstrap ? SCOPES : USUAL_SCOPES)).join(" "),
    (key.networks ?? []).join(" "),
    key.expiresAtMs ?? null,
    key.madeBy ?? null,
    key.requestsPerMinute ?? null,
    key.spendPerDayMax ?? null,
    key.spendMax ?? null,
  );
}

/** Revokes a key; gives whether such a key was in force. */
export function* revokeKey(
  _: Dialect,
  wish: {
    readonly projectId: string;
    readonly keyId: string;
    readonly nowMs: number;
    readonly actor: string;
  },
): Transaction<boolean> {
  const rows = yield* all(
    `UPDATE api_key SET revoked_at = $1
      WHERE id = $2 AND project_id = $3 AND revoked_at IS NULL RETURNING id`,
    wish.nowMs,
    wish.keyId,
    wish.projectId,
  );
  if (rows.length === 0) return false;
  // The bootstrap key comes back with the next start, and may be revoked again.
  const auditId = `aud_revoke_${wish.keyId}_${wish.nowMs}`;
  yield* insertAudit({ ...wish, auditId, action: "key.revoke", subject: wish.keyId });
  return true;
}

/** Stores the successor of a key, and ends the key itself; gives whether it was in force. */
export function* rotateKey(_: Dialect, turn: KeyTurn): Transaction<boolean> {
  const { next, formerId, formerEndsAtMs } = turn;
  const rows = yield* all(
    `UPDATE api_key SET expires_at = CASE WHEN expires_at < $1 THEN expires_at ELSE $1 END
      WHERE id = $2 AND project_id = $3 AND bootstrap = 0 AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > $4)
      RETURNING coalesce(replaced_by, id) AS last`,
    formerEndsAtMs,
    formerId,
    next.projectId,
    next.createdAtMs,
  );
  const [row] = rows;
  if (row === undefined) return false;
  yield* insertKey(next, false);
  const lastId = text(row, "last");
  yield* all(
    `UPDATE api_key SET replaced_by = $1
      WHERE project_id = $2 AND (id = $3 OR replaced_by = $3)`,
    next.id,
    next.projectId,
    lastId,
  );
  // A cap is not got round by rotating.
  yield* all(
    `UPDATE api_key SET spent = former.spent, spent_day = former.spent_day,
        spent_today = former.spent_today
      FROM (SELECT spent, spent_day, spent_today FROM api_key WHERE id = $1) AS former
      WHERE id = $2`,
    lastId,
    next.id,
  );
  yield* insertAudit({
    // A key may be rotated again while it lasts; its successor is new each time.
    auditId: `aud_rotate_${next.id}`,
    projectId: next.projectId,
    actor: next.madeBy ?? "operator",
    action: "key.rotate",
    subject: formerId,
    nowMs: next.createdAtMs,
  });
  return true;
}

/** Notes that a key was used, and how often. */
export function* touchKey(
  _: Dialect,
  use: { readonly keyId: string; readonly nowMs: number; readonly uses: number },
): Transaction<void> {
  yield* all(`UPDATE api_key SET last_used_at = $1 WHERE id = $2`, use.nowMs, use.keyId);
  yield* all(
    `INSERT INTO key_use (project_id, key_id, hour, uses)
      SELECT project_id, id, $1, $2 FROM api_key WHERE id = $3
      ON CONFLICT (project_id, key_id, hour) DO UPDATE SET uses = key_use.uses + excluded.uses`,
    hourOf(use.nowMs),
    use.uses,
    use.keyId,
  );
}

type ActivityWish = Parameters<KeyStore["activity"]>[0];

/** How much each key of a project was used since an hour, and has spent today. */
export function* keyActivity(_: Dialect, wish: ActivityWish): Transaction<KeyActivity> {
  const uses = yield* all(
    `SELECT key_id, hour, uses FROM key_use WHERE project_id = $1 AND hour >= $2`,
    wish.projectId,
    wish.fromHour,
  );
  const spent = yield* all(
    `SELECT key_id, CAST(sum(coalesce(charged, hold)) AS BIGINT) AS amount FROM task
      WHERE project_id = $1 AND created_at >= $2 AND key_id IS NOT NULL GROUP BY key_id`,
    wish.projectId,
    dayStartMs(wish.nowMs),
  );
  return {
    uses: uses.map((row) => ({
      keyId: text(row, "key_id"),
      hour: integer(row, "hour"),
      uses: integer(row, "uses"),
    })),
    spentToday: spent.map((row) => ({
      keyId: text(row, "key_id"),
      amount: integer(row, "amount"),
    })),
  };
}

/** Makes the first project with its grant unless one is there; gives its id. */
export function* ensureProject(dialect: Dialect, project: NewProject): Transaction<string> {
  // Two nodes that start together must not both find none.
  if (dialect.name === "postgres") yield* all(`LOCK TABLE project IN SHARE ROW EXCLUSIVE MODE`);
  const known = yield* first(`SELECT id FROM project ORDER BY created_at, id LIMIT 1`);
  if (known !== null) return text(known, "id");
  yield* insertProject(dialect, project);
  return project.id;
}

/** Makes a project with its grant. */
export function* insertProject(dialect: Dialect, project: NewProject): Transaction<void> {
  yield* all(
    `INSERT INTO project (id, name, email, balance, created_at) VALUES ($1, $2, $3, 0, $4)`,
    project.id,
    project.name,
    project.email,
    project.nowMs,
  );
  if (project.grant !== null) yield* grant(dialect, { ...project.grant, projectId: project.id });
}

/** Sets the one bootstrap key; a former one with another digest is revoked. */
export function* setBootstrap(_: Dialect, key: NewKeyRow): Transaction<void> {
  yield* all(
    `UPDATE api_key SET revoked_at = $1
      WHERE bootstrap = 1 AND revoked_at IS NULL AND digest <> $2`,
    key.createdAtMs,
    key.digest,
  );
  const known = yield* first(`SELECT * FROM api_key WHERE digest = $1`, key.digest);
  if (known === null) yield* insertKey(key, true);
  else
    yield* all(`UPDATE api_key SET revoked_at = NULL, bootstrap = 1 WHERE digest = $1`, key.digest);
}

/** Gives credits to a project. */
export function* grant(_: Dialect, gift: Grant): Transaction<void> {
  yield* all(
    `INSERT INTO ledger (id, project_id, kind, amount, note, created_at)
      VALUES ($1, $2, 'grant', $3, $4, $5)`,
    gift.id,
    gift.projectId,
    gift.amount,
    gift.note,
    gift.nowMs,
  );
  yield* all(
    `UPDATE project SET balance = balance + $1 WHERE id = $2`,
    gift.amount,
    gift.projectId,
  );
  yield* insertAudit({
    auditId: `aud_${gift.id}`,
    projectId: gift.projectId,
    actor: "operator",
    action: "credits.grant",
    subject: gift.id,
    nowMs: gift.nowMs,
  });
}

/** A project, or `null`. */
export function* findProject(_: Dialect, projectId: string): Transaction<ProjectRow | null> {
  const row = yield* first(`SELECT * FROM project WHERE id = $1`, projectId);
  if (row === null) return null;
  return {
    id: text(row, "id"),
    name: text(row, "name"),
    email: text(row, "email"),
    createdAtMs: integer(row, "created_at"),
    balance: integer(row, "balance"),
  };
}

/** What a project has left. */
export function* balance(_: Dialect, projectId: string): Transaction<number> {
  const row = yield* first(`SELECT balance FROM project WHERE id = $1`, projectId);
  return row === null ? 0 : integer(row, "balance");
}
