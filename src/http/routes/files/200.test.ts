import assert from "node:assert/strict";
import { after, test } from "node:test";
import { servedFile, startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });

test("files serves the bytes with their type and every guard of a browser", async () => {
  const { row, path, bytes } = await servedFile(rig);
  const answer = await rig.call("GET", path, { key: null });
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.rawPayload, bytes);
  const { date: _, "x-request-id": __, connection: ___, ...headers } = answer.headers;
  assert.deepEqual(headers, {
    "accept-ranges": "bytes",
    "access-control-allow-origin": "*",
    "cache-control": "private, max-age=86400",
    "content-disposition": `inline; filename="${row.id}.png"`,
    "content-length": "1000",
    "content-security-policy":
      "sandbox; default-src 'none'; frame-ancestors 'none'; img-src 'self'; media-src 'self'; " +
      "style-src 'unsafe-inline'",
    "content-type": "image/png",
    "cross-origin-resource-policy": "cross-origin",
    etag: `"${row.sha256}"`,
    "last-modified": "Fri, 20 Nov 2026 10:30:00 GMT",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
  });
});

test("files does not mind a key, not even a wrong one", async () => {
  const { path } = await servedFile(rig);
  for (const key of [null, "nonsense", `vg_live_${"a".repeat(49)}`]) {
    assert.equal((await rig.call("GET", path, { key })).statusCode, 200);
  }
});

test("files answers HEAD like GET without the bytes", async () => {
  const { path } = await servedFile(rig);
  const get = await rig.call("GET", path);
  const head = await rig.call("HEAD", path);
  assert.equal(head.statusCode, 200);
  assert.equal(head.body, "");
  for (const name of ["content-length", "content-type", "etag", "accept-ranges"]) {
    assert.equal(head.headers[name], get.headers[name], name);
  }
});

test("files is kept no longer than the file lives", async () => {
  const { row, path } = await servedFile(rig);
  await rig.clock.advance(row.expiresAtMs - rig.clock.nowMs() - 1_500);
  assert.equal((await rig.call("GET", path)).headers["cache-control"], "private, max-age=1");
});

for (const mediaType of ["image/svg+xml", "text/html", "application/pdf"]) {
  test(`files hands ${mediaType} out as a download only`, async () => {
    const { row, path } = await servedFile(rig, { mediaType, extension: "bin" });
    const { headers } = await rig.call("GET", path);
    assert.equal(headers["content-type"], "application/octet-stream");
    assert.equal(headers["content-disposition"], `attachment; filename="${row.id}.bin"`);
  });
}

for (const mediaType of ["image/jpeg", "video/mp4", "audio/mpeg", "application/json"]) {
  test(`files shows ${mediaType} in the browser`, async () => {
    const { path } = await servedFile(rig, { mediaType, extension: "x" });
    const { headers } = await rig.call("GET", path);
    assert.equal(headers["content-type"], mediaType);
    assert.match(String(headers["content-disposition"]), /^inline/);
  });
}

const IGNORED_RANGES = [
  "bytes=",
  "bytes=-",
  "bytes=5-2",
  "bytes=a-b",
  "items=0-1",
  "bytes=0-0,1-1",
  `bytes=${Array.from({ length: 1_000 }, (_, index) => `${index}-${index}`).join(",")}`,
];

for (const range of IGNORED_RANGES) {
  test(`files sends the whole file for the range ${range.slice(0, 20)}`, async () => {
    const { path, bytes } = await servedFile(rig);
    const answer = await rig.call("GET", path, { headers: { range } });
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(answer.rawPayload, bytes);
  });
}
