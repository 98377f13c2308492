import { assert } from "../../lib/assert.ts";
import { dayOf } from "../day.ts";
import type { SubmissionValues } from "../packed-submission.ts";
import { integerOrNull } from "../rows.ts";
import type { AcceptResult } from "../store.ts";
import { all, first, type Transaction } from "../transaction.ts";

/** The part of an accepted submission that a key's caps are about. */
type KeyHold = Pick<SubmissionValues, "keyId" | "hold" | "createdAtMs">;

/**
 * Counts a hold into what a key spends, by one statement whose lock makes its caps hold however
 * many submits come at once. Gives the refusal, or `null`.
 */
export function* takeKeyHold({
  keyId,
  hold,
  createdAtMs,
}: KeyHold): Transaction<AcceptResult | null> {
  if (hold === 0) return null;
  const day = dayOf(createdAtMs);
  const taken = yield* first(
    `UPDATE api_key SET spent = spent + $1,
        spent_today = CASE WHEN spent_day >= $2 THEN spent_today ELSE 0 END + $1,
        spent_day = CASE WHEN spent_day >= $2 THEN spent_day ELSE $2 END
      WHERE id = $3 AND (spend_max IS NULL OR spent + $1 <= spend_max)
        AND (spend_day_max IS NULL
          OR CASE WHEN spent_day >= $2 THEN spent_today ELSE 0 END + $1 <= spend_day_max)
      RETURNING id`,
    hold,
    day,
    keyId,
  );
  if (taken !== null) return null;
  const row = yield* first(
    `SELECT spend_day_max, CASE WHEN spend_max IS NULL OR spent + $1 <= spend_max
        THEN NULL ELSE spend_max END AS passed
      FROM api_key WHERE id = $2`,
    hold,
    keyId,
  );
  assert(row !== null, `Key ${keyId} is not there`);
  const passed = integerOrNull(row, "passed");
  if (passed !== null) return { kind: "key_capped", per: "total", max: passed };
  return { kind: "key_capped", per: "day", max: integerOrNull(row, "spend_day_max") ?? 0 };
}

/** Takes out of what a key spends what was held and is released again. */
export function* releaseKeyHold({ keyId, hold, createdAtMs }: KeyHold): Transaction<void> {
  if (hold === 0 || keyId === null) return;
  yield* all(
    `UPDATE api_key SET spent = CASE WHEN spent > $1 THEN spent - $1 ELSE 0 END,
        spent_today = CASE WHEN spent_day <> $2 THEN spent_today
          WHEN spent_today > $1 THEN spent_today - $1 ELSE 0 END
      WHERE id = $3 AND (spend_max IS NOT NULL OR spend_day_max IS NOT NULL)`,
    hold,
    dayOf(createdAtMs),
    keyId,
  );
}
