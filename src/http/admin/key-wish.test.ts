import assert from "node:assert/strict";
import { test } from "node:test";
import { readKeyWish } from "./key-wish.ts";

test("readKeyWish() gives the usual key when nothing is said", () => {
  assert.deepEqual(readKeyWish(undefined, 0), { name: "", mode: "live" });
});

test("readKeyWish() reads scopes, networks and expiry", () => {
  const body = {
    name: "ci",
    mode: "test",
    scopes: ["submit", "read", "read"],
    networks: ["10.0.0.0/8", "::1"],
    expires_in_days: 2,
  };
  assert.deepEqual(readKeyWish(body, 1_000), {
    name: "ci",
    mode: "test",
    scopes: ["submit", "read"],
    networks: ["10.0.0.0/8", "::1"],
    expiresAtMs: 172_801_000,
  });
});

test("readKeyWish() ends a key at a whole millisecond", () => {
  assert.equal(readKeyWish({ expires_in_days: 1e-9 }, 5).expiresAtMs, 6);
});

const REFUSED: readonly (readonly [object, RegExp])[] = [
  [{ name: 1 }, /^name must be a text of at most 100 characters$/],
  [{ mode: "x" }, /^mode must be one of: live, test$/],
  [{ scopes: [] }, /^scopes must be a list of: submit, /],
  [{ scopes: ["root"] }, /^scopes must be one of: submit, /],
  [{ scopes: "submit" }, /^scopes must be a list of/],
  [{ networks: [] }, /^networks must be a list of 1 to 20/],
  [{ networks: ["10.0.0.0/40"] }, /^networks must be/],
  [{ networks: [7] }, /^networks must be/],
  [{ expires_in_days: 0 }, /^expires_in_days must be above 0, at most 3650$/],
  [{ expires_in_days: "1" }, /^expires_in_days must be/],
  [{ scope: ["read"] }, /^"scope" is unknown; expected name, mode, scopes, networks, /],
  [{ project_id: "proj_1" }, /^"project_id" is unknown; /],
  [["read"], /^Body must be a JSON object with name, mode, /],
];

for (const [body, message] of REFUSED) {
  test(`readKeyWish() refuses ${JSON.stringify(body)}`, () => {
    assert.throws(() => readKeyWish(body, 0), { code: "invalid_request", message });
  });
}
