import type { AuditEntry, AuditQuery, NewAudit } from "../door-store.ts";
import { toAudit } from "../rows.ts";
import { all, type Dialect, type Transaction } from "../transaction.ts";

/** Adds to the audit log, within the transaction of the act itself. */
export function* insertAudit(entry: NewAudit): Transaction<void> {
  yield* all(
    `INSERT INTO audit (id, project_id, actor, action, subject, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    entry.auditId,
    entry.projectId,
    entry.actor,
    entry.action,
    entry.subject,
    entry.nowMs,
  );
}

/** A project's audit log, newest first. */
export function* listAudit(_: Dialect, query: AuditQuery): Transaction<readonly AuditEntry[]> {
  const rows = yield* all(
    `SELECT * FROM audit WHERE project_id = $1 AND (created_at, id) < ($2, $3)
      ORDER BY created_at DESC, id DESC LIMIT $4`,
    query.projectId,
    query.before?.createdAtMs ?? Number.MAX_SAFE_INTEGER,
    query.before?.id ?? "",
    query.limit,
  );
  return rows.map(toAudit);
}
