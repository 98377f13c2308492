import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";
import { serveHttp } from "../../../../test/support/vice-server.ts";
import { readCallback, readPublicKeys } from "../../../client/webhook.ts";

test("jwks.json verifies what callbacks carry, before and after a rotation", async (t) => {
  const rig = await startHttp(t);
  await using server = await serveHttp((_request, response) => response.end());
  const { jwks_url: url, public_key: publicKey } = dataOf(
    await rig.call("GET", "/api/webhooks/secret"),
  );
  const setOf = async () => {
    const answer = await rig.call("GET", new URL(String(url)).pathname, { key: null });
    assert.match(String(answer.headers["content-type"]), /^application\/jwk-set\+json/);
    assert.equal(answer.headers["cache-control"], "public, max-age=300");
    return readPublicKeys(answer.json());
  };
  const before = await setOf();
  assert.deepEqual(before, [publicKey]);
  await rig.call("POST", "/api/webhooks/secret/rotate");
  const after = await setOf();
  assert.deepEqual([after.length, after[1]], [2, publicKey]);
  const target = { url: `http://127.0.0.1:${server.port}/` };
  await rig.call("POST", "/api/webhooks/ping", { json: target });
  const [{ headers, body } = assert.fail("no ping")] = server.seen;
  const nowS = Math.floor(rig.clock.nowMs() / 1000);
  for (const secret of [before, after, String(after[0])]) {
    assert.equal(readCallback({ headers, body, secret, nowS })?.status, "finished");
  }
  await rig.clock.advance(86_400_000);
  assert.deepEqual(await setOf(), after.slice(0, 1));
});
