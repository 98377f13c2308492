import assert from "node:assert/strict";
import { test } from "node:test";
import { readNetworks } from "./networks.ts";

test("readNetworks() finds addresses inside, however the socket writes them", () => {
  const isInside = readNetworks(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]);
  assert.ok(isInside);
  for (const address of ["10.255.0.1", "::ffff:10.1.1.1", "192.0.2.7", "2001:db8:1::5"]) {
    assert.equal(isInside(address), true, address);
  }
  for (const address of ["11.0.0.1", "192.0.2.8", "2001:db9::1", "::1", "", "nonsense"]) {
    assert.equal(isInside(address), false, address);
  }
});

for (const bad of ["", "host", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", "::/129"]) {
  test(`readNetworks() refuses ${JSON.stringify(bad)}`, () => {
    assert.equal(readNetworks(["10.0.0.1", bad]), null);
  });
}
