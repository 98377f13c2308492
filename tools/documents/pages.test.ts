import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTINGS } from "../../src/config/settings.ts";
import { API_ERRORS, TASK_ERROR_CODES } from "../../src/core/error.ts";
import { MOVES } from "../../src/core/lifecycle.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import { configPage } from "./config.ts";
import { errorsPage } from "./errors.ts";
import { lifecyclePage } from "./lifecycle.ts";
import { table } from "./markdown.ts";
import { modelsPage } from "./models.ts";

test("errorsPage() has a row for each answer and each code of a failed task", () => {
  const page = errorsPage();
  for (const { status, type } of Object.values(API_ERRORS)) {
    assert.ok(page.includes(`| ${status} | \`${type}\` | `), type);
  }
  for (const code of TASK_ERROR_CODES) assert.ok(page.includes(`| \`${code}\` | `), code);
});

test("configPage() has a row for each setting with its default", () => {
  const page = configPage();
  for (const { name, fallback } of SETTINGS) {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
    assert.ok(row?.includes(fallback), name);
  }
});

test("lifecyclePage() has a row and an arrow for each move", () => {
  const page = lifecyclePage();
  for (const { from, on, to, when } of MOVES) {
    assert.ok(page.includes(`| ${from} | ${on} | ${to} | ${when} |`), `${from} ${on} ${to}`);
    assert.ok(page.includes(`  ${from} --> ${to}\n`), `${from} ${to}`);
  }
});

test("modelsPage() has a part for each model, with each member of its input", () => {
  const page = modelsPage();
  for (const { id, input } of createCatalogue().models) {
    const part = page.split(`### ${id}\n`)[1]?.split("\n### ")[0] ?? "";
    assert.notEqual(part, "", id);
    const members = input.properties;
    assert.ok(typeof members === "object" && members !== null);
    for (const name of Object.keys(members)) {
      assert.ok(part.includes(`| \`${name}\``), `${id} ${name}`);
    }
  }
});

test("modelsPage() spells out limits, choices and defaults", () => {
  const part = modelsPage().split("### grok-imagine\n")[1]?.split("\n### ")[0] ?? "";
  assert.match(part, /\| `prompt` \(required\) \| text of up to 5000 characters, not blank \|/);
  assert.match(part, /\| `duration` \| `6`, `10` \| `6` \|/);
  assert.match(part, /\| `image_urls` \| list of URL, up to 1 \|/);
});

test("table() escapes bars and keeps a cell on one line", () => {
  assert.equal(table(["a"], [["b|c\nd"]]), "| a |\n| --- |\n| b\\|c d |");
});
