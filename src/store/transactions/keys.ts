import { SCOPES, USUAL_SCOPES } from "../../core/key.ts";
import type { Grant, KeyRow, KeyTurn, NewKeyRow, NewProject, ProjectRow } from "../key-store.ts";
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
        scopes, networks, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
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
  const auditId = `aud_revoke_${wish.keyId}`;
  yield* insertAudit({ ...wish, auditId, action: "key.revoke", subject: wish.keyId });
  return true;
}

/** Stores the successor of a key, and ends the key itself; gives whether it was in force. */
export function* rotateKey(_: Dialect, turn: KeyTurn): Transaction<boolean> {
  const { next, formerId, formerEndsAtMs } = turn;
  const rows = yield* all(
    `UPDATE api_key
      SET expires_at = CASE WHEN expires_at < $1 THEN expires_at ELSE $1 END
      WHERE id = $2 AND project_id = $3 AND bootstrap = 0 AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > $4)
      RETURNING id`,
    formerEndsAtMs,
    formerId,
    next.projectId,
    next.createdAtMs,
  );
  if (rows.length === 0) return false;
  yield* insertKey(next, false);
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

/** Notes that a key was used. */
export function* touchKey(
  _: Dialect,
  use: { readonly keyId: string; readonly nowMs: number },
): Transaction<void> {
  yield* all(`UPDATE api_key SET last_used_at = $1 WHERE id = $2`, use.nowMs, use.keyId);
}

/** Makes the first project with its grant unless one is there; gives its id. */
export function* ensureProject(dialect: Dialect, project: NewProject): Transaction<string> {
  // Two nodes that start together must not both find none.
  if (dialect.name === "postgres") yield* all(`LOCK TABLE project IN SHARE ROW EXCLUSIVE MODE`);
  const known = yield* first(`SELECT id FROM project ORDER BY created_at, id LIMIT 1`);
  if (known !== null) return text(known, "id");
  yield* all(
    `INSERT INTO project (id, name, email, balance, created_at) VALUES ($1, $2, $3, 0, $4)`,
    project.id,
    project.name,
    project.email,
    project.nowMs,
  );
  if (project.grant !== null) yield* grant(dialect, { ...project.grant, projectId: project.id });
  return project.id;
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
    balance: integer(row, "balance"),
  };
}

/** What a project has left. */
export function* balance(_: Dialect, projectId: string): Transaction<number> {
  const row = yield* first(`SELECT balance FROM project WHERE id = $1`, projectId);
  return row === null ? 0 : integer(row, "balance");
}
