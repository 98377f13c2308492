import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";
import type { Part } from "./beast-frame.ts";
import { drawBlob, drawLimb, drawLine, drawOval, drawShape, type Joint } from "./limb.ts";

/** Draws head and ears, with trunk, horn or antlers. */
export function drawBeastHead(
  pen: Pen,
  { build, frame, art, body, dark }: Part & { readonly dark: Lch },
): void {
  const [x, y, r] = frame.head;
  const nose = frame.nose;
  const behind = build.ear !== "large" && build.ear !== "flop";
  if (behind) drawEars(pen, { build, frame, art, body });
  const face: Lch = art.kind === "sheep" ? [0.25, 0.02, 60] : body;
  const stop: Joint = [x + (nose[0] - x) * 0.52, y + (nose[1] - y) * 0.62, (r + nose[2]) * 0.42];
  drawLimb(pen, face, [[x, y, r], stop, nose]);
  drawMuzzle(pen, { build, frame, art, body });
  if (art.kind === "panda")
    drawOval(pen, [0.2, 0.01, 280], [x + r * 0.4, y - r * 0.05, r * 0.32, r * 0.26, 0.5]);
  if (!behind) drawEars(pen, { build, frame, art, body });
  drawCrown(pen, { build, frame, art, body, dark });
  drawEye(pen, { build, frame, art, body });
}

/** Muzzle, nose and mouth. */
function drawMuzzle(pen: Pen, { build, frame, art, body }: Part): void {
  const [x, y, r] = frame.head;
  const [nx, ny, nr] = frame.nose;
  const pale = PALE_MUZZLES[art.kind];
  pen.save();
  if (pale !== undefined) {
    pen.globalCompositeOperation = "source-atop";
    drawLimb(pen, mix(body, pale, 0.8), [
      [
        x + (nx - x) * (build.extra === "mask" ? 0.16 : 0.72),
        y + (ny - y) * 0.8 + r * 0.5,
        r * 0.4,
      ],
      [nx, ny + nr * 0.4, nr * (build.extra === "mask" ? 0.62 : 0.95)],
    ]);
  }
  pen.restore();
  if (art.kind === "pig") {
    const snout: Lch = shift(body, [-0.06, 1.3, 0]);
    drawOval(pen, snout, [nx + nr * 0.7, ny, nr * 0.6, nr]);
    for (const dy of [-0.35, 0.35])
      drawOval(pen, [0.35, 0.08, 15], [nx + nr * 0.8, ny + dy * nr, nr * 0.16, nr * 0.2]);
    return;
  }
  if (build.extra === "trunk") return;
  if (art.gait === "howl") {
    drawLimb(pen, shift(body, [-0.06, 1, 0]), [
      [x + r * 0.7, y - r * 0.1, r * 0.4],
      [nx + nr * 1.6, ny + nr * 1.5, nr * 0.5],
    ]);
    drawOval(pen, [0.14, 0.02, 30], [nx, ny - nr * 0.5, nr * 0.5, nr * 0.42]);
    return;
  }
  const dark: Lch = [0.16, 0.02, 30];
  const hoofed = build.foot === "hoof";
  if (hoofed) drawOval(pen, dark, [nx + nr * 0.35, ny + nr * 0.1, nr * 0.2, nr * 0.3, 0.5]);
  else drawOval(pen, dark, [nx + nr * 0.62, ny - nr * 0.34, nr * 0.5, nr * 0.42]);
  drawLine(pen, { colour: dark, wide: Math.max(0.5, r * 0.07), alpha: 0.75 }, [
    [nx + nr * 0.66, ny + nr * 0.38],
    [nx - nr * 0.2, ny + nr * 0.66],
    [nx - nr * (hoofed ? 0.7 : 1.3), ny + nr * (hoofed ? 0.7 : 0.36)],
  ]);
}

const PALE_MUZZLES: Readonly<Record<string, Lch>> = {
  ...{ fox: [0.97, 0.02, 80], wolf: [0.9, 0.01, 80], tiger: [0.97, 0.02, 85] },
  ...{ lion: [0.93, 0.04, 80], leopard: [0.96, 0.03, 85], cow: [0.8, 0.07, 20] },
  ...{ bear: [0.72, 0.06, 65], panda: [0.95, 0.01, 90], rabbit: [0.95, 0.01, 80] },
  ...{ dog: [0.92, 0.04, 80], cat: [0.96, 0.02, 80], deer: [0.85, 0.03, 75] },
  ...{ zebra: [0.25, 0.01, 60], camel: [0.84, 0.05, 75], monkey: [0.74, 0.07, 60] },
};

