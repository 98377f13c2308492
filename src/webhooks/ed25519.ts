import { createPrivateKey, createPublicKey, sign } from "node:crypto";

/** A pair of keys in the words of Standard Webhooks. */
export interface SigningPair {
  /** `whsk_…`: seed and public key, 64 bytes in base64. Signs. */
  readonly secretKey: string;
  /** `whpk_…`: 32 bytes in base64. Verifies, and may be known to all. */
  readonly publicKey: string;
}

/** A public key as a set of keys lists it (RFC 8037). */
export interface PublicJwk {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  /** The key in base64url. */
  readonly x: string;
  readonly use: "sig";
  readonly alg: "EdDSA";
}

/** Makes the pair of a seed of 32 bytes: the same from the same seed. */
export function signingPair(seed: Uint8Array): SigningPair {
  const { x = "" } = createPublicKey(privateKey(seed)).export({ format: "jwk" });
  const publicBytes = Buffer.from(x, "base64url");
  const secretKey = `whsk_${Buffer.concat([seed, publicBytes]).toString("base64")}`;
  return { secretKey, publicKey: `whpk_${publicBytes.toString("base64")}` };
}

/** Signs a text with a `whsk_…` key; base64. */
export function signEd25519(text: string, secretKey: string): string {
  const seed = Buffer.from(secretKey.replace(/^whsk_/, ""), "base64").subarray(0, 32);
  return sign(null, Buffer.from(text), privateKey(seed)).toString("base64");
}

/** Writes a `whpk_…` key for a set of keys. */
export function publicJwk(publicKey: string): PublicJwk {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ""), "base64").toString("base64url");
  return { kty: "OKP", crv: "Ed25519", x, use: "sig", alg: "EdDSA" };
}

/** What stands before the seed in PKCS #8. */
const PKCS8_START = Buffer.from("302e020100300506032b657004220420", "hex");

function privateKey(seed: Uint8Array) {
  const key = Buffer.concat([PKCS8_START, seed]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}
