import { ROLES } from "../../core/role.ts";
import type { PeopleStore, PersonRow, SessionRow, SessionView } from "../people-store.ts";
import { integer, oneOf, text, textOrNull } from "../rows.ts";
import { all, type Dialect, first, type Row, type Transaction } from "../transaction.ts";

/** A session by the digest of its token, whether or not it has ended, or `null`. */
export function* findSession(_: Dialect, digest: string): Transaction<SessionView | null> {
  const row = yield* first(
    `SELECT person_session.*, person.name, person.email, person.created_at AS since
      FROM person_session JOIN person ON person.id = person_session.person_id
      WHERE person_session.token = $1`,
    digest,
  );
  if (row === null) return null;
  const places = yield* all(
    `SELECT project.id, project.name, project.created_at, member.role
      FROM member JOIN project ON project.id = member.project_id
      WHERE member.person_id = $1 ORDER BY project.created_at, project.id`,
    text(row, "person_id"),
  );
  return {
    session: toSession(row),
    person: {
      id: text(row, "person_id"),
      name: text(row, "name"),
      email: text(row, "email"),
      createdAtMs: integer(row, "since"),
    },
    places: places.map((place) => ({
      projectId: text(place, "id"),
      name: text(place, "name"),
      role: oneOf(text(place, "role"), ROLES),
      createdAtMs: integer(place, "created_at"),
    })),
  };
}

type Touch = Parameters<PeopleStore["touchSession"]>[0];

/** Moves the end of a session. */
export function* touchSession(_: Dialect, use: Touch): Transaction<void> {
  yield* all(
    `UPDATE person_session SET expires_at = $1, updated_at = $2 WHERE id = $3`,
    use.expiresAtMs,
    use.nowMs,
    use.sessionId,
  );
}

/** The sessions of a person that have not ended, newest first. */
export function* listSessions(
  _: Dialect,
  { personId, nowMs }: { readonly personId: string; readonly nowMs: number },
): Transaction<readonly SessionRow[]> {
  const rows = yield* all(
    `SELECT * FROM person_session WHERE person_id = $1 AND expires_at > $2
      ORDER BY created_at DESC, id DESC LIMIT 500`,
    personId,
    nowMs,
  );
  return rows.map(toSession);
}

type EndWish = Parameters<PeopleStore["endSessions"]>[0];

/** Ends one session of a person, all but one, or all; gives how many there were. */
export function* endSessions(_: Dialect, wish: EndWish): Transaction<number> {
  const rows = yield* all(
    `DELETE FROM person_session
      WHERE person_id = $1 AND ($2 = '' OR id = $2) AND id <> $3 RETURNING id`,
    wish.personId,
    wish.only ?? "",
    wish.except ?? "",
  );
  return rows.length;
}

/** Everybody with an account, oldest first, at most `limit`. */
export function* listPeople(_: Dialect, limit: number): Transaction<readonly PersonRow[]> {
  const rows = yield* all(`SELECT * FROM person ORDER BY created_at, id LIMIT $1`, limit);
  return rows.map((row) => ({
    id: text(row, "id"),
    name: text(row, "name"),
    email: text(row, "email"),
    createdAtMs: integer(row, "created_at"),
  }));
}

function toSession(row: Row): SessionRow {
  return {
    id: text(row, "id"),
    createdAtMs: integer(row, "created_at"),
    lastSeenAtMs: integer(row, "updated_at"),
    expiresAtMs: integer(row, "expires_at"),
    address: textOrNull(row, "ip_address") ?? "",
    agent: textOrNull(row, "user_agent") ?? "",
  };
}
