import assert from "node:assert/strict";
import { test } from "node:test";
import { REFUSALS } from "../../test/golden/refusals.ts";
import { API_ERRORS } from "../core/error.ts";
import { createCatalogue } from "./catalogue.ts";
import { ruleNames } from "./rule.ts";
import { createValidator } from "./validate.ts";

const catalogue = createCatalogue();
const validator = createValidator();

for (const { rule, model: id, input, status, type, message } of REFUSALS) {
  test(`check() refuses by ${rule}, when ${id} gets ${name(input)}`, () => {
    const model = catalogue.find(id);
    assert.ok(model, id);

    const verdict = validator.check(model, input);

    assert.equal(verdict.kind, "refused");
    assert.equal(verdict.refusal.message, message);
    assert.deepEqual(API_ERRORS[verdict.refusal.code ?? "invalid_request"], { status, type });
  });
}

test("check() names the rule that speaks, in each row of the table", () => {
  for (const row of REFUSALS.filter(({ rule }) => rule !== "schema")) {
    const rules = catalogue.find(row.model)?.rules ?? [];
    assert.ok(
      rules.some(({ name }) => name === row.rule),
      `${row.model} has no rule ${row.rule}`,
    );
    const others = rules.filter(({ name }) => name !== row.rule);
    const model = catalogue.find(row.model);
    assert.ok(model);
    const verdict = validator.check({ ...model, rules: others }, row.input);
    assert.ok(
      verdict.kind === "valid" || verdict.refusal.message !== row.message,
      `${row.rule} is not what refuses its row`,
    );
  }
});

test("ruleNames() gives no rule without a row in the table of refusals", () => {
  const rows = new Set(REFUSALS.map(({ rule }) => rule));

  assert.deepEqual(
    ruleNames(catalogue.models).filter((rule) => !rows.has(rule)),
    [],
  );
});

test("REFUSALS has no row for a rule that is gone", () => {
  const names = new Set(["schema", ...ruleNames(catalogue.models)]);

  assert.deepEqual(
    REFUSALS.filter(({ rule }) => !names.has(rule)),
    [],
  );
});

test("REFUSALS names in each message the member at fault, where the words are ours", () => {
  for (const { model: id, input, message } of REFUSALS) {
    const model = catalogue.find(id);
    assert.ok(model);
    const verdict = validator.check(model, input);
    assert.equal(verdict.kind, "refused");
    const member = /^\w+/.exec(verdict.refusal.field)?.[0] ?? "";
    if (member === "input" || message.endsWith("does not support reference mode")) continue;
    assert.match(message.toLowerCase(), new RegExp(member));
  }
});

function name(input: unknown): string {
  const text = JSON.stringify(input);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
