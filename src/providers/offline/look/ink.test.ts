import assert from "node:assert/strict";
import { test } from "node:test";
import { openSheet } from "../paint/canvas.ts";
import { paintInk } from "./ink.ts";

const SIDE = 400;

test("paintInk() closes contours by hue alone, and leaves a clear sky without a stroke", () => {
  const { canvas, pen, width, height } = openSheet(SIDE, SIDE);
  const sky = pen.createLinearGradient(0, 0, 0, SIDE);
  sky.addColorStop(0, "rgb(110,150,215)");
  sky.addColorStop(1, "rgb(190,215,240)");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, SIDE, SIDE);
  // As bright as the sky round it.
  pen.fillStyle = "rgb(235,175,180)";
  pen.beginPath();
  pen.arc(200, 200, 90, 0, Math.PI * 2);
  pen.fill();
  paintInk({ canvas, pen, width, height }, { seed: 3, title: null });
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  const isInk = (x: number, y: number): boolean => (data[(y * SIDE + x) * 4] ?? 0) < 110;
  let strokes = 0;
  for (let y = 0; y < 90; y += 1) for (let x = 0; x < SIDE; x += 1) strokes += Number(isInk(x, y));
  assert.equal(strokes, 0);
  let closed = 0;
  for (let degree = 0; degree < 360; degree += 1) {
    const [dx, dy] = [Math.cos((degree * Math.PI) / 180), Math.sin((degree * Math.PI) / 180)];
    const near = [84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96];
    if (near.some((far) => isInk(Math.round(200 + dx * far), Math.round(200 + dy * far))))
      closed += 1;
  }
  assert.ok(closed > 350, `${closed} of 360 degrees`);
});
