import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type RandomBytes, toBase62 } from "../lib/random.ts";

/** Live keys pay the catalogue price; test keys run on the offline engine and pay nothing. */
export type Mode = "live" | "test";

/** What a key may be for; `admin` is for keys, the audit log and the operator's commands. */
export const SCOPES = ["submit", "read", "cancel", "files", "webhooks", "admin"] as const;

/** A member of {@link SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/** What a key may do unless it is told otherwise: everything but `admin`. */
export const USUAL_SCOPES: readonly Scope[] = SCOPES.filter((scope) => scope !== "admin");

const BODY_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const VIDGO_KEY = /^vg_(live|test)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** An API key at the moment of its making: the only time its secret exists in clear. */
export interface NewKey {
  /** `vg_live_` or `vg_test_`, 256 random bits in base62, CRC-32 in base62. */
  readonly secret: string;
  readonly shown: ShownKey;
}

/** What is kept and listed of a key. */
export interface ShownKey {
  /** SHA-256 of the secret, 64 hexadecimal digits. */
  readonly digest: string;
  /** The start, up to and with the fourth character of the random part. */
  readonly prefix: string;
  readonly last4: string;
}

/** Makes a key of the given mode. */
export function makeKey(mode: Mode, random: RandomBytes): NewKey {
  const body = toBase62(BigInt(`0x${Buffer.from(random(32)).toString("hex")}`), BODY_LENGTH);
  const start = `vg_${mode}_${body}`;
  const secret = start + checksum(start);
  return { secret, shown: showKey(secret) };
}

/** Derives what is stored of a secret. */
export function showKey(secret: string): ShownKey {
  const prefix = secret.startsWith("vg_") ? secret.slice(0, 12) : secret.slice(0, 4);
  return { digest: digestKey(secret), prefix, last4: secret.slice(-4) };
}

/** SHA-256 of a secret as 64 hexadecimal digits. 256 random bits need no slow hash. */
export function digestKey(secret: string): string {
  return hash("sha256", secret);
}

/**
 * Tells without a look into the database that a key cannot exist: it starts like one of ours, yet
 * its form or checksum is wrong. Keys of another form (a bootstrap key) are always plausible.
 */
export function isPlausibleKey(secret: string): boolean {
  if (!secret.startsWith("vg_")) return secret.length >= 32 && secret.length <= 512;
  const match = VIDGO_KEY.exec(secret);
  if (match === null) return false;
  const start = secret.slice(0, -CHECKSUM_LENGTH);
  return checksum(start) === secret.slice(-CHECKSUM_LENGTH);
}

/** The mode that a key's text tells, `live` for keys of another form. */
export function modeOfKey(secret: string): Mode {
  return secret.startsWith("vg_test_") ? "test" : "live";
}

function checksum(text: string): string {
  return toBase62(BigInt(crc32(text)), CHECKSUM_LENGTH);
}
