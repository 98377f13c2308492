import assert from "node:assert/strict";
import { test } from "node:test";
import { createCatalogue } from "../../../../src/models/catalogue.ts";
import { judge } from "../../lib/judge.ts";
import type { Schema } from "../../lib/schema.ts";
import { type Control, type FormField, fieldsOf, isLyrics, isShown } from "./form-fields.ts";
import { carryValues, firstValues, toInput, toRequest, withPicture } from "./to-input.ts";

const { models } = createCatalogue();

function formOf(id: string): readonly FormField[] {
  const model = models.find((each) => each.id === id) ?? assert.fail(id);
  return fieldsOf(model.input as Schema);
}

function controlOf(id: string, name: string): Control {
  return formOf(id).find((field) => field.name === name)?.control ?? assert.fail(name);
}

test("fieldsOf() knows a control for every member of the catalogue", () => {
  for (const { id, input } of models) {
    for (const { name, control } of fieldsOf(input as Schema)) {
      assert.notEqual(control.kind, "json", `${id} ${name}`);
    }
  }
});

test("fieldsOf() draws ratios, also where they are pixels or stand beside pixels", () => {
  assert.equal(controlOf("flux-2-pro", "size").kind, "ratio");
  assert.equal(controlOf("wan2.5-text-to-video", "aspect_ratio").kind, "ratio");
  const size = controlOf("gpt-image-2", "size");
  assert.ok(size.kind === "ratio" && size.pixels === "x" && size.ratios.includes("auto"));
  const tiers = controlOf("seedream-5.0-lite", "size");
  assert.ok(tiers.kind === "ratio" && tiers.sizes.includes("2K"));
});

test("fieldsOf() leaves out what a model refuses", () => {
  const names = formOf("gpt-image-2").map(({ name }) => name);
  assert.ok(!names.includes("n") && !names.includes("image_urls"));
});

test("fieldsOf() chooses numbers, seeds, switches and fixed values by the schema", () => {
  const duration = controlOf("kling-3.0/standard", "duration");
  assert.ok(duration.kind === "number" && duration.slider && duration.unit === "s");
  assert.equal(controlOf("wan2.5-text-to-video", "seed").kind, "seed");
  assert.equal(controlOf("kling-3.0/standard", "sound").kind, "switch");
  assert.equal(controlOf("sora-2", "storyboard").kind, "maybe");
  assert.deepEqual(controlOf("veo3.1-fast", "duration"), { kind: "fixed", value: 8 });
  const weight = controlOf("generate-music", "style_weight");
  assert.ok(weight.kind === "number" && weight.step === 0.01);
});

test("fieldsOf() makes cards of objects, and sorts resolutions by size", () => {
  const shots = controlOf("kling-3.0/standard", "multi_prompt");
  assert.ok(shots.kind === "cards");
  assert.deepEqual(
    shots.fields.map(({ name }) => name),
    ["prompt", "duration"],
  );
  const schema: Schema = { properties: { resolution: { enum: ["4k", "720p", "2K", "480p"] } } };
  assert.deepEqual(fieldsOf(schema)[0]?.control, {
    kind: "choice",
    values: ["480p", "720p", "2K", "4k"],
  });
});

test("fieldsOf() begins with the prompt, after the mode, and ends with advanced", () => {
  assert.equal(formOf("flux-2-pro")[0]?.name, "prompt");
  assert.equal(formOf("generate-music")[0]?.name, "custom_mode");
  const last = formOf("wan2.5-text-to-video").at(-1);
  assert.equal(last?.group, "advanced");
});

