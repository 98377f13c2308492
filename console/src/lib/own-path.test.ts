import assert from "node:assert/strict";
import { test } from "node:test";
import { nearUrl, ownPath } from "./own-path.ts";

test("ownPath() takes the path of what the gateway holds under any of its names", () => {
  assert.equal(ownPath("http://127.0.0.1:8787/files/file_1-mac.png"), "/files/file_1-mac.png");
  assert.equal(ownPath("https://vidgo.example/previews/a.webp?x=1"), "/previews/a.webp?x=1");
  assert.equal(ownPath("/files/a.png"), "/files/a.png");
});

test("ownPath() leaves other addresses to others", () => {
  assert.equal(ownPath("https://media.example.com/cat.png"), null);
  assert.equal(ownPath("javascript:alert(1)"), null);
  assert.equal(ownPath("not an address"), null);
  assert.equal(ownPath(null), null);
  assert.equal(nearUrl("https://media.example.com/cat.png"), "https://media.example.com/cat.png");
  assert.equal(nearUrl(null), "");
});
