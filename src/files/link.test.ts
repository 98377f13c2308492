import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeId } from "../core/id.ts";
import { systemRandom } from "../lib/random.ts";
import { createLinks } from "./link.ts";

function setup(key = 1, origin = "https://media.example.com") {
  const links = createLinks({ publicUrl: () => origin, key: Buffer.alloc(32, key) });
  const id = makeId("file", systemRandom);
  const url = links.url({ id, extension: "png" });
  return { links, id, url, name: url.slice(url.lastIndexOf("/") + 1) };
}

test("url() gives an absolute URL that parse() and parseUrl() read back", () => {
  const { links, id, url, name } = setup();
  assert.ok(url.startsWith(`https://media.example.com/files/${id}-`));
  assert.ok(url.endsWith(".png"));
  assert.equal(links.parse(name), id);
  assert.equal(links.parseUrl(url), id);
});

test("url() is the same for ever: links outlive a restart", () => {
  const { links } = setup(7);
  assert.equal(
    links.url({ id: "file_00000000000000000000000000", extension: "mp4" }),
    "https://media.example.com/files/file_00000000000000000000000000--fVM-kj1mOpZN2UQ5SCd5Q.mp4",
  );
});

test("parse() refuses a link with any one character changed", () => {
  const { links, name } = setup();
  const letter = fc.constantFrom(
    ..."0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.",
  );
  fc.assert(
    fc.property(fc.nat(name.length - 1), letter, (place, other) => {
      const changed = name.slice(0, place) + other + name.slice(place + 1);
      assert.equal(links.parse(changed) === null, changed !== name, changed);
    }),
    { numRuns: 3_000 },
  );
});

test("parse() refuses every other spelling of the last bits", () => {
  const { links, name } = setup();
  const place = name.indexOf(".") - 1;
  const accepted = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].filter(
    (letter) => links.parse(name.slice(0, place) + letter + name.slice(place + 1)) !== null,
  );
  assert.equal(accepted.length, 1);
});

test("parse() refuses links of another secret, and another file's mark", () => {
  const [one, other] = [setup(1), setup(2)];
  assert.equal(one.links.parse(other.name), null);
  const third = one.links.url({ id: "file_other", extension: "png" }).split("/").at(-1) ?? "";
  assert.equal(one.links.parse(`${one.id}${third.slice("file_other".length)}`), null);
});

test("parse() never throws", () => {
  const { links } = setup();
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => assert.equal(links.parse(name), null)),
  );
  for (const name of ["", "-", ".", "file_a-.png", "../../etc/passwd", "%2e%2e"])
    assert.equal(links.parse(name), null);
});

test("parseUrl() takes our own origin only", () => {
  const { links, url, name } = setup();
  assert.equal(links.parseUrl(url.replace("media.", "evil.")), null);
  assert.equal(links.parseUrl(`${url}?x=1`), null);
  assert.equal(links.parseUrl(name), null);
});

test("url() asks for the origin late: a port may be chosen late", () => {
  let port = 0;
  const links = createLinks({ publicUrl: () => `http://127.0.0.1:${port}`, key: Buffer.alloc(32) });
  port = 4_321;
  assert.ok(
    links.url({ id: "file_a", extension: "png" }).startsWith("http://127.0.0.1:4321/files/"),
  );
});
