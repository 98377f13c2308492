import assert from "node:assert/strict";
import { test } from "node:test";
import { systemRandom } from "../lib/random.ts";
import { hashPassword, isPassword } from "./password.ts";

test("isPassword() knows the one password of a hash, however its letters were typed", async () => {
  const stored = await hashPassword("Gr\u00fc\u00dfe aus Köln", systemRandom);
  assert.equal(await isPassword("Gru\u0308ße aus Köln", stored), true);
  assert.equal(await isPassword("Grüsse aus Köln", stored), false);
  assert.equal(await isPassword("", stored), false);
});

test("hashPassword() salts: no two hashes of a password are alike", async () => {
  const [first, second] = await Promise.all([
    hashPassword("correct horse battery", systemRandom),
    hashPassword("correct horse battery", systemRandom),
  ]);
  assert.notEqual(first, second);
});

test("isPassword() takes hashes of another cost, and nothing that is no hash", async () => {
  // Of "password" with the salt "somesalt", from the reference implementation of argon2id.
  const tag = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  const reference = `$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$${tag}`;
  assert.equal(await isPassword("password", reference), true);
  for (const nonsense of ["", "x", "$argon2id$v=19$m=256$c29t$xx", "correct horse battery"]) {
    assert.equal(await isPassword(nonsense, nonsense), false);
  }
});
