import { createHmac } from "node:crypto";
import { SECRET_OVERLAP_MS, type SecretTurn } from "../core/delivery.ts";
import { type SigningPair, signingPair } from "./ed25519.ts";

/** The webhook secrets of all projects: derived, never stored. */
export interface WebhookSecrets {
  /** The secret (`whsec_…`) of a turn. */
  at(projectId: string, turn: number): string;
  /** Those in force now, the present one first; the former too for a day after a rotation. */
  inForce(projectId: string, at: Moment): readonly string[];
  /** The public keys (`whpk_…`) whose private halves sign beside them, in the same turns. */
  publicKeys(projectId: string, at: Moment): readonly string[];
  /** All that signs now: the secrets in force and the private keys (`whsk_…`) beside them. */
  signers(projectId: string, at: Moment): readonly string[];
}

/** A project's turn, seen at a time. */
export type Moment = SecretTurn & { readonly nowMs: number };

/** How many pairs of keys are remembered; making one takes longer than signing. */
const PAIRS_MAX = 1_000;

/**
 * Makes the secrets from the derived key for webhooks: the same after a restart and on every node,
 * unlike those of any other project or turn.
 */
export function createWebhookSecrets(key: Uint8Array): WebhookSecrets {
  const derive = (name: string): Buffer => createHmac("sha256", key).update(name).digest();
  const pairs = new Map<string, SigningPair>();
  const at = (projectId: string, turn: number): string => {
    const name = turn === 0 ? projectId : `${projectId} ${turn}`;
    return `whsec_${derive(name).toString("base64")}`;
  };
  const pairAt = (projectId: string, turn: number): SigningPair => {
    const name = `ed25519 ${projectId} ${turn}`;
    const pair = pairs.get(name) ?? signingPair(derive(name));
    if (pairs.size >= PAIRS_MAX) pairs.clear();
    pairs.set(name, pair);
    return pair;
  };
  const inForce = (projectId: string, moment: Moment): readonly string[] =>
    turnsAt(moment).map((turn) => at(projectId, turn));
  const pairsAt = (projectId: string, moment: Moment): readonly SigningPair[] =>
    turnsAt(moment).map((turn) => pairAt(projectId, turn));
  return {
    at,
    inForce,
    publicKeys: (projectId, moment) => pairsAt(projectId, moment).map(({ publicKey }) => publicKey),
    signers: (projectId, moment) => [
      ...inForce(projectId, moment),
      ...pairsAt(projectId, moment).map(({ secretKey }) => secretKey),
    ],
  };
}

function turnsAt({ turn, turnedAtMs, nowMs }: Moment): readonly number[] {
  const former = turnedAtMs !== null && nowMs < turnedAtMs + SECRET_OVERLAP_MS;
  return former ? [turn, turn - 1] : [turn];
}
