import assert from "node:assert/strict";
import { test } from "node:test";
import { lineAt, timedLines } from "./timed-lines.ts";

const LYRICS = "[ti:Windows]\n[00:02.50] Open the windows\n[01:03.1]Another\r\n\n[00:00.00]";

test("timedLines() reads lines with their seconds, in the order in which they are sung", () => {
  assert.deepEqual(timedLines(LYRICS), [
    { atS: 0, text: "" },
    { atS: 2.5, text: "Open the windows" },
    { atS: 63.1, text: "Another" },
  ]);
  assert.deepEqual(timedLines("words without times"), []);
});

test("lineAt() gives the line that is sung, none before the first", () => {
  const lines = timedLines(LYRICS).slice(1);
  assert.deepEqual(
    [0, 2.5, 62, 63.1, 900].map((at) => lineAt(lines, at)),
    [-1, 0, 0, 1, 1],
  );
});
