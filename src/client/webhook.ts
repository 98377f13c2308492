import { createHmac, timingSafeEqual } from "node:crypto";
import type { CallbackBody } from "../wire/callback.ts";

/** A callback as it came in. */
export interface ReceivedCallback {
  /** Names in lower case, as Node gives them, or a `Headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The exact text of the body: verify before parsing. */
  readonly body: string;
  /** The project's secret, `whsec_…`. */
  readonly secret: string;
  /** Seconds since 1970; `Math.floor(Date.now() / 1000)`. */
  readonly nowS: number;
}

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
  if (Math.abs(nowS - Number(stamp)) > TOLERANCE_S) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const mark = createHmac("sha256", key).update(`${id}.${stamp}.${body}`).digest("base64");
  const expected = Buffer.from(`v1,${mark}`);
  return headerOf(headers, "webhook-signature")
    .split(" ")
    .map((given) => Buffer.from(given))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

function headerOf(headers: ReceivedCallback["headers"], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === "string" ? value : "";
}
