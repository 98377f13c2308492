import assert from "node:assert/strict";
import { test } from "node:test";
import { createHosts } from "./hosts.ts";

const of = (host: string, projectId = "p") => ({ host, projectId });

test("hold() takes 256 deliveries to one host, 512 of one project and 1,024 in all", () => {
  const hosts = createHosts();
  const count = (host: string, projectId: string) =>
    Array.from({ length: 600 }, () => hosts.hold(of(host, projectId))).filter(Boolean).length;
  assert.deepEqual(hosts.full, { hosts: [], projects: [] });
  assert.equal(count("a", "p"), 256);
  assert.deepEqual(hosts.full, { hosts: ["a"], projects: [] });
  assert.equal(count("b", "p"), 256);
  assert.equal(count("c", "p"), 0);
  assert.deepEqual(hosts.full, { hosts: ["a", "b"], projects: ["p"] });
  assert.equal(count("c", "q") + count("d", "q"), 512);
  assert.equal(hosts.room, 0);
  assert.equal(count("e", "r"), 0);
});

test("hold() takes four to a host that was silent, until it answers again", () => {
  const hosts = createHosts();
  hosts.note(of("a"), false);
  assert.equal(hosts.isSilent(of("a")), true);
  const places = [1, 2, 3, 4].map(() => hosts.hold(of("a")));
  assert.ok(places.every((place) => place !== null));
  assert.equal(hosts.hold(of("a")), null);
  assert.notEqual(hosts.hold(of("b")), null);
  hosts.note(of("a"), true);
  assert.notEqual(hosts.hold(of("a")), null);
});

test("hold() lets another project try a host that was silent to one", () => {
  const hosts = createHosts();
  hosts.note(of("a"), false);
  for (let index = 0; index < 4; index += 1) hosts.hold(of("a"));
  assert.equal(hosts.hold(of("a")), null);
  const others = Array.from({ length: 9 }, () => hosts.hold(of("a", "q")));
  assert.deepEqual([hosts.isSilent(of("a", "q")), others.includes(null)], [false, false]);
});

test("a place that is given back makes room", () => {
  const hosts = createHosts();
  const places = Array.from({ length: 256 }, () => hosts.hold(of("a")));
  assert.equal(hosts.room, 768);
  assert.deepEqual(hosts.full.hosts, ["a"]);
  for (const place of places.slice(0, 129)) place?.[Symbol.dispose]();
  assert.deepEqual([hosts.room, hosts.full.hosts], [897, []]);
});

test("note() remembers a bounded number of silent hosts, the latest", () => {
  const hosts = createHosts();
  for (let index = 0; index < 1_500; index += 1) hosts.note(of(`host-${index}`), false);
  assert.equal(hosts.isSilent(of("host-0")), false);
  assert.equal(hosts.isSilent(of("host-1499")), true);
  assert.equal(hosts.isSilent(of("host-476")), true);
  assert.equal(hosts.isSilent(of("host-475")), false);
});
