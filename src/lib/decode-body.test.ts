import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { decodeBody } from "./decode-body.ts";

const TEXT = Buffer.from("hello ".repeat(100));

test("decodeBody() leaves alone what is not compressed", () => {
  for (const coding of [null, "", "identity", " Identity "]) {
    assert.deepEqual(decodeBody(TEXT, coding, 10), TEXT);
  }
});

test("decodeBody() undoes one compression", () => {
  assert.deepEqual(decodeBody(gzipSync(TEXT), "gzip", 600), TEXT);
  assert.deepEqual(decodeBody(gzipSync(TEXT), "X-GZIP", 600), TEXT);
  assert.deepEqual(decodeBody(deflateSync(TEXT), "deflate", 600), TEXT);
  assert.deepEqual(decodeBody(brotliCompressSync(TEXT), "br", 600), TEXT);
});

test("decodeBody() refuses one byte too many: a bomb costs nothing", () => {
  assert.equal(decodeBody(gzipSync(TEXT), "gzip", 599), null);
  assert.equal(decodeBody(gzipSync(Buffer.alloc(50_000_000)), "gzip", 4_000_000), null);
});

test("decodeBody() refuses what is broken, unknown or stacked", () => {
  assert.equal(decodeBody(TEXT, "gzip", 600), null);
  assert.equal(decodeBody(gzipSync(TEXT).subarray(0, 20), "gzip", 600), null);
  assert.equal(decodeBody(TEXT, "zstd-unknown", 600), null);
  assert.equal(decodeBody(gzipSync(gzipSync(TEXT)), "gzip, gzip", 600), null);
  assert.equal(decodeBody(TEXT, "toString", 600), null);
});
