import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf } from "./form-fields.ts";
import { inFormWords } from "./form-words.ts";

const fields = fieldsOf({
  type: "object",
  properties: {
    prompt: { type: "string" },
    custom_mode: { type: "boolean" },
    image_urls: { type: "array", items: { type: "string", format: "uri" }, maxItems: 2 },
  },
});

test("inFormWords() says a refusal with the labels and modes of the form", () => {
  assert.equal(
    inFormWords("prompt is required when custom_mode is false", fields),
    "Prompt is required when Mode is Simple",
  );
  assert.equal(
    inFormWords("image_urls takes one picture when custom_mode is true", fields),
    "Images takes one picture when Mode is Custom",
  );
});

test("inFormWords() leaves alone what the form does not show", () => {
  assert.equal(inFormWords("strange_thing is true", fields), "strange_thing is true");
});
