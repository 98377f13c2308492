import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { present } from "../lib/assert.ts";
import type { JsonObject } from "../lib/json.ts";
import { createCatalogue } from "../models/catalogue.ts";
import type { Model } from "../models/model.ts";
import { examine } from "./examine.ts";

const MODEL: Model = present(createCatalogue().find("grok-imagine"), "the model");
const TIMED: Model = {
  ...MODEL,
  timing: {
    sources: () => [],
    check: () => ({ field: "prompt", message: "prompt is too long to be sung" }),
  },
};

test("examine() answers at once where an input refers to nothing", async () => {
  await using bench = await openEngineBench({ providers: [] });
  const { context, projectId } = bench;
  const look = (model: Model, input: JsonObject) =>
    examine(context, { projectId, mode: "live" }, { model, input, loopback: false });
  const image = { prompt: "a boat", image_urls: ["https://media.example.com/a.png"] };
  assert.ok(!(look(MODEL, { prompt: "a boat" }) instanceof Promise));
  assert.ok(look(MODEL, image) instanceof Promise);
  await assert.rejects(async () => look(TIMED, { prompt: "a boat" }), /too long to be sung/);
});
