import type { Actor } from "../door-store.ts";
import type { NewProviderKey, ProviderKeyRow } from "../provider-key-store.ts";
import { integer, text } from "../rows.ts";
import { all, type Dialect, first, type Transaction } from "../transaction.ts";
import { insertAudit } from "./audit.ts";

/** Every key of a provider, oldest first. */
export function* listProviderKeys(_: Dialect): Transaction<readonly ProviderKeyRow[]> {
  const rows = yield* all(`SELECT * FROM provider_key ORDER BY created_at, id`);
  return rows.map((row) => ({
    id: text(row, "id"),
    provider: text(row, "provider"),
    account: text(row, "account"),
    baseUrl: text(row, "base_url"),
    sealed: text(row, "sealed"),
    last4: text(row, "last4"),
    createdAtMs: integer(row, "created_at"),
  }));
}

/** Adds a key; gives whether its account was still free. */
export function* addProviderKey(_: Dialect, key: NewProviderKey): Transaction<boolean> {
  const added = yield* first(
    `INSERT INTO provider_key (id, project_id, provider, account, base_url, sealed, last4,
        created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (provider, account) DO NOTHING RETURNING id`,
    key.id,
    key.projectId,
    key.provider,
    key.account,
    key.baseUrl,
    key.sealed,
    key.last4,
    key.nowMs,
  );
  if (added === null) return false;
  const subject = `${key.provider}/${key.account}`;
  yield* insertAudit({ ...key, action: "provider_key.create", subject });
  return true;
}

/** Removes a key; gives whether it was there. */
export function* removeProviderKey(
  _: Dialect,
  wish: Actor & { readonly id: string },
): Transaction<boolean> {
  const gone = yield* first(
    `DELETE FROM provider_key WHERE id = $1 RETURNING provider, account`,
    wish.id,
  );
  if (gone === null) return false;
  const subject = `${text(gone, "provider")}/${text(gone, "account")}`;
  yield* insertAudit({ ...wish, action: "provider_key.delete", subject });
  return true;
}
