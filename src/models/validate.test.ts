import assert from "node:assert/strict";
import { test } from "node:test";
import { createCatalogue } from "./catalogue.ts";
import type { Model } from "./model.ts";
import { createValidator, type Validator } from "./validate.ts";

interface Setup {
  readonly validator: Validator;
  model(id: string): Model;
  /** The message of a refusal, or `valid`. */
  judge(id: string, input: unknown): string;
}

function setup(): Setup {
  const catalogue = createCatalogue();
  const validator = createValidator();
  const model = (id: string): Model => {
    const found = catalogue.find(id);
    assert.ok(found, id);
    return found;
  };
  return {
    validator,
    model,
    judge(id, input) {
      const verdict = validator.check(model(id), input);
      return verdict.kind === "valid" ? "valid" : verdict.refusal.message;
    },
  };
}

test("check() fills in defaults and keeps what was given, when the input is right", () => {
  const { validator, model } = setup();

  const verdict = validator.check(model("grok-imagine"), { prompt: "A fox", duration: 10 });

  assert.deepEqual(verdict, {
    kind: "valid",
    input: { prompt: "A fox", aspect_ratio: "16:9", duration: 10, mode: "normal" },
  });
});

test("check() drops members that no schema names, when the model is not strict", () => {
  const { validator, model } = setup();

  const verdict = validator.check(model("gpt-4o-image"), {
    prompt: "A fox",
    image_url: "not even a URL",
    seed: 7,
  });

  assert.deepEqual(verdict, { kind: "valid", input: { prompt: "A fox", size: "1:1", n: 1 } });
});

test("check() drops them at every depth that a schema describes", () => {
  const { validator, model } = setup();
  const shot = { prompt: "A door opens", duration: 3, mood: "calm" };

  const video = validator.check(model("kling-3.0/pro"), {
    multi_shots: true,
    multi_prompt: [shot],
    duration: 3,
  });

  assert.equal(video.kind, "valid");
  assert.deepEqual(video.input.multi_prompt, [{ prompt: "A door opens", duration: 3 }]);
});

test("check() takes null for absent inside of objects too, not in the place of an item", () => {
  const { validator, model } = setup();
  const picture = "https://media.example.com/1.jpg";
  const element = { name: "cat", element_input_urls: [picture, picture] };
  const input = { prompt: "@cat", duration: 5, image_urls: [picture] };
  const verdict = validator.check(model("kling-3.0/pro"), {
    ...input,
    kling_elements: [{ ...element, description: null, element_input_video_urls: null }],
  });

  assert.ok(verdict.kind === "valid");
  assert.deepEqual(verdict.input.kling_elements, [element]);
  const hole = validator.check(model("kling-3.0/pro"), { ...input, image_urls: [null] });
  assert.ok(hole.kind === "refused");
  assert.equal(hole.refusal.message, "image_urls[0] must be a string (got null)");
});

test("check() takes null for absent, as clients write it", () => {
  const { validator, model, judge } = setup();

  const verdict = validator.check(model("gpt-4o-image"), { prompt: "A fox", n: null });

  assert.deepEqual(verdict, { kind: "valid", input: { prompt: "A fox", size: "1:1", n: 1 } });
  assert.equal(judge("gpt-4o-image", { prompt: null }), "prompt is required");
});

test("check() changes neither the input nor the catalogue", () => {
  const { validator, model } = setup();
  const input = Object.freeze({ prompt: "A fox" });
  const before = JSON.stringify(model("gpt-4o-image").input);

  validator.check(model("gpt-4o-image"), input);

  assert.deepEqual(input, { prompt: "A fox" });
  assert.equal(JSON.stringify(model("gpt-4o-image").input), before);
});

test("check() asks for the input, when there is none or it is no object", () => {
  const { judge } = setup();

  assert.equal(judge("sora-2", undefined), "input is required");
  assert.equal(judge("sora-2", null), "input is required");
  for (const input of ["prompt", 7, true, [], [{ prompt: "A fox" }]]) {
    assert.equal(judge("sora-2", input), "input must be an object");
  }
});

test("check() never turns one type into another", () => {
  const { judge } = setup();

  assert.equal(
    judge("grok-imagine", { prompt: "A fox", duration: "6" }),
    'duration must be one of: 6, 10 (got "6")',
  );
  assert.equal(judge("sora-2", { prompt: 7 }), "prompt must be a string (got 7)");
  assert.equal(
    judge("sora-2", { prompt: "A fox", storyboard: "true" }),
    'storyboard must be true or false (got "true")',
  );
  assert.equal(
    judge("sora-2", { prompt: "A fox", image_urls: "https://media.example.com/1.jpg" }),
    'image_urls must be a list (got "https://media.example.com/1.jpg")',
  );
});

test("check() survives keys that reach for the prototype", () => {
  const { validator, model } = setup();
  const hostile: unknown = JSON.parse(
    '{"prompt":"A fox","__proto__":{"n":4,"polluted":true},"constructor":1,"toString":2}',
  );

  const verdict = validator.check(model("gpt-4o-image"), hostile);

  assert.deepEqual(verdict, { kind: "valid", input: { prompt: "A fox", size: "1:1", n: 1 } });
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

test("check() does not see members that are inherited", () => {
  const { judge } = setup();

  assert.equal(judge("sora-2", Object.create({ prompt: "A fox" })), "prompt is required");
});

test("check() repeats little of what the caller wrote", () => {
  const { judge } = setup();
  const long = "x".repeat(10_000);

  for (const input of [
    { prompt: "A fox", size: long },
    { prompt: "A fox", image_urls: [long] },
    { prompt: long },
    { prompt: "A fox", n: long },
  ]) {
    const message = judge("gpt-4o-image", input);
    assert.notEqual(message, "valid");
    assert.ok(message.length <= 200, message);
    assert.ok(!message.includes("x".repeat(81)), message);
  }
});

test("check() counts characters, not UTF-16 units", () => {
  const { judge } = setup();

  assert.equal(judge("sora-2", { prompt: "🦊".repeat(1000) }), "valid");
  assert.equal(
    judge("sora-2", { prompt: "🦊".repeat(1001) }),
    "prompt must be 1000 characters or fewer (got 1001)",
  );
});

test("check() refuses text that no database keeps", () => {
  const { judge } = setup();
  const message = "prompt must be well-formed Unicode text without U+0000";

  assert.equal(judge("sora-2", { prompt: "a\u0000b" }), message);
  assert.equal(judge("sora-2", { prompt: "a\ud83e" }), message);
});

test("check() does not repeat a password that stands in an address", () => {
  const { judge } = setup();

  const message = judge("sora-2", {
    prompt: "A fox",
    image_urls: ["https://me:secret@a.example/"],
  });

  assert.equal(
    message,
    "image_urls[0] must be an http or https URL of at most 2048 characters without user name",
  );
});

test("check() reads a schema only for the model in question, so that a start is quick", () => {
  const { validator, judge } = setup();
  let reads = 0;
  const watched = {
    ...setup().model("sora-2"),
    id: "watched",
    get input() {
      reads += 1;
      return { type: "object", properties: {} };
    },
  };

  assert.equal(judge("sora-2", { prompt: "A fox" }), "valid");
  assert.equal(reads, 0);
  assert.equal(validator.check(watched, {}).kind, "valid");
  assert.ok(reads > 0);
});
