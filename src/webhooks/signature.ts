import { createHmac, timingSafeEqual } from "node:crypto";
import { signEd25519 } from "./ed25519.ts";

/** A message as it is signed: https://www.standardwebhooks.com, version 1. */
export interface SignedMessage {
  /** The event's id, the same for every try. */
  readonly id: string;
  /** When this try leaves, seconds since 1970. */
  readonly timestampS: number;
  /** The exact bytes of the body. */
  readonly body: string;
}

/** The three headers of a signed message. */
export type SignatureHeaders = {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
};

/**
 * Signs a message with each secret (`whsec_…`) and private key (`whsk_…`); two of each during a
 * rotation, so that a receiver may know either. Receivers pass over versions they do not know.
 */
export function signWebhook(message: SignedMessage, secrets: readonly string[]): SignatureHeaders {
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestampS),
    "webhook-signature": secrets.map((secret) => signatureBy(message, secret)).join(" "),
  };
}

function signatureBy(message: SignedMessage, secret: string): string {
  if (!secret.startsWith("whsk_")) return `v1,${mark(message, secret)}`;
  return `v1a,${signEd25519(signedText(message), secret)}`;
}

function signedText({ id, timestampS, body }: SignedMessage): string {
  return `${id}.${timestampS}.${body}`;
}

/** What a receiver got and when. */
export interface ReceivedWebhook {
  readonly headers: Headers;
  readonly body: string;
  readonly nowS: number;
}

/** How old or early a message may be, seconds. */
export const TOLERANCE_S = 300;

/** Whether one of the signatures is by `secret` and the message is not older than five minutes. */
export function isSignedWebhook(received: ReceivedWebhook, secret: string): boolean {
  const { headers, body, nowS } = received;
  const id = headers.get("webhook-id");
  const stamp = headers.get("webhook-timestamp") ?? "";
  if (id === null || !/^\d{1,12}$/.test(stamp)) return false;
  if (Math.abs(nowS - Number(stamp)) > TOLERANCE_S) return false;
  const expected = Buffer.from(`v1,${mark({ id, timestampS: Number(stamp), body }, secret)}`);
  return (headers.get("webhook-signature") ?? "").split(" ").some((given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}

function mark(message: SignedMessage, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(signedText(message)).digest("base64");
}
