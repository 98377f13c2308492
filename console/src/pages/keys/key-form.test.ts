import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_FORM, keyFaults, keyWish } from "./key-form.ts";

test("keyWish() leaves unlimited what was left empty", () => {
  assert.deepEqual(keyWish({ ...EMPTY_FORM, name: " ci " }), {
    name: "ci",
    mode: "live",
    scopes: ["submit", "read", "cancel", "files", "webhooks"],
    networks: null,
    expires_in_days: null,
    spend_per_day: null,
    spend_total: null,
    requests_per_minute: null,
  });
});

test("keyWish() reads numbers and networks as they were typed", () => {
  const wish = keyWish({
    ...EMPTY_FORM,
    name: "ci",
    expires: "30",
    perDay: "600.5",
    perMinute: "60",
    networks: "203.0.113.0/24, 10.0.0.1\n2001:db8::/32",
  });
  assert.equal(wish.expires_in_days, 30);
  assert.equal(wish.spend_per_day, 600.5);
  assert.equal(wish.requests_per_minute, 60);
  assert.deepEqual(wish.networks, ["203.0.113.0/24", "10.0.0.1", "2001:db8::/32"]);
});

test("keyFaults() names each field that cannot be sent", () => {
  const faults = keyFaults({
    ...EMPTY_FORM,
    scopes: [],
    perDay: "much",
    total: "0",
    perMinute: "1.5",
    networks: "203.0.113.0/24 300.1.1.1",
  });
  const named = ["name", "networks", "perDay", "perMinute", "scopes", "total"];
  assert.deepEqual(Object.keys(faults).sort(), named);
  assert.match(faults.networks ?? "", /^300\.1\.1\.1 is no address/);
  assert.deepEqual(
    keyFaults({ ...EMPTY_FORM, name: "ci", perDay: "12.5", networks: "::1, 10.0.0.0/8" }),
    {},
  );
});
