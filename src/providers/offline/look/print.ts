import { capitals, fitLetters, letter } from "../lettering/lettering.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { css, shift } from "../paint/colour.ts";
import { calm } from "./calm.ts";
import { printInks, separateInks } from "./inks.ts";
import type { LookOptions } from "./options.ts";
import { samplePixels, slopeAt } from "./pixels.ts";

/** Inks of a print. */
const INKS = 14;
/** Pixels of the short side that a print is cut from. */
const CUT_SIDE = 560;

/** A screen print: few flat inks in calm areas, a frame, and the title in the foot. */
export function paintPoster(target: Sheet, { title }: LookOptions): void {
  const { pen, width, height } = target;
  const unit = Math.min(width, height) / 1024;
  const scale = Math.min(1, CUT_SIDE / Math.min(width, height));
  const small = openSheet(width * scale, height * scale);
  small.pen.imageSmoothingQuality = "high";
  small.pen.drawImage(target.canvas, 0, 0, small.width, small.height);
  const image = small.pen.getImageData(0, 0, small.width, small.height);
  const raster = { rgba: image.data, width: small.width, height: small.height };
  for (const reach of [3, 2]) calm(raster, Math.round((reach * small.height) / CUT_SIDE));
  const { inks, labels } = separateInks(raster, INKS);
  printInks(raster, { inks: inks.map((ink) => shift(ink, [0, 1.2, 0])), labels });
  small.pen.putImageData(image, 0, 0);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(small.canvas, 0, 0, width, height);
  pen.strokeStyle = css([0.95, 0.035, 85]);
  pen.lineWidth = 46 * unit;
  pen.strokeRect(0, 0, width, height);
  if (title !== null) letterTitle(target, title);
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
