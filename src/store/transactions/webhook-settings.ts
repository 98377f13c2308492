import type { WebhookChange, WebhookSettings } from "../door-store.ts";
import { toWebhookSettings } from "../rows.ts";
import { type Dialect, first, type Transaction } from "../transaction.ts";
import { insertAudit } from "./audit.ts";

/** How a project's callbacks are sent, or `null`. */
export function* webhookSettings(
  _: Dialect,
  projectId: string,
): Transaction<WebhookSettings | null> {
  const row = yield* first(`SELECT * FROM project WHERE id = $1`, projectId);
  return row === null ? null : toWebhookSettings(row);
}

/** Changes how callbacks are sent; members that are left out stay. */
export function* changeWebhooks(
  _: Dialect,
  change: WebhookChange,
): Transaction<WebhookSettings | null> {
  const row = yield* first(
    `UPDATE project SET webhook_body = coalesce($1, webhook_body),
        webhook_retry_4xx = coalesce($2, webhook_retry_4xx)
      WHERE id = $3 RETURNING *`,
    change.body ?? null,
    change.retry4xx === undefined ? null : Number(change.retry4xx),
    change.projectId,
  );
  if (row === null) return null;
  yield* insertAudit({ ...change, action: "webhooks.change", subject: change.projectId });
  return toWebhookSettings(row);
}

/** Takes the next secret; the present one stays valid beside it for a while. */
export function* rotateWebhookSecret(
  _: Dialect,
  wish: Pick<WebhookChange, "projectId" | "auditId" | "actor" | "nowMs">,
): Transaction<WebhookSettings | null> {
  const row = yield* first(
    `UPDATE project SET webhook_turn = webhook_turn + 1, webhook_turned_at = $1
      WHERE id = $2 RETURNING *`,
    wish.nowMs,
    wish.projectId,
  );
  if (row === null) return null;
  yield* insertAudit({ ...wish, action: "webhooks.rotate", subject: wish.projectId });
  return toWebhookSettings(row);
}
