import { GatewayError } from "../core/error.ts";
import type { InvitationRow } from "../store/people-store.ts";

/** Why somebody does not get in, in public words. */
export function entryRefusal(
  kind: "no_code" | "taken" | "unknown_code" | "spent_code",
): GatewayError {
  switch (kind) {
    case "no_code":
      return new GatewayError(
        "permission_denied",
        "code is missing: accounts here are made with a link from an owner or from " +
          "vidgo setup-link",
      );
    case "taken":
      return new GatewayError("conflict", "email has an account already; sign in with it");
    case "unknown_code":
      return new GatewayError("not_found", "No link has this code; ask for a new one");
    case "spent_code":
      return new GatewayError("gone", "The link was used or has ended; ask for a new one");
  }
}

/** What is wrong with an invitation, or `null` while it can be used. */
export function codeRefusal(invitation: InvitationRow | null, nowMs: number): GatewayError | null {
  if (invitation === null) return entryRefusal("unknown_code");
  return stateOfInvitation(invitation, nowMs) === "open" ? null : entryRefusal("spent_code");
}

/** How an invitation stands. */
export function stateOfInvitation(
  { usedAtMs, revokedAtMs, expiresAtMs }: InvitationRow,
  nowMs: number,
): "open" | "used" | "ended" | "revoked" {
  if (usedAtMs !== null) return "used";
  if (revokedAtMs !== null) return "revoked";
  return expiresAtMs <= nowMs ? "ended" : "open";
}
