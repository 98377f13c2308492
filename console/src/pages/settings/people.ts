import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import type { Role } from "../../lib/session.tsx";

/** A person of the project. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joined_time: string;
  readonly last_seen_time: string | null;
}

/** An invitation; its link is shown once, when it is made. */
export interface Invitation {
  readonly id: string;
  readonly role: Role;
  readonly note: string;
  readonly state: "open" | "used" | "ended" | "revoked";
  readonly created_time: string;
  readonly expires_time: string;
  readonly used_by: string | null;
}

/** An invitation at the only moment at which its link is shown. */
export interface FreshInvitation extends Invitation {
  readonly url: string;
}

/** A place where the person is signed in. */
export interface SignIn {
  readonly id: string;
  readonly current: boolean;
  readonly created_time: string;
  readonly last_seen_time: string;
  readonly address: string | null;
  readonly agent: string | null;
}

/** The people of a project. */
export function membersQuery(project: string) {
  return queryOptions({
    queryKey: ["people", project, "members"],
    queryFn: async ({ signal }) =>
      (await api<{ members: readonly Member[] }>("/api/members", { signal })).members,
  });
}

/** Its invitations, newest first. */
export function invitationsQuery(project: string) {
  return queryOptions({
    queryKey: ["people", project, "invitations"],
    queryFn: async ({ signal }) =>
      (await api<{ invitations: readonly Invitation[] }>("/api/invitations", { signal }))
        .invitations,
  });
}

/** Where the person is signed in. */
export function sessionsQuery() {
  return queryOptions({
    queryKey: ["sessions"],
    queryFn: async ({ signal }) =>
      (await api<{ sessions: readonly SignIn[] }>("/api/session/list", { signal })).sessions,
  });
}
