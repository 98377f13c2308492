import assert from "node:assert/strict";
import { test } from "node:test";
import { isJsonObject } from "../lib/json.ts";
import { createCatalogue } from "./catalogue.ts";
import { UI_GROUPS, withUiHints } from "./ui-hints.ts";

const { models } = createCatalogue();

test("withUiHints() has a hint for each member of each model, and changes nothing else", () => {
  for (const model of models) {
    const { properties, "x-ui": ui, ...rest } = withUiHints(model);
    const { properties: given = {}, ...same } = model.input;
    assert.deepEqual(rest, same, model.id);
    assert.ok(isJsonObject(properties) && isJsonObject(given) && isJsonObject(ui));
    for (const [name, schema] of Object.entries(properties)) {
      assert.ok(isJsonObject(schema));
      const { "x-ui": hint, ...plain } = schema;
      assert.deepEqual(plain, given[name]);
      assert.ok(isJsonObject(hint), `${model.id} ${name}`);
      assert.ok(UI_GROUPS.some((group) => group === hint.group));
      assert.notEqual(hint.control, "");
    }
    assert.ok(Array.isArray(ui.order));
    assert.deepEqual(ui.order.toSorted(), Object.keys(given).toSorted());
  }
});

test("withUiHints() puts the prompt before pictures, and what is rare last", () => {
  const find = (id: string) => models.find((model) => model.id === id) ?? assert.fail(id);
  const orderOf = (id: string): unknown => Object(withUiHints(find(id))["x-ui"]).order;
  const order = orderOf("gpt-image-2-edit");
  assert.ok(Array.isArray(order));
  assert.deepEqual([order[0], order[1]], ["prompt", "image_urls"]);
  const song = orderOf("generate-music");
  assert.ok(Array.isArray(song));
  assert.equal(song[0], "custom_mode");
  assert.ok(song.indexOf("negative_tags") > song.indexOf("mv"));
});

test("withUiHints() names what a song's prompt is when it is custom", () => {
  const song = models.find(({ id }) => id === "generate-music") ?? assert.fail();
  const { properties } = withUiHints(song);
  assert.ok(isJsonObject(properties) && isJsonObject(properties.prompt));
  const hint = properties.prompt["x-ui"];
  assert.ok(isJsonObject(hint));
  assert.deepEqual(hint.lyrics_when, { custom_mode: true });
});
