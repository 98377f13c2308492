import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Json, JsonObject } from "../lib/json.ts";
import { fillTemplate, isPath, mappingFaults, membersOf, valuesAt } from "./mapping.ts";

/** Templates, inputs and what is sent. */
const FILLED: readonly (readonly [string, Json, JsonObject, Json])[] = [
  ["a member with its type", { a: "{n}", b: "{flag}" }, { n: 2, flag: false }, { a: 2, b: false }],
  ["members within a text", { a: "{x}, {y}!" }, { x: "one", y: 2 }, { a: "one, 2!" }],
  ["another type", { a: "{n|text}", b: "{t|number}" }, { n: 5, t: "7" }, { a: "5", b: 7 }],
  ["an item of a list", { a: "{urls.1}" }, { urls: ["x", "y"] }, { a: "y" }],
  ["nothing for an absent member", { a: "{x}", b: ["{x}", 1], c: "{x} y" }, {}, { b: [1] }],
  [
    "a table",
    { a: { $of: "size", "1:1": "square", "2": "{n}" } },
    { size: "1:1" },
    { a: "square" },
  ],
  ["a table of other types", { a: { $of: "n", "3": { k: "{n}" } } }, { n: 3 }, { a: { k: 3 } }],
  ["no table for an absent member", { a: { $of: "size", "1:1": 1 }, b: 2 }, {}, { b: 2 }],
  [
    "what is no placeholder",
    { a: "{Not one}", b: null, c: [true] },
    {},
    { a: "{Not one}", b: null, c: [true] },
  ],
];

describe("fillTemplate()", () => {
  for (const [name, template, input, body] of FILLED) {
    test(`sends ${name}`, () => {
      assert.deepEqual(fillTemplate(template, input), { kind: "filled", body, files: [] });
    });
  }

  test("refuses a value that a table does not have, also one of every object", () => {
    for (const size of ["9:16", "$of", "toString", "__proto__"]) {
      const filled = fillTemplate({ a: { $of: "size", "1:1": 1 } }, { size });
      assert.equal(
        filled.kind === "refused" ? filled.message : "",
        `size ${size} is not supported by this provider`,
      );
    }
  });

  test("keeps places for files, and no address in them", () => {
    const template = { first: "{image_urls.0|file}", all: ["{image_urls|file}"] };
    const filled = fillTemplate(template, {
      image_urls: ["https://a.example/1", "https://a.example/2"],
    });
    assert.deepEqual(filled, {
      kind: "filled",
      body: { first: null, all: [[null, null]] },
      files: [
        { path: ["first"], url: "https://a.example/1" },
        { path: ["all", 0, 0], url: "https://a.example/1" },
        { path: ["all", 0, 1], url: "https://a.example/2" },
      ],
    });
  });

  test("sends any text of a customer as it is, never as a template", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (prompt, style) => {
        const filled = fillTemplate({ p: "{prompt}", t: "{style}: {prompt}" }, { prompt, style });
        assert.deepEqual(filled.kind === "filled" ? filled.body : null, {
          p: prompt,
          t: `${style}: ${prompt}`,
        });
      }),
    );
    const filled = fillTemplate({ p: "a {prompt}" }, { prompt: "{secret} $& $1", secret: "x" });
    assert.deepEqual(filled.kind === "filled" ? filled.body : null, { p: "a {secret} $& $1" });
  });
});

describe("mappingFaults()", () => {
  const MEMBERS = ["prompt", "size"];

  test("finds nothing wrong with a good one", () => {
    const input = { p: "{prompt}", s: { $of: "size", "1:1": "x" } };
    assert.deepEqual(mappingFaults({ input, output: "images.*.url", ignore: [] }, MEMBERS), []);
    assert.deepEqual([...membersOf(input)], ["prompt", "size"]);
  });

  test("names every member that the model does not have, and a path that is none", () => {
    const faults = mappingFaults(
      { input: { p: "{promt}", s: { $of: "ratio" } }, output: "a..b", ignore: ["n"] },
      MEMBERS,
    );
    assert.deepEqual(
      faults.map(([path, message]) => path + message),
      [
        "input names {promt}, which is no member: the model has prompt, size",
        "input names {ratio}, which is no member: the model has prompt, size",
        "ignore names n, which is no member: the model has prompt, size",
        "output is no path: write one such as images.*.url",
      ],
    );
  });
});

describe("valuesAt()", () => {
  test("finds members, items and all of them, and nothing where there is nothing", () => {
    const answer = { images: [{ url: "a" }, { url: null }, { url: "b" }], video: { url: "c" } };
    assert.deepEqual(valuesAt(answer, "images.*.url"), ["a", "b"]);
    assert.deepEqual(valuesAt(answer, "images.0.url"), ["a"]);
    assert.deepEqual(valuesAt(answer, "*.url"), ["c"]);
    assert.deepEqual(valuesAt(answer, "toString.name"), []);
    assert.deepEqual(valuesAt("text", "images.*"), []);
    assert.ok(isPath("output.*") && !isPath("") && !isPath("a[0]"));
  });
});
