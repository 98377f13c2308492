import { makeChance } from "../chance.ts";
import { type Canvas, openSheet, type Sheet } from "./canvas.ts";
import type { Stage } from "./stage.ts";

/** Applied to every picture: bloom, vignette, grain. */
export interface Finish {
  apply(target: Sheet): void;
}

/** Strengths, 0 to 1. */
export interface FinishOptions {
  readonly bloom: number;
  readonly vignette: number;
  readonly grain: number;
}

/** What photographs do without being asked, and what hides banding in skies. */
export function openFinish({ width, height, plan }: Stage, options: FinishOptions): Finish {
  const small = openSheet(width / 8, height / 8);
  const blurred = openSheet(width / 8, height / 8);
  const noise = options.grain > 0 ? grainTile(plan.seed) : null;
  return {
    apply({ canvas, pen }) {
      if (options.bloom > 0) {
        drawBloom({ canvas, small, blurred });
        pen.globalCompositeOperation = "screen";
        pen.globalAlpha = options.bloom;
        pen.drawImage(blurred.canvas, 0, 0, width, height);
        pen.globalAlpha = 1;
      }
      pen.globalCompositeOperation = "multiply";
      const edge = pen.createRadialGradient(
        ...([width / 2, height * 0.48, Math.min(width, height) * 0.42] as const),
        ...([width / 2, height / 2, Math.hypot(width, height) * 0.56] as const),
      );
      edge.addColorStop(0, "rgba(6,2,20,0)");
      edge.addColorStop(1, `rgba(6,2,20,${options.vignette})`);
      pen.fillStyle = edge;
      pen.fillRect(0, 0, width, height);
      if (noise !== null) {
        pen.globalCompositeOperation = "soft-light";
        pen.globalAlpha = options.grain;
        const grain = pen.createPattern(noise, "repeat");
        if (grain !== null) pen.fillStyle = grain;
        pen.fillRect(0, 0, width, height);
        pen.globalAlpha = 1;
      }
      pen.globalCompositeOperation = "source-over";
    },
  };
}

interface Bloom {
  readonly canvas: Canvas;
  readonly small: Sheet;
  readonly blurred: Sheet;
}

/** Squared by multiplying with itself, so that only light areas shine. */
function drawBloom({ canvas, small, blurred }: Bloom): void {
  const { width, height } = small;
  small.pen.globalCompositeOperation = "source-over";
  small.pen.drawImage(canvas, 0, 0, width, height);
  blurred.pen.globalCompositeOperation = "source-over";
  blurred.pen.filter = "none";
  blurred.pen.drawImage(small.canvas, 0, 0);
  small.pen.globalCompositeOperation = "multiply";
  small.pen.drawImage(blurred.canvas, 0, 0);
  blurred.pen.filter = `blur(${Math.max(2, width / 42).toFixed(1)}px)`;
  blurred.pen.drawImage(small.canvas, 0, 0);
  blurred.pen.filter = "none";
}

const TILE = 256;

function grainTile(seed: number): Canvas {
  const random = makeChance(seed)("grain");
  const { canvas, pen } = openSheet(TILE, TILE);
  const image = pen.createImageData(TILE, TILE);
  for (let place = 0; place < image.data.length; place += 4) {
    const value = 128 + (random() + random() + random() - 1.5) * 120;
    image.data.fill(value, place, place + 3);
    image.data[place + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}
