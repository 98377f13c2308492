import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import type { JsonObject } from "../../src/lib/json.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import { expectedOf } from "./expected.ts";
import { fixturePicture } from "./fixture-picture.ts";
import { judge } from "./judge.ts";
import { type Look, likeness } from "./look.ts";

const catalogue = createCatalogue();

function faultsOf(id: string, input: JsonObject, files: readonly Partial<Look>[]) {
  const model = catalogue.find(id) ?? assert.fail(id);
  const plain: Look = {
    mediaType: model.media === "image" ? "image/png" : "video/mp4",
    width: 1280,
    height: 720,
    durationS: model.media === "image" ? null : 6,
    sound: model.media === "image" ? null : true,
  };
  return judge(
    expectedOf(model, input),
    files.map((file) => ({ ...plain, ...file })),
  );
}

const FILM = { aspect_ratio: "16:9", duration: 6, resolution: "720p" };

test("judge() finds nothing wrong with what is as it was asked for", () => {
  assert.deepEqual(faultsOf("grok-imagine", FILM, [{}]), []);
  const square = { width: 1024, height: 1024 };
  assert.deepEqual(faultsOf("z-image", { size: "1:1", n: 1 }, [square]), []);
});

test("judge() sees each thing that is not as it was asked for", () => {
  const cases: readonly (readonly [Partial<Look>, RegExp])[] = [
    [{ width: 720, height: 1280 }, /^ratio of 720x1280/],
    [{ width: 854, height: 480 }, /^short side of 854x480/],
    [{ durationS: 5 }, /^5 s instead of 6 s$/],
    [{ mediaType: "video/webm" }, /^type video\/webm/],
    [{ width: null }, /^no size$/],
  ];
  for (const [file, fault] of cases) {
    const faults = faultsOf("grok-imagine", FILM, [file]);
    assert.equal(faults.length, 1, faults.join());
    assert.match(faults[0] ?? "", fault);
  }
  const silent = faultsOf("kling-2.6", { ...FILM, sound: true }, [{ sound: false }]);
  assert.match(silent.join(), /^sound is false/);
  assert.match(faultsOf("grok-imagine", FILM, [{}, {}]).join(), /^2 files instead of 1$/);
  const small = { width: 1024, height: 1024 };
  const asked = { size: "1:1", resolution: "2K" };
  assert.match(faultsOf("nano-banana-2", asked, [small]).join(), /^area of 1024x1024/);
  assert.match(faultsOf("z-image", { size: "640x480" }, [small]).join(), /^width is 1024/);
  const last = faultsOf("seedance-2", { ...FILM, return_last_frame: true }, [{}, {}]);
  assert.match(last.join(), /the last file is no picture/);
});

test("likeness() tells the given picture from another one", async () => {
  const given = await fixturePicture("/house.jpg");
  assert.ok((await likeness(given, await fixturePicture("/house.jpg"))) > 0.99);
  assert.ok((await likeness(given, await fixturePicture("/bottle.jpg"))) < 0.5);
});

test("likeness() knows a picture with a dark thing put in, and one in grey", async () => {
  const given = await fixturePicture("/reference-1.jpg");
  const sofa = { width: 640, height: 260, channels: 3, background: "rgb(0,70,75)" } as const;
  const input = await sharp({ create: sofa }).png().toBuffer();
  const edited = await sharp(given)
    .composite([{ input, left: 420, top: 460 }])
    .toBuffer();
  assert.ok((await likeness(given, edited)) > 0.6);
  assert.ok((await likeness(await fixturePicture("/house.jpg"), edited)) < 0.5);
  const grey = await sharp(edited).greyscale().png().toBuffer();
  assert.ok((await likeness(grey, grey)) > 0.99);
});
