import type { Role } from "../core/role.ts";
import type { Actor } from "./door-store.ts";
import type { NewProject, ProjectRow } from "./key-store.ts";
import type { Row, SqlValue } from "./transaction.ts";

/** People, their sessions, and their places in projects. */
export interface PeopleStore {
  /** Rows of the sign-in library. */
  rows(query: PersonQuery): Promise<readonly Row[]>;
  /** Writes rows of the sign-in library, all or none. */
  write(batch: PersonBatch): Promise<WriteResult>;
  /** A session by the digest of its token with who it is and where they may go, or `null`. */
  session(digest: string): Promise<SessionView | null>;
  /** Moves the end of a session and notes that it was used. */
  touchSession(use: {
    readonly sessionId: string;
    readonly expiresAtMs: number;
    readonly nowMs: number;
  }): Promise<void>;
  /** The sessions of a person that have not ended, newest first. */
  sessions(personId: string, nowMs: number): Promise<readonly SessionRow[]>;
  /** Ends sessions of a person: one, all but one, or all. Gives how many there were. */
  endSessions(wish: {
    readonly personId: string;
    readonly only?: string;
    readonly except?: string;
  }): Promise<number>;
  /** Whether anybody has an account. */
  anybody(): Promise<boolean>;
  /** Everybody with an account, oldest first. */
  everybody(): Promise<readonly PersonRow[]>;
  members(projectId: string): Promise<readonly MemberRow[]>;
  /** Changes a role, or with `null` removes a member. A project never loses its last owner. */
  changeMember(
    wish: Actor & { readonly personId: string; readonly role: Role | null },
  ): Promise<"changed" | "unknown" | "last_owner">;
  invite(invitation: NewInvitation): Promise<void>;
  invitations(projectId: string): Promise<readonly InvitationRow[]>;
  /** The invitation of a code's digest with the name of its project, or `null`. */
  invitation(digest: string): Promise<(InvitationRow & { readonly projectName: string }) | null>;
  /** Takes an open invitation back; gives whether it was open. */
  withdraw(wish: Actor & { readonly invitationId: string }): Promise<boolean>;
  /** Uses an invitation or makes a project, for somebody who has an account. */
  enter(entry: Entry): Promise<EntryResult>;
  /** Every project, oldest first. */
  projects(): Promise<readonly ProjectLine[]>;
  renameProject(wish: Actor & { readonly name: string }): Promise<boolean>;
}

/** The tables that the sign-in library reads and writes. */
export type PersonTable = "person" | "person_session" | "person_login" | "person_proof";

/** A comparison with a column; several hold together. */
export interface PersonWhere {
  readonly column: string;
  readonly operator: "=" | "<>" | "<" | "<=" | ">" | ">=" | "in";
  readonly value: SqlValue | readonly SqlValue[];
}

/** Which rows of a table. */
export interface PersonQuery {
  readonly table: PersonTable;
  readonly where: readonly PersonWhere[];
  readonly limit: number;
  readonly offset?: number;
  readonly order?: { readonly column: string; readonly descending: boolean };
}

/** One change of a table. */
export type PersonWrite =
  | { readonly kind: "insert"; readonly table: PersonTable; readonly row: Row }
  | {
      readonly kind: "update";
      readonly table: PersonTable;
      readonly where: readonly PersonWhere[];
      readonly set: Row;
    }
  | {
      readonly kind: "delete";
      readonly table: PersonTable;
      readonly where: readonly PersonWhere[];
    };

/** Changes that happen together, and the way by which a new person comes in. */
export interface PersonBatch {
  readonly writes: readonly PersonWrite[];
  readonly entry: Entry | null;
}

/** What became of a batch; whatever is not `written` left nothing behind. */
export type WriteResult =
  | { readonly kind: "written"; readonly rows: readonly (readonly Row[])[] }
  /** The address has an account. */
  | { readonly kind: "taken" }
  | Exclude<EntryResult, { readonly kind: "entered" }>;

/** How a person gets into a project. */
export type Entry =
  | {
      readonly kind: "code";
      readonly personId: string;
      readonly digest: string;
      readonly auditId: string;
      readonly nowMs: number;
    }
  | {
      readonly kind: "project";
      readonly personId: string;
      readonly project: NewProject;
      readonly auditId: string;
      readonly nowMs: number;
    };

/** What became of an entry. */
export type EntryResult =
  | { readonly kind: "entered"; readonly projectId: string }
  /** Nobody made the code. */
  | { readonly kind: "unknown_code" }
  /** The code was used, was taken back, or has ended. */
  | { readonly kind: "spent_code" };

/** A session, the person and their places. */
export interface SessionView {
  readonly session: SessionRow;
  readonly person: PersonRow;
  readonly places: readonly PlaceRow[];
}

/** A stored session. */
export interface SessionRow {
  readonly id: string;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number;
  /** Where it was opened from. */
  readonly address: string;
  readonly agent: string;
}

/** Somebody with an account. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAtMs: number;
}

/** A project that a person may go to. */
export interface PlaceRow {
  readonly projectId: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAtMs: number;
}

/** A project as its operator sees it. */
export interface ProjectLine extends ProjectRow {
  /** How many people are in it. */
  readonly members: number;
}

/** A person in a project. */
export interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joinedAtMs: number;
  /** Of a session that has not been removed, or `null`. */
  readonly lastSeenAtMs: number | null;
}

/** An invitation to be stored. */
export interface NewInvitation {
  readonly id: string;
  readonly projectId: string;
  /** `setup`: from the operator; using one ends all others of its kind. */
  readonly kind: "setup" | "invite";
  readonly role: Role;
  readonly digest: string;
  readonly note: string;
  /** The id of a person or a key, or `operator`. */
  readonly madeBy: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** A stored invitation. */
export interface InvitationRow extends Omit<NewInvitation, "digest"> {
  readonly usedAtMs: number | null;
  /** The id of a person, or `null`. */
  readonly usedBy: string | null;
  readonly revokedAtMs: number | null;
}
