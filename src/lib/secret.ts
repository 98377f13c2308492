import { hkdfSync, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";

/** The root secret, from which every other is derived. At least 32 bytes; never logged. */
export interface RootSecret {
  readonly bytes: Uint8Array;
}

/** What a derived key is for. Another purpose gives an unrelated key. */
export type SecretPurpose =
  | "file-links"
  | "attempt-marks"
  | "sessions"
  | "provider-keys"
  | "webhooks";

/** Bytes of a derived key. */
const KEY_BYTES = 32;

/**
 * Derives a key of 32 bytes for one purpose by HKDF-SHA256. Raise `version` to retire a purpose's
 * key without touching the others.
 */
export function deriveKey(root: RootSecret, purpose: SecretPurpose, version = 1): Uint8Array {
  const info = `vidgo ${purpose} v${version}`;
  return new Uint8Array(hkdfSync("sha256", root.bytes, new Uint8Array(0), info, KEY_BYTES));
}

/** Fewest characters of a root secret that is given as text. */
const SECRET_LENGTH_MIN = 32;

/** Takes a setting's text as root secret, or gives `null` when it is shorter than 32 characters. */
export function secretFromText(text: string): RootSecret | null {
  const trimmed = text.trim();
  return trimmed.length < SECRET_LENGTH_MIN ? null : { bytes: Buffer.from(trimmed, "utf8") };
}

/**
 * Reads the root secret from a file, which is made (mode 0600, 256 random bits) when it is not
 * there; gives `null` when it holds too little. Two processes that start together agree on one.
 * @throws When the file can be neither read nor made.
 */
export function secretFromFile(path: string): RootSecret | null {
  makeSecretFile(path);
  return secretFromText(readFileSync(path, "utf8"));
}

function makeSecretFile(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  // Whole or not at all: a second process must never read half a secret.
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString("base64url")}\n`);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    closeSync(file);
    unlinkSync(draft);
  }
}
