import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import type { CallbackBody } from "../wire/callback.ts";

/** A callback as it came in. */
export interface ReceivedCallback {
  /** Names in lower case, as Node gives them, or a `Headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The exact text of the body: verify before parsing. */
  readonly body: string;
  /**
   * The project's secret (`whsec_…`), or its public key (`whpk_…`) where the receiver shall hold no
   * secret. Of several any one will do: give both while one replaces the other.
   */
  readonly secret: string | readonly string[];
  /** Seconds since 1970; `Math.floor(Date.now() / 1000)`. */
  readonly nowS: number;
}

/** As Standard Webhooks has it. */
const SECRET_BYTES_MIN = 24;
/** How old or early a callback may be, seconds. */
const TOLERANCE_S = 300;

/**
 * Verifies and reads a callback in one call: `null` unless the gateway signed it with this secret
 * within the last five minutes. The same event may come more than once; `task_id` tells.
 */
export function readCallback(received: ReceivedCallback): CallbackBody | null {
  return isSigned(received) ? JSON.parse(received.body) : null;
}

function isSigned({ headers, body, secret, nowS }: ReceivedCallback): boolean {
  const id = headerOf(headers, "webhook-id");
  const stamp = headerOf(headers, "webhook-timestamp");
  if (id === "" || !/^\d{1,12}$/.test(stamp)) return false;
  // Written so that a time that is none lets nothing pass.
  if (!(Math.abs(nowS - Number(stamp)) <= TOLERANCE_S)) return false;
  const text = `${id}.${stamp}.${body}`;
  const given = headerOf(headers, "webhook-signature").split(" ");
  return [secret]
    .flat()
    .some((each) =>
      each.startsWith("whpk_") ? isByKey(text, given, each) : isBySecret(text, given, each),
    );
}

function isBySecret(text: string, given: readonly string[], secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  // Where the setting is empty or cut short, anybody could sign.
  if (key.length < SECRET_BYTES_MIN) return false;
  const mark = createHmac("sha256", key).update(text).digest("base64");
  const expected = Buffer.from(`v1,${mark}`);
  return given
    .map((each) => Buffer.from(each))
    .some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}

function isByKey(text: string, given: readonly string[], publicKey: string): boolean {
  const bytes = Buffer.from(publicKey.replace(/^whpk_/, ""), "base64");
  if (bytes.length !== 32) return false;
  const x = bytes.toString("base64url");
  const jwk = { kty: "OKP", crv: "Ed25519", x };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return given
    .filter((each) => each.startsWith("v1a,"))
    .some((each) => verify(null, Buffer.from(text), key, Buffer.from(each.slice(4), "base64")));
}

/** Reads a project's set of public keys (`GET /webhooks/<project>/jwks.json`) into `secret`. */
export function readPublicKeys(jwks: {
  readonly keys: readonly { readonly crv?: string; readonly x?: string }[];
}): readonly string[] {
  return jwks.keys.flatMap(({ crv, x }) =>
    crv === "Ed25519" && x !== undefined
      ? [`whpk_${Buffer.from(x, "base64url").toString("base64")}`]
      : [],
  );
}

function headerOf(headers: ReceivedCallback["headers"], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === "string" ? value : "";
}
