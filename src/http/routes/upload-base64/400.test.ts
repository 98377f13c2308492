import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import sharp from "sharp";
import { type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { detailOf, smallPicture } from "../../../../test/support/upload.ts";

const URL_PATH = "/api/common/upload/base64";
const rig: HttpRig = await startHttp({ after });

// Five uploads a minute pass.
beforeEach(() => rig.clock.advance(60_000));

async function refusal(json: unknown): Promise<unknown> {
  const answer = await rig.call("POST", URL_PATH, { json });
  assert.equal(answer.statusCode, 400, answer.body);
  return detailOf(answer);
}

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

const CASES: readonly (readonly [string, unknown, string])[] = [
  ["nothing", {}, "base64_data is required"],
  ["null", { base64_data: null }, "base64_data is required"],
  ["a list", [], "Body is not a JSON object"],
  ["spaces inside", { base64_data: "iVBO Rw0K" }, "Invalid Base64 encoding"],
  ["no base64", { base64_data: "not*base64" }, "Invalid Base64 encoding"],
  ["a length that no bytes have", { base64_data: "abcde" }, "Invalid Base64 encoding"],
  ["a data URL without base64", { base64_data: "data:image/png,x" }, "Invalid data URL format"],
  ["a data URL without comma", { base64_data: "data:image/png;base64" }, "Invalid data URL format"],
  ["an empty data URL", { base64_data: "data:image/png;base64," }, "File is empty"],
  [
    "a PDF by its claim",
    { base64_data: `data:application/pdf;base64,${base64("%PDF-1.7")}` },
    "Unsupported file type: application/pdf",
  ],
  [
    "HTML as PNG",
    { base64_data: `data:image/png;base64,${base64("<html>")}` },
    "Invalid file data",
  ],
  [
    "SVG",
    { base64_data: base64("<svg xmlns='http://www.w3.org/2000/svg'/>") },
    "Invalid file data",
  ],
  ["a zip", { base64_data: base64("PK\u0003\u0004zip") }, "Invalid file data"],
  [
    "a film",
    { base64_data: base64("\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0000\u0000isommp42") },
    "Unsupported file type: video/mp4",
  ],
];

for (const [what, json, detail] of CASES) {
  test(`POST /upload/base64 refuses ${what}`, async () => {
    assert.equal(await refusal(json), detail);
  });
}

test("POST /upload/base64 refuses types beyond the documented four", async () => {
  const avif = await smallPicture("avif");
  assert.equal(await refusal({ base64_data: base64(avif) }), "Unsupported file type: image/avif");
});

test("POST /upload/base64 refuses a PNG or WebP that is cut off in its data", async () => {
  for (const format of ["png", "webp"] as const) {
    const bytes = await smallPicture(format);
    const cut = base64(bytes.subarray(0, bytes.length - 4));
    assert.equal(await refusal({ base64_data: cut }), "Invalid file data", format);
  }
});

test("POST /upload/base64 refuses a picture that is cut off in its head", async () => {
  const png = await smallPicture("png");
  assert.equal(await refusal({ base64_data: base64(png.subarray(0, 20)) }), "Invalid file data");
});

test("POST /upload/base64 refuses a PNG of 400 megapixels that is small on disk", async () => {
  const create = { width: 20_000, height: 20_000, channels: 3, background: "black" } as const;
  const bomb = await sharp({ create, limitInputPixels: false }).png({ palette: true }).toBuffer();
  assert.ok(bomb.length < 1_000_000, `${bomb.length} bytes`);
  assert.match(
    String(await refusal({ base64_data: base64(bomb) })),
    /more than 250 million pixels/,
  );
});

test("POST /upload/base64 refuses an animation of very many frames", async () => {
  const frame = Buffer.from(
    "21f90400000000002c00000000e803e80300020284510 0".replace(" ", ""),
    "hex",
  );
  const head = Buffer.concat([
    Buffer.from("GIF89a"),
    Buffer.from("e803e803800000ffffff000000", "hex"),
  ]);
  const bomb = Buffer.concat([head, ...Array.from({ length: 400 }, () => frame), Buffer.from(";")]);
  const detail = String(await refusal({ base64_data: base64(bomb) }));
  assert.match(detail, /pixels over all its frames/);
});

test("a refused upload leaves no file behind", async () => {
  await refusal({ base64_data: base64("<html>") });
  assert.deepEqual(await readdir(join(rig.services.settings.dataDir, "staging")), []);
});
