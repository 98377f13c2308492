import type { RateGrant, RateWish } from "../rate-store.ts";
import { integer } from "../rows.ts";
import { all, type Dialect, first, presentMs, type Transaction } from "../transaction.ts";

/** Of a bucket only the moment is kept at which it will be full again, microseconds. */
export function* takeRate(dialect: Dialect, wish: RateWish): Transaction<RateGrant> {
  const { name, intervalUs, burst, want } = wish;
  const nowUs = presentMs(dialect, wish.nowMs) * 1_000;
  // Changes nothing but holds the row until the end of the transaction, made or found.
  const row = yield* first(
    `INSERT INTO rate (name, full_at) VALUES ($1, 0)
      ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING full_at`,
    name,
  );
  const fullAtUs = Math.max(nowUs, row === null ? 0 : integer(row, "full_at"));
  const room = Math.floor((nowUs + burst * intervalUs - fullAtUs) / intervalUs);
  const granted = Math.max(0, Math.min(want, room));
  const nextUs = fullAtUs + granted * intervalUs;
  if (granted > 0) yield* all(`UPDATE rate SET full_at = $1 WHERE name = $2`, nextUs, name);
  return { granted, standUs: nextUs - nowUs };
}
