import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { publicJwk, signEd25519, signingPair } from "./ed25519.ts";

// RFC 8032, section 7.1, test 1.
const SEED = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
const PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const SIGNATURE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b" +
  "d25bf5f0595bbe24655141438e7a100b";

test("signingPair() and signEd25519() agree with the published example", () => {
  const { secretKey, publicKey } = signingPair(SEED);
  assert.equal(publicKey, `whpk_${Buffer.from(PUBLIC, "hex").toString("base64")}`);
  const bytes = Buffer.from(secretKey.slice("whsk_".length), "base64");
  assert.equal(bytes.toString("hex"), SEED.toString("hex") + PUBLIC);
  assert.equal(Buffer.from(signEd25519("", secretKey), "base64").toString("hex"), SIGNATURE);
});

test("publicJwk() is a key that others can read, and that verifies", () => {
  const { secretKey, publicKey } = signingPair(SEED);
  const key = createPublicKey({ key: { ...publicJwk(publicKey) }, format: "jwk" });
  const signature = Buffer.from(signEd25519("é", secretKey), "base64");
  assert.equal(verify(null, Buffer.from("é"), key, signature), true);
  assert.equal(verify(null, Buffer.from("e"), key, signature), false);
});
