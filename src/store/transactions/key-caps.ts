import { assert } from "../../lib/assert.ts";
import { dayOf } from "../day.ts";
import type { SubmissionValues } from "../packed-submission.ts";
import { integerOrNull } from "../rows.ts";
import type { AcceptResult } from "../store.ts";
import { all, first, type Transaction } from "../transaction.ts";

/** The part of an accepted submission that a key's caps are about. */
type KeyHold = Pick<SubmissionValues, "keyId" | "hold" | "createdAtMs">;

/**
 * The key that counts for `$1`: itself, or its newest successor. While both are in force they spend
 * together what was left.
 */
const COUNTING = `(SELECT coalesce(replaced_by, id) FROM api_key WHERE id = $1)`;

/**
 * Counts a hold into what a key spends, by one statement whose lock makes its caps hold however
 * many submits come at once. Gives the refusal, or `null`.
 */
export function* takeKeyHold(wish: KeyHold): Transaction<AcceptResult | null> {
  const { keyId, hold, createdAtMs } = wish;
  if (hold === 0) return null;
  const taken = yield* first(
    `UPDATE api_key SET spent = spent + $2,
        spent_today = CASE WHEN spent_day >= $3 THEN spent_today ELSE 0 END + $2,
        spent_day = CASE WHEN spent_day >= $3 THEN spent_day ELSE $3 END
      WHERE id = ${COUNTING} AND (replaced_by IS NULL OR id <> $1)
        AND (spend_max IS NULL OR spent + $2 <= spend_max)
        AND (spend_day_max IS NULL
          OR CASE WHEN spent_day >= $3 THEN spent_today ELSE 0 END + $2 <= spend_day_max)
      RETURNING id`,
    keyId,
    hold,
    dayOf(createdAtMs),
  );
  if (taken !== null) return null;
  const row = yield* first(
    `SELECT CASE WHEN spent + $2 > spend_max THEN spend_max END AS total,
        CASE WHEN CASE WHEN spent_day >= $3 THEN spent_today ELSE 0 END + $2 > spend_day_max
          THEN spend_day_max END AS day
      FROM api_key WHERE id = ${COUNTING}`,
    keyId,
    hold,
    dayOf(createdAtMs),
  );
  assert(row !== null, `Key ${keyId} is not there`);
  const [total, day] = [integerOrNull(row, "total"), integerOrNull(row, "day")];
  if (total !== null) return { kind: "key_capped", per: "total", max: total };
  if (day !== null) return { kind: "key_capped", per: "day", max: day };
  // It was rotated meanwhile: its successor is asked.
  return yield* takeKeyHold(wish);
}

/** Takes out of what a key spends what was held and is released again. */
export function* releaseKeyHold({ keyId, hold, createdAtMs }: KeyHold): Transaction<void> {
  if (hold === 0 || keyId === null) return;
  yield* all(
    `UPDATE api_key SET spent = CASE WHEN spent > $2 THEN spent - $2 ELSE 0 END,
        spent_today = CASE WHEN spent_day <> $3 THEN spent_today
          WHEN spent_today > $2 THEN spent_today - $2 ELSE 0 END
      WHERE id = ${COUNTING} AND (spend_max IS NOT NULL OR spend_day_max IS NOT NULL)`,
    keyId,
    hold,
    dayOf(createdAtMs),
  );
}
