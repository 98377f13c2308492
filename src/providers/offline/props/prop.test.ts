import assert from "node:assert/strict";
import { test } from "node:test";
import { makeChance } from "../chance.ts";
import { openSheet } from "../paint/canvas.ts";
import { beastBuild } from "./beast-builds.ts";
import { footfall, type LegName } from "./gait.ts";
import { poseFor } from "./person-pose.ts";
import { drawProp } from "./prop.ts";

const SIDE = 120;

/** Which pixels of a drawing are covered, 120 by 120. */
function coverOf(art: {
  draw: string;
  kind: string;
  motion: string | null;
  phase: number;
}): number[] {
  const { pen } = openSheet(SIDE * 2, SIDE);
  pen.translate(SIDE, 10);
  drawProp(pen, { ...art, colour: [0.5, 0.1, 50], random: makeChance(1)("prop") });
  const { data } = pen.getImageData(0, 0, SIDE * 2, SIDE);
  return Array.from({ length: data.length / 4 }, (_, at) =>
    (data[at * 4 + 3] ?? 0) > 128 ? 1 : 0,
  );
}

/** The share of the covered pixels that two drawings do not have in common. */
function change(first: readonly number[], second: readonly number[]): number {
  const apart = first.filter((value, at) => value !== second[at]).length;
  return apart / first.reduce((sum, value) => sum + value, 0);
}

for (const [draw, kind] of [
  ["beast", "dog"],
  ["beast", "horse"],
  ["beast", "rabbit"],
  ["person", "man"],
  ["person", "runner"],
] as const) {
  test(`drawProp() moves the legs of a running ${kind}, and of one that stands it does not`, () => {
    const at = (motion: string | null, phase: number) => coverOf({ draw, kind, motion, phase });
    for (const [from, to] of [
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 0.75],
    ] as const)
      assert.ok(change(at("run", from), at("run", to)) > 0.1, `${kind} from ${from} to ${to}`);
    if (kind !== "runner") assert.equal(change(at(null, 0), at(null, 0.5)), 0);
  });
}

for (const motion of ["read", "sit", "ride", "row", "fight", "fish", "hold", "jump", "fly"]) {
  test(`drawProp() shows by the pose that somebody does ${motion}`, () => {
    const still = coverOf({ draw: "person", kind: "man", motion: null, phase: 0 });
    const doing = coverOf({ draw: "person", kind: "man", motion, phase: 0 });
    assert.ok(change(still, doing) > 0.08, String(change(still, doing)));
  });
}

test("footfall() of a walk keeps two feet or more on the ground", () => {
  const legs: readonly LegName[] = ["hindNear", "hindFar", "foreNear", "foreFar"];
  for (let step = 0; step < 40; step += 1) {
    const down = legs.filter((leg) => footfall(leg, "walk", step / 40).lift < 0.02);
    assert.ok(down.length >= 2, `phase ${step / 40}`);
  }
});

test("poseFor() keeps bones as long as they are, whatever the step", () => {
  const distance = (a: readonly [number, number], b: readonly [number, number]) =>
    Math.hypot(a[0] - b[0], a[1] - b[1]);
  for (const name of ["stand", "walk", "run", "dance", "fight"] as const)
    for (let step = 0; step < 16; step += 1) {
      const { near, far } = poseFor(name, step / 16);
      for (const { hip, knee, foot } of [near, far])
        assert.ok(Math.abs(distance(hip, knee) - distance(knee, foot)) < 0.01, name);
    }
});

test("beastBuild() builds what is unknown as a dog", () => {
  assert.deepEqual(beastBuild("wombat"), beastBuild("dog"));
});