function drawEye(pen: Pen, { build, frame, art }: Part): void {
  const [x, y, r] = frame.head;
  const large = Math.max(1.05, r * (build.foot === "paw" ? 0.16 : 0.14));
  const [ex, ey] = [x + r * 0.5, y - r * 0.2];
  if (art.gait === "lie" || art.gait === "howl") {
    drawLine(pen, { colour: [0.16, 0.03, 50], wide: Math.max(0.5, r * 0.08) }, [
      [ex - large * 1.3, ey],
      [ex, ey + large * 0.8],
      [ex + large * 1.3, ey],
    ]);
    return;
  }
  drawOval(pen, [0.9, 0.03, 85], [ex, ey, large * 1.35, large * 1.1, 0.2]);
  drawOval(pen, [0.13, 0.03, 50], [ex + large * 0.25, ey, large, large * 1.05]);
  drawOval(pen, [0.98, 0, 0], [ex + large * 0.5, ey - large * 0.42, large * 0.34, large * 0.34]);
  drawLine(pen, { colour: [0.16, 0.03, 50], wide: Math.max(0.4, r * 0.06) }, [
    [ex - large * 1.5, ey - large * 0.3],
    [ex, ey - large * 1.25],
    [ex + large * 1.7, ey - large * 0.2],
  ]);
}

/** Draws what grows from the head. */
function drawCrown(pen: Pen, { build, frame, body, dark }: Part & { readonly dark: Lch }): void {
  const { head, nose } = frame;
  const [x, y, r] = head;
  if (build.extra === "trunk") {
    drawLimb(
      pen,
      [0.95, 0.03, 90],
      [
        [nose[0] - 3, nose[1] + 7, 2.4],
        [nose[0] + 8, nose[1] + 15, 1.8],
        [nose[0] + 17, nose[1] + 12, 0.5],
      ],
    );
    drawLimb(pen, body, [
      [x + r * 0.4, y + r * 0.1, r * 0.72],
      [nose[0] + 1, nose[1] + 3, r * 0.46],
      [nose[0] + 5, nose[1] + 21, r * 0.32],
      [nose[0] + 3, nose[1] + 40, r * 0.23],
      [nose[0] + 12, nose[1] + 51, r * 0.17],
      [nose[0] + 17, nose[1] + 47, r * 0.14],
    ]);
    for (let ring = 0; ring < 5; ring += 1)
      drawLine(pen, { colour: dark, wide: 0.6, alpha: 0.5 }, [
        [nose[0] + 3.4 - r * 0.3, nose[1] + 12 + ring * 6.5],
        [nose[0] + 5, nose[1] + 13.5 + ring * 6.5],
        [nose[0] + 4.6 + r * 0.22, nose[1] + 12 + ring * 6.5],
      ]);
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
      [0.12, -0.8, 0.62, -1.9, 2.4],
      [0.62, -1.9, 0.5, -3.3, 1.9],
      [0.36, -1.3, 1.02, -1.7, 1.6],
      [0.62, -2, 1.3, -2.6, 1.5],
      [0.56, -2.7, 1.06, -3.4, 1.3],
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
  } else if (build.ear === "large") {
    drawBlob(pen, shift(body, [-0.05, 1, 0]), [
      [x - r * 0.1, y - r * 0.95],
      [x - r * 1.1, y - r * 1.15],
      [x - r * 1.75, y - r * 0.3],
      [x - r * 1.45, y + r * 0.85],
      [x - r * 0.85, y + r * 1.5],
      [x - r * 0.35, y + r * 0.7],
      [x + r * 0.05, y - r * 0.1],
    ]);
    drawLine(pen, { colour: shift(body, [-0.16, 1, 0]), wide: 0.9 }, [
      [x - r * 0.05, y - r * 0.7],
      [x + r * 0.02, y - r * 0.05],
      [x - r * 0.4, y + r * 0.75],
      [x - r * 0.85, y + r * 1.35],
    ]);
  } else if (build.ear === "flop") {
    drawBlob(pen, shift(body, [-0.15, 1.05, -4]), [
      [x - r * 0.5, y - r * 0.85],
      [x + r * 0.1, y - r * 0.6],
      [x - r * 0.05, y + r * 0.3],
      [x - r * 0.5, y + r * 1.05],
      [x - r * 0.95, y + r * 0.55],
      [x - r * 0.85, y - r * 0.4],
    ]);
  } else {
    drawOval(pen, dark, [x - r * 0.35, y - r * 0.95, r * 0.2, r * 0.42, -0.3]);
  }
}
