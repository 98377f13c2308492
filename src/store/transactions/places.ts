import { ROLES, type Role } from "../../core/role.ts";
import type { Actor } from "../door-store.ts";
import type {
  Entry,
  EntryResult,
  InvitationRow,
  MemberRow,
  NewInvitation,
  PeopleStore,
  ProjectLine,
} from "../people-store.ts";
import { integer, integerOrNull, oneOf, text, textOrNull } from "../rows.ts";
import { all, type Dialect, first, type Row, type Transaction } from "../transaction.ts";
import { insertAudit } from "./audit.ts";
import { insertProject } from "./keys.ts";

/** Lets a person into a project, by a code or by making one. */
export function* enterProject(dialect: Dialect, entry: Entry): Transaction<EntryResult> {
  if (entry.kind === "code") return yield* spendCode(entry);
  yield* insertProject(dialect, entry.project);
  yield* addMember({ ...entry, projectId: entry.project.id, role: "owner" });
  yield* insertAudit({
    ...{ auditId: entry.auditId, projectId: entry.project.id, actor: entry.personId },
    ...{ action: "project.create", subject: entry.project.id, nowMs: entry.nowMs },
  });
  return { kind: "entered", projectId: entry.project.id };
}

type CodeEntry = Extract<Entry, { readonly kind: "code" }>;

function* spendCode(entry: CodeEntry): Transaction<EntryResult> {
  const used = yield* first(
    `UPDATE invitation SET used_at = $1, used_by = $2
      WHERE digest = $3 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $1
      RETURNING *`,
    entry.nowMs,
    entry.personId,
    entry.digest,
  );
  if (used === null) {
    const known = yield* first(`SELECT id FROM invitation WHERE digest = $1`, entry.digest);
    return { kind: known === null ? "unknown_code" : "spent_code" };
  }
  const projectId = text(used, "project_id");
  yield* addMember({ ...entry, projectId, role: oneOf(text(used, "role"), ROLES) });
  if (text(used, "kind") === "setup") {
    yield* all(
      `UPDATE invitation SET revoked_at = $1
        WHERE project_id = $2 AND kind = 'setup' AND used_at IS NULL AND revoked_at IS NULL`,
      entry.nowMs,
      projectId,
    );
  }
  const { auditId, personId: actor, nowMs } = entry;
  yield* insertAudit({
    ...{ auditId, projectId, actor, action: "member.join", subject: text(used, "id"), nowMs },
  });
  return { kind: "entered", projectId };
}

/** Who is in the project already keeps the greater of both roles. */
function* addMember(place: {
  readonly projectId: string;
  readonly personId: string;
  readonly role: Role;
  readonly nowMs: number;
}): Transaction<void> {
  yield* all(
    `INSERT INTO member (project_id, person_id, role, created_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (project_id, person_id) DO UPDATE SET role = CASE
        WHEN 'owner' IN (member.role, excluded.role) THEN 'owner'
        WHEN 'member' IN (member.role, excluded.role) THEN 'member'
        ELSE 'viewer' END`,
    place.projectId,
    place.personId,
    place.role,
    place.nowMs,
  );
}

/** The people of a project, oldest first. */
export function* listMembers(_: Dialect, projectId: string): Transaction<readonly MemberRow[]> {
  const rows = yield* all(
    `SELECT person.id, person.name, person.email, member.role, member.created_at,
        (SELECT max(updated_at) FROM person_session
          WHERE person_session.person_id = person.id) AS last_seen_at
      FROM member JOIN person ON person.id = member.person_id
      WHERE member.project_id = $1 ORDER BY member.created_at, person.id`,
    projectId,
  );
  return rows.map((row) => ({
    id: text(row, "id"),
    name: text(row, "name"),
    email: text(row, "email"),
    role: oneOf(text(row, "role"), ROLES),
    joinedAtMs: integer(row, "created_at"),
    lastSeenAtMs: integerOrNull(row, "last_seen_at"),
  }));
}

type MemberChange = Parameters<PeopleStore["changeMember"]>[0];

/** Changes a role, or removes a member; never the last owner. */
export function* changeMember(
  _: Dialect,
  wish: MemberChange,
): Transaction<"changed" | "unknown" | "last_owner"> {
  // Two owners who remove each other at once must not both succeed.
  yield* all(`UPDATE project SET name = name WHERE id = $1`, wish.projectId);
  const rows = yield* all(`SELECT * FROM member WHERE project_id = $1`, wish.projectId);
  const member = rows.find((row) => row.person_id === wish.personId);
  if (member === undefined) return "unknown";
  const owners = rows.filter((row) => row.role === "owner");
  if (wish.role !== "owner" && owners.length === 1 && owners[0] === member) return "last_owner";
  if (wish.role === null) {
    yield* all(
      `DELETE FROM member WHERE project_id = $1 AND person_id = $2`,
      wish.projectId,
      wish.personId,
    );
  } else {
    yield* all(
      `UPDATE member SET role = $1 WHERE project_id = $2 AND person_id = $3`,
      wish.role,
      wish.projectId,
      wish.personId,
    );
  }
  const action = wish.role === null ? "member.remove" : "member.change";
  yield* insertAudit({ ...actorOf(wish), action, subject: wish.personId });
  return "changed";
}

