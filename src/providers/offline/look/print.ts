import { capitals, fitLetters, letter } from "../lettering/lettering.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { css, fromRgb, type Lch, toRgb } from "../paint/colour.ts";
import type { LookOptions } from "./options.ts";
import { samplePixels, slopeAt } from "./pixels.ts";

const BANDS = 7;

/** A screen print: a few flat inks by brightness, a frame, and the title in the foot. */
export function paintPoster(target: Sheet, { title }: LookOptions): void {
  const { pen, width, height } = target;
  soften(target);
  const image = pen.getImageData(0, 0, width, height);
  const table = inkTable();
  for (let place = 0; place < image.data.length; place += 4) {
    const key =
      (((image.data[place] ?? 0) >> 4) << 8) |
      (((image.data[place + 1] ?? 0) >> 4) << 4) |
      ((image.data[place + 2] ?? 0) >> 4);
    image.data[place] = table[key * 3] ?? 0;
    image.data[place + 1] = table[key * 3 + 1] ?? 0;
    image.data[place + 2] = table[key * 3 + 2] ?? 0;
  }
  pen.putImageData(image, 0, 0);
  const unit = Math.min(width, height) / 1024;
  pen.strokeStyle = css([0.95, 0.035, 85]);
  pen.lineWidth = 46 * unit;
  pen.strokeRect(0, 0, width, height);
  if (title !== null) letterTitle(target, title);
}

/** Flat inks want calm areas: detail finer than a cut is taken out. */
function soften({ canvas, pen, width, height }: Sheet): void {
  const scale = Math.min(1, 520 / Math.min(width, height));
  const small = openSheet(width * scale, height * scale);
  small.pen.filter = "blur(1.8px)";
  small.pen.drawImage(canvas, 0, 0, small.width, small.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(small.canvas, 0, 0, width, height);
}

/** For each of 4,096 colours the ink that prints it: few values, hues in steps of 24 degrees. */
function inkTable(): Uint8Array {
  const table = new Uint8Array(4096 * 3);
  for (let key = 0; key < 4096; key += 1) {
    const [lightness, chroma, hue] = fromRgb([
      ((key >> 8) & 15) * 17,
      ((key >> 4) & 15) * 17,
      (key & 15) * 17,
    ]);
    const band = Math.round(lightness * BANDS) / BANDS;
    const ink: Lch = [
      Math.min(0.96, Math.max(0.17, band)),
      Math.min(0.2, Math.round(chroma * 1.25 * 12) / 12),
      Math.round(hue / 24) * 24,
    ];
    table.set(toRgb(ink), key * 3);
  }
  return table;
}

/** Sets a title as large as fits into 84 % of the width, on a band of paper at the foot. */
export function letterTitle({ pen, width, height }: Sheet, title: string): void {
  const lettering = letter(capitals(title), "poster");
  if (lettering === null || lettering.text === "") return;
  const unit = Math.min(width, height) / 1024;
  const size = fitLetters(pen, lettering, { size: height * 0.12, width: width * 0.84 });
  const band = size * 1.5;
  pen.fillStyle = css([0.95, 0.035, 85]);
  pen.fillRect(0, height - band, width, band);
  pen.fillStyle = css([0.24, 0.06, 270]);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(lettering.text, width / 2, height - band / 2 + 4 * unit);
}

/** White lines on blue paper. */
export function paintBlueprint(target: Sheet): void {
  const { pen, width, height } = target;
  const sample = samplePixels(target, 640);
  const unit = Math.min(width, height) / 1024;
  pen.fillStyle = css([0.4, 0.13, 258]);
  pen.fillRect(0, 0, width, height);
  pen.strokeStyle = "rgba(255,255,255,.13)";
  pen.lineWidth = unit;
  for (let line = 0; line < Math.max(width, height); line += 32 * unit) {
    pen.strokeRect(-9, line, width + 18, 32 * unit);
    pen.strokeRect(line, -9, 32 * unit, height + 18);
  }
  pen.strokeStyle = "rgba(240,248,255,.9)";
  pen.lineWidth = 2 * unit;
  pen.beginPath();
  for (let y = 1; y < sample.height - 1; y += 1) {
    for (let x = 1; x < sample.width - 1; x += 2) {
      const slope = slopeAt(sample, x, y);
      if (slope.strength < 0.07) continue;
      const angle = slope.angle + Math.PI / 2;
      const [px, py] = [x / sample.scale, y / sample.scale];
      pen.moveTo(px - Math.cos(angle) * 2 * unit, py - Math.sin(angle) * 2 * unit);
      pen.lineTo(px + Math.cos(angle) * 2 * unit, py + Math.sin(angle) * 2 * unit);
    }
  }
  pen.stroke();
}
