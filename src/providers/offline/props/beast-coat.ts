import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, shift } from "../paint/colour.ts";
import type { Part } from "./beast-frame.ts";
import { drawLimb, drawOval } from "./limb.ts";

/** Draws what lies on the body: wool, mane, humps, stripes, spots. */
export function drawBeastCoat(pen: Pen, { build, frame, art, body }: Part): void {
  const { hip, shoulder, head } = frame;
  const { random } = art;
  const dark = shift(body, [-0.16, 1, -4]);
  if (build.extra === "wool") {
    drawOval(pen, body, [
      (hip[0] + shoulder[0]) / 2,
      shoulder[1],
      build.long * 0.5,
      build.deep * 0.5,
    ]);
    for (let index = 0; index < 46; index += 1) {
      const a = (index / 46) * Math.PI * 2;
      const reach = index % 2 === 0 ? 1 : 0.6;
      const x = (hip[0] + shoulder[0]) / 2 + Math.cos(a) * (build.long * 0.52) * reach;
      drawOval(pen, shift(body, [-0.05 * random(), 1, 0]), [
        x,
        shoulder[1] + Math.sin(a) * build.deep * 0.5 * reach,
        8,
        7.5,
      ]);
    }
  }
  if (build.extra === "mane" || build.extra === "horn") {
    const mane = build.extra === "horn" ? ([0.76, 0.13, 340] as const) : dark;
    const streams = art.gait === "run" ? 9 : 0;
    for (let lock = 0; lock < 9; lock += 1) {
      const t = lock / 8;
      const [x, y] = crestAt({ build, frame, art, body }, t);
      drawLimb(pen, shift(mane, [lock % 2 === 0 ? 0 : 0.05, 1, 0]), [
        [x, y, 2.4],
        [x - 5 - streams * 0.5, y + 6 - streams * 0.4, 3],
        [x - 7 - streams, y + 14 - streams, 0.5],
      ]);
    }
    drawLimb(pen, mane, [
      [head[0], head[1] - head[2] * 0.8, 2.2],
      [head[0] + head[2] * 0.6, head[1] - head[2] * 0.2, 0.6],
    ]);
  }
  if (build.extra === "crest") {
    for (let index = 0; index < 20; index += 1) {
      const a = (index / 20) * Math.PI * 2;
      drawOval(pen, shift(dark, [-0.06 * (index % 3), 1, 0]), [
        head[0] - 6 + Math.cos(a) * head[2] * 0.95,
        head[1] + 3 + Math.sin(a) * head[2] * 1.15,
        head[2] * 0.52,
        head[2] * 0.52,
      ]);
    }
    drawOval(pen, dark, [head[0] - 6, head[1] + 3, head[2] * 1.05, head[2] * 1.2]);
  }
  if (build.extra === "hump") {
    drawOval(pen, body, [hip[0] + build.long * 0.22, hip[1] - build.deep * 0.52, 11, 15]);
    drawOval(pen, body, [shoulder[0] - build.long * 0.16, shoulder[1] - build.deep * 0.5, 10, 14]);
  }
  if (build.extra === "stripes" || build.extra === "spots" || build.extra === "patches")
    drawPattern(pen, { build, frame, art, body });
}

/** A point of the neck's upper edge, from the ears (0) to the withers (1). */
function crestAt({ build, frame }: Part, t: number): readonly [number, number] {
  const { head, neckTop, shoulder } = frame;
  const [baseX, baseY] = [shoulder[0] + build.deep * 0.04, shoulder[1] - build.deep * 0.06];
  const half = (build.deep * 0.43 + neckTop[2]) * 0.47;
  const edge = [
    [head[0] - head[2] * 0.3, head[1] - head[2] * 0.85],
    [neckTop[0] - neckTop[2] * 0.6, neckTop[1] - neckTop[2] * 0.75],
    [
      baseX + (neckTop[0] - baseX) * 0.56 - half * 0.55,
      baseY + (neckTop[1] - baseY) * 0.5 - half * 0.8,
    ],
    [shoulder[0] - build.deep * 0.16, shoulder[1] - build.deep * 0.46],
  ] as const;
  const at = Math.min(2.999, t * 3);
  const from = edge[Math.floor(at)] ?? edge[0];
  const to = edge[Math.floor(at) + 1] ?? edge[3];
  const part = at % 1;
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

function drawPattern(pen: Pen, { build, frame, art }: Part): void {
  const { hip, shoulder, neckTop } = frame;
  const { random } = art;
  pen.save();
  pen.globalCompositeOperation = "source-atop";
  const tone: Lch = build.extra === "spots" ? [0.5, 0.1, 50] : [0.18, 0.02, 60];
  pen.strokeStyle = css(tone);
  pen.lineCap = "round";
  if (build.extra === "stripes") {
    for (let index = 0; index < 17; index += 1) {
      const share = index / 16;
      const x = hip[0] - hip[2] + (neckTop[0] - hip[0] + hip[2]) * share;
      const y = share > 0.72 ? neckTop[1] + (shoulder[1] - neckTop[1]) * (1 - share) * 3.5 : hip[1];
      pen.lineWidth = art.kind === "zebra" ? 3.1 : 2.2;
      pen.beginPath();
      pen.moveTo(x, y - build.deep * 0.56);
      pen.quadraticCurveTo(
        x + 5,
        y - build.deep * 0.1,
        x - 2,
        y + build.deep * (0.2 + 0.3 * random()),
      );
      pen.stroke();
    }
  } else {
    const count = build.extra === "spots" ? 40 : 7;
    for (let index = 0; index < count; index += 1) {
      const onNeck = build.extra === "spots" && index % 2 === 0;
      const share = random();
      const x = onNeck
        ? shoulder[0] + (neckTop[0] - shoulder[0]) * share
        : hip[0] - hip[2] + (shoulder[0] - hip[0] + hip[2] * 2) * share;
      const y = onNeck
        ? shoulder[1] + (neckTop[1] - shoulder[1]) * share + (random() - 0.5) * 9
        : hip[1] + (random() - 0.5) * build.deep;
      const size = build.extra === "spots" ? 1.9 + random() * 1.4 : 6 + random() * 9;
      drawOval(pen, tone, [x, y, size, size * (0.6 + random() * 0.4), random() * 3]);
    }
  }
  pen.restore();
}
