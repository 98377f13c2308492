import { createHmac } from "node:crypto";
import { SECRET_OVERLAP_MS, type SecretTurn } from "../core/delivery.ts";

/** The webhook secrets of all projects: derived, never stored. */
export interface WebhookSecrets {
  /** The secret (`whsec_…`) of a turn. */
  at(projectId: string, turn: number): string;
  /** Those that sign now, the present one first; the former too for a day after a rotation. */
  inForce(projectId: string, at: SecretTurn & { readonly nowMs: number }): readonly string[];
}

/**
 * Makes the secrets from the derived key for webhooks: the same after a restart and on every node,
 * unlike those of any other project or turn.
 */
export function createWebhookSecrets(key: Uint8Array): WebhookSecrets {
  const at = (projectId: string, turn: number): string => {
    const name = turn === 0 ? projectId : `${projectId} ${turn}`;
    return `whsec_${createHmac("sha256", key).update(name).digest("base64")}`;
  };
  return {
    at,
    inForce(projectId, { turn, turnedAtMs, nowMs }) {
      const former = turnedAtMs !== null && nowMs < turnedAtMs + SECRET_OVERLAP_MS;
      return [turn, ...(former ? [turn - 1] : [])].map((each) => at(projectId, each));
    },
  };
}
