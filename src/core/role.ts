import { SCOPES, type Scope, USUAL_SCOPES } from "./key.ts";

/** What a person may be in a project, the most first. */
export const ROLES = ["owner", "member", "viewer"] as const;

/** A member of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  member: USUAL_SCOPES,
  viewer: ["read"],
};

/** What a role lets a person do: the scopes of a key that may do the same. */
export function scopesOfRole(role: Role): readonly Scope[] {
  return SCOPES_OF[role];
}
