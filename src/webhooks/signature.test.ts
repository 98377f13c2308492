import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { isSignedWebhook, signWebhook, TOLERANCE_S } from "./signature.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OLD_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const NOW_S = Math.floor(Date.now() / 1000);

function received(body: string, headers: Readonly<Record<string, string>>, nowS = NOW_S) {
  return { headers: new Headers(headers), body, nowS };
}

test("signWebhook() gives the signature of the published example", () => {
  const message = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestampS: 1614265330,
    body: '{"test": 2432232314}',
  };
  assert.deepEqual(signWebhook(message, [SECRET]), {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("signWebhook() satisfies the reference library for any body", () => {
  const reference = new Webhook(SECRET);
  fc.assert(
    fc.property(fc.json(), fc.stringMatching(/^evt_[0-9a-z]{26}$/), (body, id) => {
      const headers = signWebhook({ id, timestampS: NOW_S, body }, [SECRET]);
      assert.deepEqual(reference.verify(body, headers), JSON.parse(body));
    }),
    { numRuns: 200 },
  );
});

test("signWebhook() with two secrets satisfies receivers of either", () => {
  const body = '{"a":"é"}';
  const headers = signWebhook({ id: "evt_a", timestampS: NOW_S, body }, [SECRET, OLD_SECRET]);
  for (const secret of [SECRET, OLD_SECRET]) {
    new Webhook(secret).verify(body, headers);
    assert.equal(isSignedWebhook(received(body, headers), secret), true);
  }
  assert.equal(isSignedWebhook(received(body, headers), "whsec_AAAA"), false);
});

test("isSignedWebhook() accepts what the reference library signs", () => {
  const signature = new Webhook(SECRET).sign("msg_1", new Date(NOW_S * 1000), "body");
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(NOW_S),
    "webhook-signature": signature,
  };
  assert.equal(isSignedWebhook(received("body", headers), SECRET), true);
});

test("isSignedWebhook() refuses any change of id, time, body or signature", () => {
  const headers = signWebhook({ id: "evt_a", timestampS: NOW_S, body: "body" }, [SECRET]);
  const changes: readonly Readonly<Record<string, string>>[] = [
    { "webhook-id": "evt_b" },
    { "webhook-timestamp": String(NOW_S + 1) },
    { "webhook-timestamp": "" },
    { "webhook-timestamp": "1e9" },
    { "webhook-signature": "" },
    { "webhook-signature": "v1," },
    { "webhook-signature": headers["webhook-signature"].replace("v1,", "v2,") },
    { "webhook-signature": `${headers["webhook-signature"]}x` },
  ];
  assert.equal(isSignedWebhook(received("body", headers), SECRET), true);
  assert.equal(isSignedWebhook(received("Body", headers), SECRET), false);
  for (const change of changes) {
    assert.equal(
      isSignedWebhook(received("body", { ...headers, ...change }), SECRET),
      false,
      JSON.stringify(change),
    );
  }
  assert.equal(isSignedWebhook(received("body", {}), SECRET), false);
});

test("isSignedWebhook() refuses what is older or earlier than five minutes", () => {
  const headers = signWebhook({ id: "evt_a", timestampS: NOW_S, body: "body" }, [SECRET]);
  for (const [byS, expected] of [
    [TOLERANCE_S, true],
    [TOLERANCE_S + 1, false],
    [-TOLERANCE_S, true],
    [-TOLERANCE_S - 1, false],
  ] as const) {
    assert.equal(
      isSignedWebhook(received("body", headers, NOW_S + byS), SECRET),
      expected,
      `${byS}`,
    );
  }
});
