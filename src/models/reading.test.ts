import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, isGiven, isOn, lengthOf, numberOf, textOf } from "./reading.ts";

const INPUT = {
  text: "rain",
  blank: " ",
  number: 6,
  on: true,
  list: [1, 2],
  empty: [],
  none: null,
};

test("textOf() gives the text, and nothing for other values", () => {
  assert.equal(textOf(INPUT, "text"), "rain");
  assert.equal(textOf(INPUT, "number"), "");
  assert.equal(textOf(INPUT, "absent"), "");
});

test("numberOf() gives the number, and 0 for other values", () => {
  assert.equal(numberOf(INPUT, "number"), 6);
  assert.equal(numberOf(INPUT, "text"), 0);
  assert.equal(numberOf(INPUT, "absent"), 0);
});

test("isOn() is for true alone", () => {
  assert.equal(isOn(INPUT, "on"), true);
  assert.equal(isOn(INPUT, "text"), false);
  assert.equal(isOn(INPUT, "absent"), false);
});

test("countOf() counts elements, and none in other values", () => {
  assert.equal(countOf(INPUT, "list"), 2);
  assert.equal(countOf(INPUT, "empty"), 0);
  assert.equal(countOf(INPUT, "text"), 0);
  assert.equal(countOf(INPUT, "absent"), 0);
});

test("isGiven() is false for what says nothing", () => {
  for (const name of ["text", "number", "on", "list"]) assert.equal(isGiven(INPUT, name), true);
  for (const name of ["blank", "empty", "none", "absent"]) {
    assert.equal(isGiven(INPUT, name), false, name);
  }
});

test("isGiven() is true for false and 0, which say something", () => {
  assert.equal(isGiven({ flag: false, scale: 0 }, "flag"), true);
  assert.equal(isGiven({ flag: false, scale: 0 }, "scale"), true);
});

test("lengthOf() counts characters beyond the basic plane once", () => {
  assert.equal(lengthOf(""), 0);
  assert.equal(lengthOf("rain"), 4);
  assert.equal(lengthOf("🦊🦊"), 2);
});
