import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBase36, systemRandom, toBase62 } from "./random.ts";

test("systemRandom() gives every byte to one asker only", () => {
  const seen = new Set<string>();
  for (let draw = 0; draw < 5_000; draw += 1)
    seen.add(Buffer.from(systemRandom(16)).toString("hex"));
  assert.equal(seen.size, 5_000);
});

test("systemRandom() gives as many bytes as are asked for, few or many", () => {
  for (const size of [0, 1, 31, 32, 2_048, 2_049, 100_000]) {
    assert.equal(systemRandom(size).length, size);
  }
});

test("systemRandom() draws evenly", () => {
  const counts = new Array<number>(256).fill(0);
  for (let draw = 0; draw < 4_000; draw += 1) {
    for (const byte of systemRandom(64)) counts[byte] = (counts[byte] ?? 0) + 1;
  }
  // 1,000 of each on average; seven standard deviations to either side.
  assert.ok(counts.every((count) => Math.abs(count - 1_000) < 225));
});

test("randomBase36() leaves out the bytes that would favour early letters", () => {
  const bytes = [252, 253, 254, 255, 0, 35, 36, 251];
  let at = 0;
  const text = randomBase36(
    (size) => Uint8Array.from({ length: size }, () => bytes[at++ % 8] ?? 0),
    4,
  );
  assert.equal(text, "0z0z");
});

test("toBase62() writes numbers with leading zeros", () => {
  assert.equal(toBase62(0n, 3), "000");
  assert.equal(toBase62(61n, 2), "0z");
  assert.equal(toBase62(62n, 2), "10");
  assert.equal(toBase62(2n ** 256n - 1n, 43).length, 43);
});
