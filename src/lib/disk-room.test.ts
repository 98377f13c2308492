import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { createDiskRoom } from "./disk-room.ts";
import { freeBytes } from "./probe.ts";

async function setup(share: number) {
  const path = scratchFolder("room");
  const free = (await freeBytes(path)) ?? 0;
  // The disk is in use by others too: a tenth more or less makes no difference here.
  return createDiskRoom({ dataDir: path, diskFreeBytesMin: free * share }, makeHandClock());
}

for (const [share, work, buying, bytes] of [
  [0.5, true, true, true],
  [1.5, false, true, true],
  [3, false, false, true],
  [6, false, false, false],
] as const) {
  test(`createDiskRoom() with ${share} of what is free as its mark`, async () => {
    const room = await setup(share);
    const verdicts = [await room.forWork(), await room.forBuying(), await room.forBytes(0)];
    assert.deepEqual(verdicts, [work, buying, bytes]);
  });
}

test("forBytes() counts what is to be written", async () => {
  const room = await setup(0.1);
  assert.deepEqual([await room.forBytes(1), await room.forBytes(2 ** 62)], [true, false]);
});

test("createDiskRoom() has no room where the disk cannot be read", async () => {
  const place = { dataDir: "/nonexistent/folder", diskFreeBytesMin: 1 };
  assert.equal(await createDiskRoom(place, makeHandClock()).forWork(), false);
});
