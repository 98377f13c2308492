import assert from "node:assert/strict";
import { test } from "node:test";
import { PRICED_CLIP_SECONDS, PRICED_INPUTS } from "../../test/golden/models-prices.ts";
import { AssertionError } from "../lib/assert.ts";
import type { JsonObject } from "../lib/json.ts";
import { createCatalogue } from "./catalogue.ts";
import type { Model } from "./model.ts";
import {
  by,
  byDuration,
  perImage,
  perRequest,
  perSecond,
  plusEach,
  when,
  withNote,
} from "./price.ts";
import { createValidator } from "./validate.ts";

const catalogue = createCatalogue();
const validator = createValidator();

for (const [id, change, credits] of PRICED_INPUTS) {
  test(`quote() gives ${credits} credits, when ${id} gets ${JSON.stringify(change)}`, () => {
    const model = catalogue.find(id);
    assert.ok(model, id);
    assert.equal(quote(model, { ...model.examples[0], ...change }), Math.round(credits * 1000));
  });
}

test("quote() is tested for every model", () => {
  const priced = new Set(PRICED_INPUTS.map(([id]) => id));

  assert.deepEqual(
    catalogue.models.map(({ id }) => id).filter((id) => !priced.has(id)),
    [],
  );
});

test("quote() gives a price for every model, none of them free", () => {
  for (const model of catalogue.models) {
    assert.ok(model.price, model.id);
    for (const example of model.examples) assert.ok(quote(model, example) >= 1000, model.id);
  }
});

test("quote() pays for the files that were made, when a model makes several", () => {
  const model = catalogue.find("seedream-4");
  assert.ok(model?.price);
  const input = { prompt: "A fox", n: 5 };

  assert.equal(model.price.quote(input), 25_000);
  assert.equal(model.price.quote(input, { units: 3 }), 15_000);
  assert.equal(model.price.quote(input, { units: 0 }), 0);
});

test("quote() does not look at the number of files, when a model has no n", () => {
  for (const model of catalogue.models) {
    const properties: unknown = model.input.properties;
    assert.ok(typeof properties === "object" && properties !== null);
    const counts = "n" in properties && !model.id.startsWith("gpt-image-2");
    const input = checked(model, model.examples[0] ?? {});
    const lengths = lengthsFor(model, input);
    const one = model.price?.quote(input, { units: 1, lengths });
    assert.equal(model.price?.quote(input, { units: 2, lengths }) === one, !counts, model.id);
  }
});

test("perRequest() costs the same, whatever is made", () => {
  const price = perRequest(8.48);

  assert.equal(price.summary, "8.48 credits per request");
  assert.equal(price.quote({}), 8480);
  assert.equal(price.quote({ n: 4 }, { units: 4 }), 8480);
  assert.equal(perRequest(1).summary, "1 credit per request");
});

test("perImage() takes n from the input, when no number is said", () => {
  const price = perImage(5);

  assert.equal(price.summary, "5 credits per image");
  assert.equal(price.quote({ n: 3 }), 15_000);
  assert.equal(price.quote({}), 5000);
});

test("perSecond() multiplies exactly, when a rate has decimals", () => {
  const price = perSecond(3.6);

  assert.equal(price.summary, "3.6 credits per second");
  assert.equal(price.quote({ duration: 7 }), 25_200);
});

test("by() chooses a case by a field and lists all of them", () => {
  const price = perRequest(by("resolution", { "1K": 6, "2K": byDuration({ 5: 9, 10: 18 }) }));

  assert.equal(price.summary, "credits per request: 1K 6, 2K (5 s 9, 10 s 18)");
  assert.equal(price.quote({ resolution: "1K" }), 6000);
  assert.equal(price.quote({ resolution: "2K", duration: 10 }), 18_000);
});

test("by() stops, when the input has no case", () => {
  const price = perRequest(by("resolution", { "1K": 6 }));

  assert.throws(() => price.quote({ resolution: "8K" }), AssertionError);
  assert.throws(() => price.quote({}), AssertionError);
  assert.throws(() => price.quote({ resolution: "toString" }), AssertionError);
});

test("when() asks the input a question", () => {
  const price = perSecond(when((input) => input.sound === true, ["loud", 3], ["silent", 2]));

  assert.equal(price.summary, "credits per second: loud 3, silent 2");
  assert.equal(price.quote({ sound: true, duration: 2 }), 6000);
  assert.equal(price.quote({ duration: 2 }), 4000);
});

test("plusEach() adds for each thing found, and withNote() only talks", () => {
  const extra = { credits: 0.5, what: "picture" };
  const price = withNote(
    plusEach(perRequest(4), extra, () => 3),
    "so it is",
  );

  assert.equal(price.summary, "4 credits per request, and 0.5 for each picture; so it is");
  assert.equal(price.quote({}), 5500);
});

function quote(model: Model, input: JsonObject): number {
  assert.ok(model.price);
  const complete = checked(model, input);
  return model.price.quote(complete, { lengths: lengthsFor(model, complete) });
}

/** Every medium lasts as long as the price list's clips. */
function lengthsFor(model: Model, input: JsonObject): ReadonlyMap<string, number> {
  const sources = model.timing?.sources(input) ?? [];
  return new Map(sources.map(({ name }) => [name, PRICED_CLIP_SECONDS]));
}

function checked(model: Model, input: JsonObject): JsonObject {
  const verdict = validator.check(model, input);
  assert.ok(verdict.kind === "valid", JSON.stringify(verdict));
  return verdict.input;
}
