import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a secret with AES-256-GCM under a key of 32 bytes. `boundTo` is not stored in it: only
 * who says the same again can open it, so that a sealed text cannot be moved elsewhere.
 */
export function seal(key: Uint8Array, secret: string, boundTo: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${nonce.toString("base64url")}.${body.toString("base64url")}`;
}

/** Decrypts what {@link seal} gave, or `null` when key, binding or text are not the same. */
export function unseal(key: Uint8Array, sealed: string, boundTo: string): string | null {
  const [version, nonceText = "", bodyText = ""] = sealed.split(".");
  const nonce = Buffer.from(nonceText, "base64url");
  const body = Buffer.from(bodyText, "base64url");
  if (version !== VERSION || nonce.length !== NONCE_BYTES || body.length < TAG_BYTES) return null;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, options);
  decipher.setAAD(Buffer.from(boundTo)).setAuthTag(body.subarray(-TAG_BYTES));
  try {
    const start = decipher.update(body.subarray(0, -TAG_BYTES));
    return Buffer.concat([start, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
