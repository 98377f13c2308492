import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp, { type Region } from "sharp";
import { makeJob, openTestRoom, pictureDistance } from "../../../../test/support/render-room.ts";
import type { JsonObject } from "../../../lib/json.ts";
import { renderPicture } from "./render.ts";

const room = openTestRoom();
const SMALL = "320x240";

async function paint(
  input: JsonObject,
  options: { readonly seed?: number; readonly files?: Record<string, string> } = {},
): Promise<string[]> {
  const production = await renderPicture(
    makeJob({
      media: "image",
      model: "seedream-5.0-lite",
      input: { size: SMALL, ...input },
      ...options,
    }),
    room,
  );
  return production.artifacts.map(({ source }) =>
    join(room.folder, source.kind === "staged" ? source.name : ""),
  );
}

async function paintOne(...args: Parameters<typeof paint>): Promise<string> {
  const [path] = await paint(...args);
  assert.ok(path !== undefined);
  return path;
}

/** A picture of two flat halves, red and blue, as a customer might give. */
async function givenPicture(): Promise<string> {
  const path = join(room.folder, "given.png");
  const red = await sharp({
    create: { width: 160, height: 240, channels: 3, background: "#c02020" },
  })
    .png()
    .toBuffer();
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#2040c0" } })
    .composite([{ input: red, left: 0, top: 0 }])
    .png()
    .toFile(path);
  return path;
}

for (const [format, extension] of [
  ["png", "png"],
  ["jpg", "jpeg"],
  ["webp", "webp"],
] as const) {
  test(`renderPicture() writes ${extension} of the asked size`, async () => {
    const {
      width,
      height,
      format: made,
    } = await sharp(await paintOne({ prompt: "a lake", output_format: format })).metadata();
    assert.deepEqual([width, height, made], [320, 240, extension]);
  });
}

test("renderPicture() gives the same bytes for the same seed and others for another", async () => {
  const [first, again, other] = await Promise.all(
    [1, 1, 2].map(async (seed) =>
      readFile(await paintOne({ prompt: "a fox in a forest" }, { seed })),
    ),
  );
  assert.ok(first !== undefined && again !== undefined && other !== undefined);
  assert.ok(first.equals(again));
  assert.ok(!first.equals(other));
});

test("renderPicture() makes as many different pictures as asked", async () => {
  const paths = await paint({ prompt: "a lighthouse", n: 3 });
  assert.equal(paths.length, 3);
  const { bits, colour } = await pictureDistance(paths[0] ?? "", paths[1] ?? "");
  assert.ok(bits >= 4 || colour > 4, `${bits} bits, colour ${colour}`);
});

const APART = [
  "a castle on a hill at night",
  "a red car on a desert road",
  "three sailboats at sunset",
  "a fox in an autumn forest",
  "a bowl of fruit",
  "a planet in space",
  "tropical fish under water",
  "a rainy street in the city",
] as const;

test("renderPicture() never gives two prompts the same picture", async () => {
  const paths = await Promise.all(APART.map((prompt) => paintOne({ prompt }, { seed: 3 })));
  for (const [index, path] of paths.entries()) {
    for (const [other, second] of paths.slice(0, index).entries()) {
      const { bits, colour } = await pictureDistance(path, second);
      assert.ok(
        bits >= 10 || colour >= 12,
        `${APART[index]} and ${APART[other]}: ${bits} bits, colour ${colour}`,
      );
    }
  }
});

test("renderPicture() draws a subject, and none when it is banned", async () => {
  const seed = 9;
  const [withDog, without, empty] = [
    await paintOne({ prompt: "a meadow with a dog" }, { seed }),
    await paintOne({ prompt: "a meadow with a dog", negative_prompt: "dog" }, { seed }),
    await paintOne({ prompt: "a meadow" }, { seed }),
  ];
  assert.ok((await changedShare(withDog, empty)) > 0.02);
  assert.equal(await changedShare(without, empty), 0);
});

for (const look of [
  "oil painting",
  "watercolor",
  "ink drawing",
  "low poly",
  "pixel art",
  "poster",
  "noir",
  "sepia",
  "stained glass",
  "blueprint",
]) {
  test(`renderPicture() makes a ${look} another picture`, async () => {
    const plain = await paintOne({ prompt: "a castle" });
    assert.ok((await changedShare(await paintOne({ prompt: `a castle, ${look}` }), plain)) > 0.15);
  });
}

