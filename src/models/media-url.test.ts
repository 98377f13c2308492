import assert from "node:assert/strict";
import { test } from "node:test";
import { isMediaUrl } from "./media-url.ts";

const ACCEPTED = [
  "https://media.example.com/1.jpg",
  "http://media.example.com/1.jpg",
  "HTTPS://media.example.com/1.jpg",
  "https://media.example.com:8443/a/b.mp4?token=1&x=%20#part",
  "https://bücher.example/ä.png",
  "https://203.0.113.7/a.png",
  "https://[2001:db8::1]/a.png",
];

const REFUSED = [
  "",
  "1.jpg",
  "/1.jpg",
  "//media.example.com/1.jpg",
  "https:media.example.com/1.jpg",
  "https:/media.example.com/1.jpg",
  "https://",
  "https:///1.jpg",
  "https://me@media.example.com/1.jpg",
  "https://me:secret@media.example.com/1.jpg",
  "https://:secret@media.example.com/1.jpg",
  "ftp://media.example.com/1.jpg",
  "file:///etc/hosts",
  "data:image/png;base64,AAAA",
  "javascript:alert(1)",
  " https://media.example.com/1.jpg",
  "https://media.example.com/1 2.jpg",
  "https://media.example.com/1.jpg\n",
  "https://media.example.com\\1.jpg",
  "https://media.example.com:99999/1.jpg",
  "https://[::1",
];

for (const address of ACCEPTED) {
  test(`isMediaUrl() takes ${address}`, () => {
    assert.equal(isMediaUrl(address), true);
  });
}

for (const address of REFUSED) {
  test(`isMediaUrl() refuses ${JSON.stringify(address)}`, () => {
    assert.equal(isMediaUrl(address), false);
  });
}

test("isMediaUrl() takes 2048 characters and no more", () => {
  const start = "https://media.example.com/";

  assert.equal(isMediaUrl(start.padEnd(2048, "x")), true);
  assert.equal(isMediaUrl(start.padEnd(2049, "x")), false);
});
