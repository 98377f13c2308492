import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { isWholePicture } from "./picture-end.ts";

/** Noise, so that the picture has many bytes. */
async function picture(format: "png" | "webp"): Promise<Buffer> {
  const raw = { width: 200, height: 150, channels: 3 } as const;
  return sharp(randomBytes(200 * 150 * 3), { raw })
    .toFormat(format)
    .toBuffer();
}

test("isWholePicture() tells a PNG and a WebP that were cut short, wherever", async () => {
  const path = join(scratchFolder("picture-end"), "picture");
  for (const format of ["png", "webp"] as const) {
    const bytes = await picture(format);
    const judged = async (part: Uint8Array) => {
      await writeFile(path, part);
      return isWholePicture(path, `image/${format}`);
    };
    assert.equal(await judged(bytes), true, format);
    assert.equal(await judged(Buffer.concat([bytes, Buffer.alloc(9)])), true, `${format}, longer`);
    for (const length of [6, 20, 33, 60, bytes.length >> 1, bytes.length - 1]) {
      assert.equal(await judged(bytes.subarray(0, length)), false, `${format}, ${length} bytes`);
    }
  }
});

test("isWholePicture() leaves other types alone", async () => {
  const path = join(scratchFolder("picture-end"), "picture");
  await writeFile(path, Buffer.from([0xff, 0xd8, 0xff]));
  assert.equal(await isWholePicture(path, "image/jpeg"), true);
});
