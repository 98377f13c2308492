import type { Role } from "../core/role.ts";
import type { JsonObject } from "../lib/json.ts";
import { timeOrNull, wireTime } from "./time.ts";

/** Somebody with an account. */
export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAtMs: number;
}

/** A session that lasts, with who and where. */
export interface ShownSession {
  readonly person: ShownPerson;
  readonly session: { readonly id: string; readonly createdAtMs: number };
  readonly expiresAtMs: number;
  readonly confirmedUntilMs: number;
  readonly places: readonly {
    readonly projectId: string;
    readonly name: string;
    readonly role: Role;
    readonly scopes: readonly string[];
    /** Whether the role is over providers and the system too. */
    readonly runsGateway: boolean;
    readonly createdAtMs: number;
  }[];
}

/** What is true whoever asks. */
export interface SessionFacts {
  readonly signup: "invite" | "open";
  readonly setupNeeded: boolean;
  readonly version: string;
}

/** Writes a session, or that there is none. */
export function sessionData(live: ShownSession | null, facts: SessionFacts): JsonObject {
  return {
    person: live === null ? null : personItem(live.person),
    session:
      live === null
        ? null
        : {
            id: live.session.id,
            created_time: wireTime(live.session.createdAtMs),
            expires_time: wireTime(live.expiresAtMs),
            confirmed_until: wireTime(live.confirmedUntilMs),
          },
    projects: (live?.places ?? []).map((place) => ({
      id: place.projectId,
      name: place.name,
      role: place.role,
      scopes: [...place.scopes],
      runs_gateway: place.runsGateway,
      created_time: wireTime(place.createdAtMs),
    })),
    signup: facts.signup,
    setup_needed: facts.setupNeeded,
    version: facts.version,
  };
}

/** Writes somebody with an account. */
export function personItem({ id, name, email, createdAtMs }: ShownPerson): JsonObject {
  return { id, name, email, created_time: wireTime(createdAtMs) };
}

/** Writes one of a person's sessions. */
export function sessionItem(
  session: {
    readonly id: string;
    readonly createdAtMs: number;
    readonly lastSeenAtMs: number;
    readonly expiresAtMs: number;
    readonly address: string;
    readonly agent: string;
  },
  currentId: string,
): JsonObject {
  return {
    id: session.id,
    current: session.id === currentId,
    created_time: wireTime(session.createdAtMs),
    last_seen_time: wireTime(session.lastSeenAtMs),
    expires_time: wireTime(session.expiresAtMs),
    address: session.address,
    agent: session.agent,
  };
}

/** Writes a person of a project. */
export function memberItem(member: {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joinedAtMs: number;
  readonly lastSeenAtMs: number | null;
}): JsonObject {
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: member.role,
    joined_time: wireTime(member.joinedAtMs),
    last_seen_time: timeOrNull(member.lastSeenAtMs),
  };
}

/** Writes an invitation; its code is not in it. */
export function invitationItem(
  invitation: {
    readonly id: string;
    readonly kind: "setup" | "invite";
    readonly role: Role;
    readonly note: string;
    readonly createdAtMs: number;
    readonly expiresAtMs: number;
    readonly usedAtMs: number | null;
    readonly usedBy: string | null;
  },
  state: "open" | "used" | "ended" | "revoked",
): JsonObject {
  const { id, kind, role, note } = invitation;
  return {
    ...{ id, kind, role, note, state },
    created_time: wireTime(invitation.createdAtMs),
    expires_time: wireTime(invitation.expiresAtMs),
    used_time: timeOrNull(invitation.usedAtMs),
    used_by: invitation.usedBy,
  };
}
