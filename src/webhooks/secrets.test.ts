import assert from "node:assert/strict";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { SECRET_OVERLAP_MS } from "../core/delivery.ts";
import { createWebhookSecrets } from "./secrets.ts";
import { signWebhook } from "./signature.ts";

const secrets = createWebhookSecrets(Buffer.alloc(32, 1));
const NOW_MS = Date.now();

test("at() differs by key, project and turn, lasts, and suits the reference library", () => {
  const secret = secrets.at("proj_a", 0);
  const others = [
    secrets.at("proj_b", 0),
    secrets.at("proj_a", 1),
    secrets.at("proj_a", 2),
    createWebhookSecrets(Buffer.alloc(32, 2)).at("proj_a", 0),
  ];
  assert.equal(new Set([secret, ...others]).size, 5);
  assert.equal(createWebhookSecrets(Buffer.alloc(32, 1)).at("proj_a", 0), secret);
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  const message = { id: "e", timestampS: Math.floor(NOW_MS / 1000), body: "1" };
  new Webhook(secret).verify("1", signWebhook(message, [secret]));
});

test("inForce() gives one secret before the first rotation", () => {
  const now = secrets.inForce("p", { turn: 0, turnedAtMs: null, nowMs: NOW_MS });
  assert.deepEqual(now, [secrets.at("p", 0)]);
});

test("inForce() gives the former too for a day after a rotation, and then no more", () => {
  const turn = { turn: 3, turnedAtMs: NOW_MS };
  const both = [secrets.at("p", 3), secrets.at("p", 2)];
  assert.deepEqual(secrets.inForce("p", { ...turn, nowMs: NOW_MS }), both);
  const lastMs = NOW_MS + SECRET_OVERLAP_MS - 1;
  assert.deepEqual(secrets.inForce("p", { ...turn, nowMs: lastMs }), both);
  assert.deepEqual(secrets.inForce("p", { ...turn, nowMs: lastMs + 1 }), both.slice(0, 1));
});

test("signers() adds a private key to each secret, and publicKeys() are their other halves", () => {
  const turn = { turn: 1, turnedAtMs: NOW_MS, nowMs: NOW_MS };
  const signers = secrets.signers("p", turn);
  assert.deepEqual(signers.slice(0, 2), secrets.inForce("p", turn));
  const halves = signers.slice(2).map((key) => {
    assert.match(key, /^whsk_/);
    const bytes = Buffer.from(key.slice("whsk_".length), "base64").subarray(32);
    return `whpk_${bytes.toString("base64")}`;
  });
  assert.deepEqual(secrets.publicKeys("p", turn), halves);
  const others = [
    secrets.publicKeys("q", turn),
    secrets.publicKeys("p", { turn: 2, turnedAtMs: null, nowMs: NOW_MS }),
    createWebhookSecrets(Buffer.alloc(32, 2)).publicKeys("p", turn),
  ].flat();
  assert.equal(new Set([...halves, ...others]).size, 7);
});
