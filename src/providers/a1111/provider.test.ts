import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { A1111_KEY, openA1111 } from "../../../test/support/fakes/a1111.ts";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { a1111Provider } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const SUBJECT = {
  provider: a1111Provider({
    models: { "z-image": "default", "gpt-4o-image": "sdxl.safetensors" },
    media: { "z-image": "image", "gpt-4o-image": "image", "sora-2": "video" },
  }),
  openFake: openA1111,
  secret: { key: A1111_KEY },
  files: { [LAKE]: PICTURE },
};
const SMALL = { prompt: "a lake", size: "1:1" };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    picture: { model: "z-image", input: SMALL },
    several: { model: "gpt-4o-image", input: { prompt: "a lake", size: "3:2", n: 2 } },
  },
});

describe("prepare()", () => {
  test("names the checkpoint of a route, unless the server's own is meant", async () => {
    await using rig = await setup();
    const settings = (model: string, input: JsonObject) =>
      member(rig.ready(model, input), "body", "override_settings");
    assert.deepEqual(settings("z-image", SMALL), {});
    assert.deepEqual(settings("gpt-4o-image", { prompt: "a", size: "1:1" }), {
      sd_model_checkpoint: "sdxl.safetensors",
    });
  });

  test("refuses films, several pictures, a mask alone, hidden settings", async () => {
    await using rig = await setup();
    const hidden = "a <sd_cpp_extra_args>{}</sd_cpp_extra_args>";
    const cases: readonly (readonly [JsonObject, RegExp])[] = [
      [{ prompt: "a", image_urls: [LAKE, LAKE] }, /^image_urls must have one picture/],
      [{ prompt: "a", mask_url: LAKE }, /^mask_url needs the picture/],
      [{ prompt: hidden }, /must not contain/],
      [{ prompt: "a", style: "noir" }, /^style is not supported/],
    ];
    for (const [input, message] of cases) {
      const preparation = rig.prepare("z-image", SMALL, { input });
      assert.match(preparation.kind === "refused" ? preparation.error.message : "", message);
    }
    const film = rig.prepare("z-image", SMALL, { model: "sora-2" });
    assert.match(film.kind === "refused" ? film.error.message : "", /makes no pictures/);
  });
});

describe("submit()", () => {
  test("gives the pictures, not the grid of them", async () => {
    await using rig = await setup();
    const input = { prompt: "a lake", size: "1:1", n: 2 };
    const { artifacts, meta } = await rig.run(rig.ready("gpt-4o-image", input));
    assert.equal(artifacts.length, 2);
    assert.deepEqual(meta, { seed: 7, model: "sdxl" });
  });

  test("sends a customer's media as bytes, never as a URL", async () => {
    await using rig = await setup();
    const input = { prompt: "winter", image_urls: [LAKE], mask_url: LAKE, output_format: "jpg" };
    await rig.submit(rig.ready("z-image", SMALL, { input }));
    const [sent] = rig.fake.seen;
    assert.equal(sent?.path, "/sdapi/v1/img2img");
    const file = `data:image/png;base64,${PICTURE.toString("base64")}`;
    assert.deepEqual(sent?.json, {
      prompt: "winter",
      n_iter: 1,
      batch_size: 1,
      override_settings: { samples_format: "jpeg" },
      init_images: [file],
      mask: file,
    });
    assert.equal(rig.fake.taken, 1);
  });
});
