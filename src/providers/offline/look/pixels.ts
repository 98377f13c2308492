import { openSheet, type Sheet } from "../paint/canvas.ts";

/** Pixels of a picture at a smaller size, as RGBA and as brightness 0 to 1. */
export interface Sample {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
  readonly luma: Float32Array;
  /** Sample pixels to one of the picture. */
  readonly scale: number;
}

/** Reads a picture at a width of at most `widthMax`. */
export function samplePixels({ canvas, width, height }: Sheet, widthMax: number): Sample {
  const scale = Math.min(1, widthMax / width);
  const small = openSheet(width * scale, height * scale);
  small.pen.imageSmoothingEnabled = true;
  small.pen.drawImage(canvas, 0, 0, small.width, small.height);
  const rgba = small.pen.getImageData(0, 0, small.width, small.height).data;
  const luma = new Float32Array(small.width * small.height);
  for (let place = 0; place < luma.length; place += 1) {
    const at = place * 4;
    luma[place] =
      (0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0)) /
      255;
  }
  return { width: small.width, height: small.height, rgba, luma, scale };
}

/** Brightness at a place of the sample; beyond the border that of the border. */
export function lumaAt({ luma, width, height }: Sample, x: number, y: number): number {
  const px = Math.min(width - 1, Math.max(0, Math.round(x)));
  const py = Math.min(height - 1, Math.max(0, Math.round(y)));
  return luma[py * width + px] ?? 0;
}

/** Where brightness rises, and how much, at a place of the sample. */
export function slopeAt(
  sample: Sample,
  x: number,
  y: number,
): { readonly angle: number; readonly strength: number } {
  const dx = lumaAt(sample, x + 1.5, y) - lumaAt(sample, x - 1.5, y);
  const dy = lumaAt(sample, x, y + 1.5) - lumaAt(sample, x, y - 1.5);
  return { angle: Math.atan2(dy, dx), strength: Math.hypot(dx, dy) };
}

/** The colour of a place of the sample as red, green and blue. */
export function colourAt(
  { rgba, width, height }: Sample,
  x: number,
  y: number,
): readonly [number, number, number] {
  const px = Math.min(width - 1, Math.max(0, Math.round(x)));
  const py = Math.min(height - 1, Math.max(0, Math.round(y)));
  const at = (py * width + px) * 4;
  return [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
}
