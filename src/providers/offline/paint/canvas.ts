import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";

export type { Canvas } from "@napi-rs/canvas";

/** What painters draw with. */
export type Pen = SKRSContext2D;

/** A canvas with its pen. */
export interface Sheet {
  readonly canvas: Canvas;
  readonly pen: Pen;
  readonly width: number;
  readonly height: number;
}

/** An empty, transparent canvas; sizes are rounded up to whole pixels. */
export function openSheet(width: number, height: number): Sheet {
  const [wide, high] = [Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height))];
  const canvas = createCanvas(wide, high);
  return { canvas, pen: canvas.getContext("2d"), width: wide, height: high };
}
