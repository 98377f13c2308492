import assert from "node:assert/strict";
import { test } from "node:test";
import { startProgress } from "./progress.ts";

function setup(isScreen: boolean): {
  readonly progress: ReturnType<typeof startProgress>;
  readonly notes: string[];
} {
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
  };
  return { progress: startProgress({ note, isScreen }), notes };
}

test("startProgress() redraws one bar on a screen and wipes it at the end", () => {
  const { progress, notes } = setup(true);
  progress.show({ status: "not_started", percent: 0, elapsedS: 0.2 });
  progress.show({ status: "running", percent: 50, elapsedS: 3.6 });
  progress.end();
  assert.deepEqual(notes, [
    `\r${"░".repeat(28)}   0 %  waiting  0 s\u001b[K`,
    `\r${"█".repeat(14)}${"░".repeat(14)}  50 %  running  4 s\u001b[K`,
    "\r\u001b[K",
  ]);
});

test("startProgress() writes a plain line for each tenth into a pipe", () => {
  const { progress, notes } = setup(false);
  for (const percent of [0, 4, 11, 19, 20, 99]) {
    progress.show({ status: "running", percent, elapsedS: percent });
  }
  progress.end();
  assert.deepEqual(notes, ["running 0 %\n", "running 10 %\n", "running 20 %\n", "running 90 %\n"]);
});

test("startProgress() wipes nothing, when nothing was shown", () => {
  const { progress, notes } = setup(true);
  progress.end();
  assert.deepEqual(notes, []);
});