test("renderPicture() never paints black or flat, in any setting", async () => {
  for (const place of [
    "sea",
    "city at night",
    "cave",
    "library",
    "stage",
    "undersea",
    "corridor",
    "volcano",
    "waterfall",
    "zzyx blorp",
  ]) {
    const { channels } = await sharp(await paintOne({ prompt: place }))
      .greyscale()
      .stats();
    assert.ok((channels[0]?.mean ?? 0) > 12, `${place} is dark: ${channels[0]?.mean}`);
    assert.ok((channels[0]?.stdev ?? 0) > 6, `${place} is flat: ${channels[0]?.stdev}`);
  }
});

test("renderPicture() keeps a given picture recognisable while it changes it", async () => {
  const given = await givenPicture();
  const files = { "https://example.com/a.png": given };
  const input = { image_urls: Object.keys(files) };
  const night = await paintOne({ ...input, prompt: "make it night" }, { files });
  const [before, after] = [await sharp(given).stats(), await sharp(night).stats()];
  assert.ok(
    (after.channels[2]?.mean ?? 0) < (before.channels[2]?.mean ?? 0) * 0.9,
    "night is darker",
  );
  const left = await meanOf(night, { left: 20, top: 60, width: 80, height: 120 });
  assert.ok((left[0] ?? 0) > (left[2] ?? 0), "the red half is still the redder one");
});

test("renderPicture() changes no pixel outside the mask", async () => {
  const given = await givenPicture();
  const mask = join(room.folder, "mask.png");
  const hole = await sharp({ create: { width: 100, height: 100, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#000" } })
    .composite([{ input: hole, left: 200, top: 40 }])
    .png()
    .toFile(mask);
  const files = { "https://example.com/a.png": given, "https://example.com/m.png": mask };
  const made = await paintOne(
    {
      prompt: "a sunflower",
      image_urls: ["https://example.com/a.png"],
      mask_url: "https://example.com/m.png",
    },
    { files },
  );
  const [a, b] = await Promise.all(
    [given, made].map((path) => sharp(path).removeAlpha().raw().toBuffer()),
  );
  assert.ok(a !== undefined && b !== undefined);
  let inside = 0;
  for (let pixel = 0; pixel < 320 * 240; pixel += 1) {
    const [x, y] = [pixel % 320, Math.floor(pixel / 320)];
    const differs = [0, 1, 2].some((part) => a[pixel * 3 + part] !== b[pixel * 3 + part]);
    const open = x >= 199 && x <= 300 && y >= 39 && y <= 140;
    if (!open) assert.ok(!differs, `pixel ${x},${y} changed`);
    else if (differs) inside += 1;
  }
  assert.ok(inside > 5000, `${inside} pixels changed inside`);
});

test("renderPicture() refuses what is no picture by name", async () => {
  const files = { "https://example.com/a.png": import.meta.filename };
  await assert.rejects(
    paintOne({ prompt: "a cat", image_urls: Object.keys(files) }, { files }),
    /example\.com\/a\.png is not a readable picture/,
  );
});

/** Share of the colour values that differ by more than eight steps. */
async function changedShare(first: string, second: string): Promise<number> {
  const [a, b] = await Promise.all(
    [first, second].map((path) => sharp(path).removeAlpha().raw().toBuffer()),
  );
  assert.ok(a !== undefined && b !== undefined);
  return a.filter((value, index) => Math.abs(value - (b[index] ?? 0)) > 8).length / a.length;
}

async function meanOf(path: string, box: Region): Promise<number[]> {
  const part = await sharp(path).extract(box).removeAlpha().png().toBuffer();
  return (await sharp(part).stats()).channels.map(({ mean }) => mean);
}

test("renderPicture() tells of quoted words that no font can spell", async () => {
  const notesOf = async (prompt: string): Promise<unknown> => {
    const input = { size: SMALL, prompt };
    const job = makeJob({ media: "image", model: "seedream-5.0-lite", input });
    const { meta } = await renderPicture(job, room);
    return Object.entries(meta ?? {}).find(([name]) => name === "notes")?.[1];
  };
  assert.deepEqual(await notesOf('a lake "ᚠᚢᚦ"'), [
    "The quoted words were left out: no shipped font has all their letters",
  ]);
  assert.deepEqual(await notesOf('a lake "湖"'), []);
});
