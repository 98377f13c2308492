import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, servedFile, startHttp } from "../../../../test/support/http.ts";

test("files answers 410 from the moment of expiry on, before the bytes go", async (t) => {
  const rig = await startHttp(t);
  const { row, path } = await servedFile(rig);
  await rig.clock.advance(row.expiresAtMs - rig.clock.nowMs() - 1);
  assert.equal((await rig.call("GET", path)).statusCode, 200);
  await rig.clock.advance(1);
  const answer = await rig.call("GET", path, { headers: { range: "bytes=0-9" } });
  assert.equal(answer.statusCode, 410);
  assert.equal(errorOf(answer).type, "gone_error");
  assert.ok((await rig.services.files.size(row.storageKey)) !== null);
  assert.equal((await rig.call("HEAD", path)).statusCode, 410);
});

test("files answers 410 when a client that has the bytes asks again", async (t) => {
  const rig = await startHttp(t);
  const { row, path } = await servedFile(rig);
  await rig.clock.advance(row.expiresAtMs - rig.clock.nowMs());
  const headers = { "if-none-match": `"${row.sha256}"` };
  assert.equal((await rig.call("GET", path, { headers })).statusCode, 410);
});

test("files answers 410 when the bytes were removed or are lost", async (t) => {
  const rig = await startHttp(t);
  const removed = await servedFile(rig);
  await rig.store.files.markDeleted([removed.row.id], rig.clock.nowMs());
  assert.equal((await rig.call("GET", removed.path)).statusCode, 410);
  const lost = await servedFile(rig);
  await rig.services.files.remove(lost.row.storageKey);
  const answer = await rig.call("GET", lost.path);
  assert.equal(answer.statusCode, 410);
  assert.equal(answer.headers["content-disposition"], undefined);
});
