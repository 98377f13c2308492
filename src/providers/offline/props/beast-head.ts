import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";
import type { Part } from "./beast-frame.ts";
import { drawLimb, drawOval, drawShape, type Joint } from "./limb.ts";

/** Draws head and ears, with trunk, horn or antlers. */
export function drawBeastHead(
  pen: Pen,
  { build, frame, art, body, dark }: Part & { readonly dark: Lch },
): void {
  const { head, nose } = frame;
  const [x, y, r] = head;
  drawEars(pen, { build, frame, art, body });
  const face: Lch = art.kind === "sheep" ? [0.25, 0.02, 60] : body;
  drawLimb(pen, face, [head, [nose[0], nose[1], nose[2]]]);
  if (build.extra === "mask")
    drawLimb(
      pen,
      [0.94, 0.02, 80],
      [
        [x + r * 0.3, y + r * 0.62, r * 0.34],
        [nose[0], nose[1] + nose[2] * 0.45, nose[2] * 0.5],
      ],
    );
  if (art.kind === "panda")
    drawOval(pen, [0.2, 0.01, 280], [x + r * 0.4, y - r * 0.05, r * 0.32, r * 0.26, 0.5]);
  drawOval(
    pen,
    [0.16, 0.02, 30],
    [nose[0] + nose[2] * 0.6, nose[1] - nose[2] * 0.2, nose[2] * 0.5, nose[2] * 0.42],
  );
  drawOval(
    pen,
    [0.14, 0.02, 60],
    [x + r * 0.46, y - r * 0.16, Math.max(1, r * 0.14), Math.max(1.1, r * 0.16)],
  );
  drawOval(pen, [0.97, 0, 0], [x + r * 0.5, y - r * 0.22, r * 0.05, r * 0.05]);
  drawCrown(pen, { build, frame, art, body, dark });
}

/** Draws what grows from the head. */
function drawCrown(pen: Pen, { build, frame, body, dark }: Part & { readonly dark: Lch }): void {
  const { head, nose } = frame;
  const [x, y, r] = head;
  if (build.extra === "trunk") {
    drawLimb(pen, body, [
      [nose[0] - 4, nose[1], r * 0.42],
      [nose[0] + 6, nose[1] + 18, r * 0.3],
      [nose[0] + 2, nose[1] + 40, r * 0.22],
      [nose[0] + 9, nose[1] + 52, r * 0.16],
    ]);
    drawLimb(
      pen,
      [0.95, 0.03, 90],
      [
        [nose[0] - 4, nose[1] + 7, 2.6],
        [nose[0] + 12, nose[1] + 14, 1],
      ],
    );
  }
  if (build.extra === "tusk")
    drawShape(
      pen,
      [0.85, 0.03, 80],
      [
        [nose[0] - 2, nose[1] - 6],
        [nose[0] + 7, nose[1] - 24],
        [nose[0] + 8, nose[1] - 2],
      ],
    );
  if (build.extra === "horn")
    drawShape(
      pen,
      [0.88, 0.13, 88],
      [
        [x + r * 0.3, y - r * 0.8],
        [x + r * 1.5, y - r * 2.6],
        [x + r * 0.85, y - r * 0.5],
      ],
    );
  if (build.extra === "horns")
    drawLimb(pen, dark, [
      [x, y - r * 0.7, 2.6],
      [x - r * 0.7, y - r * 1.7, 2],
      [x - r * 1.6, y - r * 1.5, 1],
    ]);
  if (build.extra === "antlers") drawAntlers(pen, [x, y, r]);
}

function drawAntlers(pen: Pen, [x, y, r]: Joint): void {
  pen.strokeStyle = css([0.62, 0.06, 70]);
  pen.lineCap = "round";
  for (const side of [-1, 1]) {
    for (const [fromX, fromY, toX, toY, wide] of [
      [0, -0.8, -0.5, -2.2, 2.4],
      [-0.5, -2.2, 0.2, -3.4, 1.8],
      [-0.3, -1.6, 0.7, -2.4, 1.6],
      [-0.5, -2.2, -1.3, -3, 1.5],
    ] as const) {
      pen.lineWidth = wide;
      pen.beginPath();
      pen.moveTo(x + r * (fromX * side * 1.1 - 0.1), y + fromY * r);
      pen.lineTo(x + r * (toX * side * 1.1 - 0.1), y + toY * r);
      pen.stroke();
    }
  }
}

function drawEars(pen: Pen, { build, frame, body }: Part): void {
  const [x, y, r] = frame.head;
  const inner = mix(body, [0.8, 0.08, 20], 0.5);
  const dark = shift(body, [-0.1, 1, 0]);
  if (build.ear === "point") {
    drawShape(pen, dark, [
      [x - r * 0.7, y - r * 0.4],
      [x - r * 0.45, y - r * 1.75],
      [x + r * 0.1, y - r * 0.7],
    ]);
    drawShape(pen, body, [
      [x - r * 0.25, y - r * 0.6],
      [x + r * 0.2, y - r * 1.8],
      [x + r * 0.6, y - r * 0.6],
    ]);
    drawShape(pen, inner, [
      [x - r * 0.02, y - r * 0.7],
      [x + r * 0.2, y - r * 1.45],
      [x + r * 0.42, y - r * 0.7],
    ]);
  } else if (build.ear === "round") {
    const tone: Lch = build.extra === "panda" ? [0.2, 0.01, 280] : dark;
    drawOval(pen, tone, [x - r * 0.55, y - r * 0.75, r * 0.36, r * 0.38]);
    drawOval(pen, build.extra === "panda" ? tone : body, [
      x + r * 0.2,
      y - r * 0.88,
      r * 0.34,
      r * 0.36,
    ]);
  } else if (build.ear === "long") {
    drawOval(pen, dark, [x - r * 0.5, y - r * 1.5, r * 0.24, r * 0.95, -0.35]);
    drawOval(pen, body, [x - r * 0.05, y - r * 1.55, r * 0.26, r, -0.05]);
    drawOval(pen, inner, [x - r * 0.03, y - r * 1.5, r * 0.12, r * 0.7, -0.05]);
  } else if (build.ear === "big") {
    drawOval(pen, dark, [x - r * 0.55, y + r * 0.05, r * 0.85, r * 1.05, 0.2]);
    drawOval(pen, inner, [x - r * 0.55, y + r * 0.05, r * 0.6, r * 0.78, 0.2]);
  } else if (build.ear === "flop") {
    drawOval(pen, dark, [x - r * 0.55, y + r * 0.1, r * 0.34, r * 0.75, 0.25]);
  } else {
    drawOval(pen, dark, [x - r * 0.35, y - r * 0.95, r * 0.2, r * 0.42, -0.3]);
  }
}