test("isShown() follows the mode, and what is hidden is kept and not sent", () => {
  const fields = formOf("kling-3.0/standard");
  const named = (name: string): FormField =>
    fields.find((field) => field.name === name) ?? assert.fail(name);
  const values = { prompt: "a boat", multi_shots: true, duration: 5 };
  assert.equal(isShown(named("prompt"), fields, values), false);
  assert.equal(isShown(named("multi_prompt"), fields, values), true);
  assert.deepEqual(toInput(fields, values), { duration: 5, multi_shots: true });
  assert.deepEqual(toInput(fields, { ...values, multi_shots: false }), {
    prompt: "a boat",
    duration: 5,
  });
});

test("isShown() hides nothing where the other side of a mode does not exist", () => {
  const fields = formOf("wan2.6-text-to-video");
  const prompt = fields.find(({ name }) => name === "prompt") ?? assert.fail();
  assert.equal(isShown(prompt, fields, { multi_shots: true }), true);
});

test("isLyrics() is said of a prompt that is sung, word for word", () => {
  const fields = formOf("generate-music");
  const prompt = fields.find(({ name }) => name === "prompt") ?? assert.fail();
  assert.equal(isLyrics(prompt, fields, { custom_mode: true, instrumental: false }), true);
  assert.equal(isLyrics(prompt, fields, { custom_mode: true, instrumental: true }), false);
  assert.equal(isLyrics(prompt, fields, { custom_mode: false }), false);
  const picture = formOf("flux-2-pro");
  assert.equal(isLyrics(picture[0] ?? assert.fail(), picture, {}), false);
});

test("toInput() sends what differs from the default, and what it does not know", () => {
  const fields = formOf("sora-2");
  const input = toInput(fields, {
    prompt: "a boat",
    duration: 10,
    aspect_ratio: "9:16",
    image_urls: [],
    style: "",
    tomorrow: { a: 1 },
  });
  assert.deepEqual(input, { prompt: "a boat", aspect_ratio: "9:16", tomorrow: { a: 1 } });
});

test("toInput() gives every example back but for members that are hidden or usual", () => {
  for (const { id, input: schema, examples } of models) {
    const fields = fieldsOf(schema as Schema);
    for (const example of examples) {
      const input = toInput(fields, example);
      for (const [name, value] of Object.entries(input)) assert.equal(value, example[name], id);
      assert.deepEqual(judge(schema as Schema, input), [], `${id} ${JSON.stringify(input)}`);
    }
  }
});

test("firstValues() answers required choices and leaves words and pictures to people", () => {
  const values = firstValues(formOf("flux-2-pro"), { size: "1:1", resolution: "1K", prompt: "x" });
  assert.deepEqual(values, { size: "1:1", resolution: "1K" });
});

test("carryValues() moves values by role and names what was dropped", () => {
  const { values, dropped } = carryValues(
    { prompt: "a boat", size: "9:16", image_urls: ["https://a.example/1.png"], n: 2, duration: 7 },
    formOf("sora-2"),
  );
  assert.deepEqual(values, {
    prompt: "a boat",
    aspect_ratio: "9:16",
    image_urls: ["https://a.example/1.png"],
    duration: 10,
  });
  assert.deepEqual(dropped, ["n"]);
});

test("toRequest() is the one shape that is sent and shown", () => {
  assert.deepEqual(toRequest("sora-2", formOf("sora-2"), { prompt: "a boat" }), {
    model: "sora-2",
    input: { prompt: "a boat" },
  });
});

test("withPicture() adds a result to what a model works from, within its limit", () => {
  const [one, two, three] = ["one", "two", "three"].map((name) => `https://a.example/${name}.png`);
  assert.ok(one && two && three);
  const many = formOf("kling-3.0/standard");
  assert.deepEqual(withPicture(many, { prompt: "x" }, one), { prompt: "x", image_urls: [one] });
  assert.deepEqual(withPicture(many, { image_urls: [one, two] }, three), {
    image_urls: [one, three],
  });
  const single = formOf("kling-2.5-turbo-pro");
  assert.deepEqual(withPicture(single, {}, one), { start_image_url: one });
  assert.equal(withPicture(formOf("generate-lyrics"), {}, one), null);
});
