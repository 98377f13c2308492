import type { Sheet } from "../paint/canvas.ts";

/** A change of colour over the whole picture; 1 leaves saturation and contrast as they are. */
export interface Grade {
  readonly saturation: number;
  readonly contrast: number;
  /** Red, green and blue of a wash that gives the hue, or `null`. */
  readonly tint: readonly [number, number, number] | null;
}

/** Grades with blending only, so that it is cheap enough for every frame of a film. */
export function grade(
  { canvas, pen, width, height }: Sheet,
  { saturation, contrast, tint }: Grade,
): void {
  pen.save();
  pen.resetTransform();
  if (saturation < 1) {
    pen.globalCompositeOperation = "saturation";
    pen.globalAlpha = 1 - saturation;
    pen.fillStyle = "#808080";
    pen.fillRect(0, 0, width, height);
  } else if (saturation > 1) {
    pen.globalCompositeOperation = "saturation";
    pen.globalAlpha = Math.min(1, (saturation - 1) * 0.5);
    pen.fillStyle = "#ff2020";
    pen.fillRect(0, 0, width, height);
  }
  if (contrast > 1) {
    pen.globalCompositeOperation = "soft-light";
    pen.globalAlpha = Math.min(1, (contrast - 1) * 1.6);
    pen.drawImage(canvas, 0, 0);
  }
  pen.globalAlpha = 1;
  if (tint !== null) {
    pen.globalCompositeOperation = "color";
    pen.fillStyle = `rgb(${tint.join(",")})`;
    pen.fillRect(0, 0, width, height);
  }
  pen.restore();
}
