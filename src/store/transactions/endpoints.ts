import type { Endpoint } from "../door-store.ts";
import { integerOrNull, text, toEndpoint } from "../rows.ts";
import type { TryRecord } from "../store.ts";
import { all, type Dialect, first, type Transaction } from "../transaction.ts";
import { insertAudit } from "./audit.ts";

/** The endpoint that a callback URL belongs to: its host, with the port unless it is the usual. */
export function endpointOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}

/** Why nothing is sent to an endpoint, as a reason of a delivery; or `null`. */
export function* findStop(projectId: string, host: string): Transaction<string | null> {
  const row = yield* first(
    `SELECT reason FROM endpoint WHERE project_id = $1 AND host = $2 AND disabled_at IS NOT NULL`,
    projectId,
    host,
  );
  return row === null ? null : `endpoint_${text(row, "reason")}`;
}

/** How long an endpoint may do nothing but fail, milliseconds. */
export const ENDPOINT_PATIENCE_MS: number = 120 * 3_600_000;

interface Place {
  readonly projectId: string;
  readonly host: string;
}

/**
 * Writes what a try tells of its endpoint. One that was gone, or has done nothing but fail for
 * {@link ENDPOINT_PATIENCE_MS}, is disabled and all that waits for it ends.
 */
export function* noteEndpoint(place: Place, record: TryRecord): Transaction<void> {
  const nowMs = record.try.startedAtMs + record.try.durationMs;
  if (record.endpoint === "good") return yield* clear(place);
  if (record.endpoint === "gone") return yield* disable(place, { nowMs, reason: "gone" });
  const row = yield* first(
    `INSERT INTO endpoint (project_id, host, failing_since) VALUES ($1, $2, $3)
      ON CONFLICT (project_id, host)
        DO UPDATE SET failing_since = coalesce(endpoint.failing_since, excluded.failing_since)
      RETURNING failing_since, disabled_at`,
    place.projectId,
    place.host,
    nowMs,
  );
  if (row === null || integerOrNull(row, "disabled_at") !== null) return;
  const failingForMs = nowMs - (integerOrNull(row, "failing_since") ?? nowMs);
  if (failingForMs >= ENDPOINT_PATIENCE_MS) yield* disable(place, { nowMs, reason: "failing" });
}

function* clear({ projectId, host }: Place): Transaction<void> {
  yield* all(
    `UPDATE endpoint SET failing_since = NULL, disabled_at = NULL, reason = NULL
      WHERE project_id = $1 AND host = $2
        AND (failing_since IS NOT NULL OR disabled_at IS NOT NULL)`,
    projectId,
    host,
  );
}

function* disable(
  { projectId, host }: Place,
  why: { readonly nowMs: number; readonly reason: "failing" | "gone" },
): Transaction<void> {
  yield* all(
    `INSERT INTO endpoint (project_id, host, failing_since, disabled_at, reason)
      VALUES ($1, $2, $3, $3, $4)
      ON CONFLICT (project_id, host)
        DO UPDATE SET disabled_at = excluded.disabled_at, reason = excluded.reason`,
    projectId,
    host,
    why.nowMs,
    why.reason,
  );
  // Tries under way lose their fence: what they come to changes nothing any more.
  yield* all(
    `UPDATE delivery SET state = 'refused', due_at = NULL, fence = fence + 1, reason = $1
      WHERE project_id = $2 AND host = $3 AND due_at IS NOT NULL`,
    `endpoint_${why.reason}`,
    projectId,
    host,
  );
}

/** The endpoints of a project that fail or are disabled. */
export function* listEndpoints(_: Dialect, projectId: string): Transaction<readonly Endpoint[]> {
  const rows = yield* all(
    `SELECT * FROM endpoint
      WHERE project_id = $1 AND (failing_since IS NOT NULL OR disabled_at IS NOT NULL)
      ORDER BY host`,
    projectId,
  );
  return rows.map(toEndpoint);
}

/** Lets callbacks go to an endpoint again; gives whether it was disabled. */
export function* enableEndpoint(
  _: Dialect,
  wish: Place & { readonly auditId: string; readonly actor: string; readonly nowMs: number },
): Transaction<boolean> {
  const enabled = yield* first(
    `UPDATE endpoint SET failing_since = NULL, disabled_at = NULL, reason = NULL
      WHERE project_id = $1 AND host = $2 AND disabled_at IS NOT NULL RETURNING host`,
    wish.projectId,
    wish.host,
  );
  if (enabled === null) return false;
  yield* insertAudit({ ...wish, action: "endpoint.enable", subject: wish.host });
  return true;
}
