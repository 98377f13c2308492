import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { css, fromRgb, mix, toRgb } from "./colour.ts";

test("toRgb() and fromRgb() are inverse within one step of the screen", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, (red, green, blue) => {
      const back = toRgb(fromRgb([red, green, blue]));
      const far = Math.max(
        Math.abs(back[0] - red),
        Math.abs(back[1] - green),
        Math.abs(back[2] - blue),
      );
      assert.ok(far <= 1, `${[red, green, blue]} came back as ${back}`);
    }),
  );
});

test("mix() goes from blue to a warm sky through rose, never through green", () => {
  for (let share = 0.1; share < 1; share += 0.1) {
    const hue = mix([0.5, 0.1, 255], [0.8, 0.1, 60], share)[2];
    assert.ok(hue > 250 || hue < 65, `hue ${hue} at ${share}`);
  }
});

test("mix() gives its ends and lets grey take the other's hue", () => {
  assert.deepEqual(mix([0.2, 0.1, 30], [0.8, 0.2, 90], 0), [0.2, 0.1, 30]);
  assert.equal(mix([0.5, 0, 0], [0.5, 0.2, 140], 0.5)[2], 140);
});

test("css() writes alpha only where it is not full", () => {
  assert.equal(css([1, 0, 0]), "rgb(255,255,255)");
  assert.equal(css([0, 0, 0], 0.5), "rgba(0,0,0,0.500)");
});
