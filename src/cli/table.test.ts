import assert from "node:assert/strict";
import { test } from "node:test";
import { formatFacts, formatTable } from "./table.ts";

test("formatTable() makes each column as wide as its widest cell", () => {
  const rows = [
    ["a", "long cell", "x"],
    ["bbbb", "b", ""],
  ];
  assert.equal(
    formatTable(["id", "name", "last"], rows, null),
    "id    name       last\na     long cell  x\nbbbb  b\n",
  );
});

test("formatTable() cuts lines to a screen, and never in a pipe", () => {
  const rows = [["0123456789"]];
  assert.equal(formatTable(["n"], rows, 6), "n\n01234…\n");
  assert.equal(formatTable(["n"], rows, 10), "n\n0123456789\n");
  assert.equal(formatTable(["n"], rows, null), "n\n0123456789\n");
});

test("formatTable() keeps a cell on one line and lets it not drive the terminal", () => {
  assert.equal(formatTable(["n"], [["a\n\u001b[2Jb"]], null), "n\na [2Jb\n");
});

test("formatFacts() writes the values under each other", () => {
  const facts = [
    ["id", "task"],
    ["created time", "now\nor so"],
  ] as const;
  assert.equal(formatFacts(facts), "id            task\ncreated time  now or so\n");
  assert.equal(formatFacts([]), "");
});