/** Stores an invitation. */
export function* invite(_: Dialect, invitation: NewInvitation): Transaction<void> {
  yield* all(
    `INSERT INTO invitation (id, project_id, kind, role, digest, note, made_by, created_at,
        expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    invitation.id,
    invitation.projectId,
    invitation.kind,
    invitation.role,
    invitation.digest,
    invitation.note,
    invitation.madeBy,
    invitation.createdAtMs,
    invitation.expiresAtMs,
  );
  yield* insertAudit({
    auditId: `aud_${invitation.id}`,
    projectId: invitation.projectId,
    actor: invitation.madeBy,
    action: "invitation.create",
    subject: invitation.id,
    nowMs: invitation.createdAtMs,
  });
}

/** The invitations of a project, newest first. */
export function* listInvitations(
  _: Dialect,
  projectId: string,
): Transaction<readonly InvitationRow[]> {
  const rows = yield* all(
    `SELECT * FROM invitation WHERE project_id = $1 ORDER BY created_at DESC, id DESC LIMIT 500`,
    projectId,
  );
  return rows.map(toInvitation);
}

/** The invitation of a code with the name of its project, or `null`. */
export function* findInvitation(
  _: Dialect,
  digest: string,
): Transaction<(InvitationRow & { readonly projectName: string }) | null> {
  const row = yield* first(
    `SELECT invitation.*, project.name AS project_name
      FROM invitation JOIN project ON project.id = invitation.project_id WHERE digest = $1`,
    digest,
  );
  return row === null ? null : { ...toInvitation(row), projectName: text(row, "project_name") };
}

/** Takes an open invitation back. */
export function* withdrawInvitation(
  _: Dialect,
  wish: Actor & { readonly invitationId: string },
): Transaction<boolean> {
  const row = yield* first(
    `UPDATE invitation SET revoked_at = $1
      WHERE id = $2 AND project_id = $3 AND used_at IS NULL AND revoked_at IS NULL
        AND expires_at > $1 RETURNING id`,
    wish.nowMs,
    wish.invitationId,
    wish.projectId,
  );
  if (row === null) return false;
  yield* insertAudit({ ...actorOf(wish), action: "invitation.revoke", subject: wish.invitationId });
  return true;
}

/** Every project with the number of its people, oldest first, at most `limit`. */
export function* listProjects(_: Dialect, limit: number): Transaction<readonly ProjectLine[]> {
  const rows = yield* all(
    `SELECT project.*, (SELECT count(*) FROM member WHERE member.project_id = project.id) AS members
      FROM project ORDER BY created_at, id LIMIT $1`,
    limit,
  );
  return rows.map((row) => ({
    id: text(row, "id"),
    name: text(row, "name"),
    email: text(row, "email"),
    createdAtMs: integer(row, "created_at"),
    balance: integer(row, "balance"),
    members: integer(row, "members"),
  }));
}

/** Gives a project another name; gives whether it is there. */
export function* renameProject(
  _: Dialect,
  wish: Actor & { readonly name: string },
): Transaction<boolean> {
  const row = yield* first(
    `UPDATE project SET name = $1 WHERE id = $2 RETURNING id`,
    wish.name,
    wish.projectId,
  );
  if (row === null) return false;
  yield* insertAudit({ ...actorOf(wish), action: "project.rename", subject: wish.projectId });
  return true;
}

function actorOf({ projectId, auditId, actor, nowMs }: Actor): Actor {
  return { projectId, auditId, actor, nowMs };
}

function toInvitation(row: Row): InvitationRow {
  return {
    id: text(row, "id"),
    projectId: text(row, "project_id"),
    kind: oneOf(text(row, "kind"), ["setup", "invite"] as const),
    role: oneOf(text(row, "role"), ROLES),
    note: text(row, "note"),
    madeBy: text(row, "made_by"),
    createdAtMs: integer(row, "created_at"),
    expiresAtMs: integer(row, "expires_at"),
    usedAtMs: integerOrNull(row, "used_at"),
    usedBy: textOrNull(row, "used_by"),
    revokedAtMs: integerOrNull(row, "revoked_at"),
  };
}
