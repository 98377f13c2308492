import assert from "node:assert/strict";
import { test } from "node:test";
import { createHosts } from "./hosts.ts";

test("hold() takes 512 deliveries to one host and 1,024 in all", () => {
  const hosts = createHosts();
  const count = (host: string) =>
    Array.from({ length: 600 }, () => hosts.hold(host)).filter((place) => place !== null).length;
  assert.equal(count("a"), 512);
  assert.equal(count("b"), 512);
  assert.equal(hosts.room, 0);
  assert.equal(count("c"), 0);
});

test("hold() takes four to a host that was silent, until it answers again", () => {
  const hosts = createHosts();
  hosts.note("a", false);
  assert.equal(hosts.isSilent("a"), true);
  const places = [1, 2, 3, 4].map(() => hosts.hold("a"));
  assert.ok(places.every((place) => place !== null));
  assert.equal(hosts.hold("a"), null);
  assert.notEqual(hosts.hold("b"), null);
  hosts.note("a", true);
  assert.notEqual(hosts.hold("a"), null);
});

test("a place that is given back makes room", () => {
  const hosts = createHosts();
  const place = hosts.hold("a");
  assert.equal(hosts.room, 1023);
  place?.[Symbol.dispose]();
  assert.equal(hosts.room, 1024);
});

test("note() remembers a bounded number of silent hosts, the latest", () => {
  const hosts = createHosts();
  for (let index = 0; index < 1_500; index += 1) hosts.note(`host-${index}`, false);
  assert.equal(hosts.isSilent("host-0"), false);
  assert.equal(hosts.isSilent("host-1499"), true);
  assert.equal(hosts.isSilent("host-476"), true);
  assert.equal(hosts.isSilent("host-475"), false);
});
