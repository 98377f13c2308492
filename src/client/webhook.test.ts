import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { signingPair } from "../webhooks/ed25519.ts";
import { signWebhook } from "../webhooks/signature.ts";
import { readCallback } from "./webhook.ts";

const secret = secretOf(1);
const body = JSON.stringify({ task_id: "t", status: "finished", files: [], error_message: null });
const signed = signWebhook({ id: "evt_1", timestampS: 1_000, body }, [secret]);

test("readCallback() reads what the gateway signed, from either kind of headers", () => {
  const expected = JSON.parse(body);
  assert.deepEqual(readCallback({ headers: signed, body, secret, nowS: 1_200 }), expected);
  const headers = new Headers(signed);
  assert.deepEqual(readCallback({ headers, body, secret, nowS: 900 }), expected);
});

test("readCallback() gives null, when anything is not as it was signed", () => {
  const right = { headers: signed, body, secret, nowS: 1_000 };
  const wrong = [
    { ...right, body: `${body} ` },
    { ...right, nowS: 1_301 },
    { ...right, nowS: 699 },
    { ...right, nowS: Number.NaN },
    { ...right, secret: secretOf(2) },
    { ...right, headers: { ...signed, "webhook-id": "evt_2" } },
    { ...right, headers: { ...signed, "webhook-timestamp": "1001" } },
    { ...right, headers: { ...signed, "webhook-signature": "v1,AAAA" } },
    { ...right, headers: {} },
  ];
  for (const each of wrong) assert.equal(readCallback(each), null);
});

test("readCallback() takes nothing while the secret is empty or cut short", () => {
  for (const secret of ["", "whsec_", "whsec_c2hvcnQ=", "not base64 at all!"]) {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const mark = createHmac("sha256", key).update(`evt_1.${1000}.${body}`).digest("base64");
    const headers = {
      "webhook-id": "evt_1",
      "webhook-timestamp": "1000",
      "webhook-signature": `v1,${mark}`,
    };
    assert.equal(readCallback({ headers, body, secret, nowS: 1_000 }), null, secret);
  }
});

test("readCallback() takes a public key instead of the secret, or several of either", () => {
  const now = signingPair(Buffer.alloc(32, 1));
  const next = signingPair(Buffer.alloc(32, 2));
  const message = { id: "evt_1", timestampS: 1_000, body };
  const headers = signWebhook(message, [secret, now.secretKey]);
  const read = (keys: string | readonly string[], more = {}) =>
    readCallback({ headers, body, secret: keys, nowS: 1_000, ...more }) !== null;
  assert.equal(read(now.publicKey), true);
  assert.equal(read([next.publicKey, now.publicKey]), true);
  assert.equal(read([secretOf(2), secret]), true);
  for (const keys of [next.publicKey, [], "whpk_", "whpk_AAAA", secretOf(2)]) {
    assert.equal(read(keys), false, String(keys));
  }
  assert.equal(read(now.publicKey, { body: `${body} ` }), false);
  assert.equal(read(now.publicKey, { nowS: 1_301 }), false);
  const symmetric = signWebhook(message, [secret]);
  assert.equal(read(now.publicKey, { headers: symmetric }), false, "no signature of its kind");
});

function secretOf(fill: number): string {
  return `whsec_${Buffer.alloc(32, fill).toString("base64")}`;
}
