import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { JsonObject } from "../../src/lib/json.ts";
import { hashText } from "../../src/providers/offline/chance.ts";
import { applyLooks } from "../../src/providers/offline/look/apply.ts";
import { openSheet, type Sheet } from "../../src/providers/offline/paint/canvas.ts";
import { buildScene } from "../../src/providers/offline/paint/scene.ts";
import { openStage } from "../../src/providers/offline/paint/stage.ts";
import { explainPlan, planScene } from "../../src/providers/offline/scene/plan.ts";
import { readPrompt } from "../../src/providers/offline/scene/read.ts";
import { GALLERY } from "./gallery.ts";

const SHEET = join(import.meta.dirname, "../../docs/guide/offline.jpg");

/** Paints the gallery and writes its contact sheet for the guide. */
export async function writeSheet(): Promise<{ readonly path: string; readonly sizeBytes: number }> {
  const prints = GALLERY.map((prompt) => paintPrompt(prompt, 640));
  const { canvas } = contactSheet(prints, { columns: 6, side: 200, captions: true });
  const jpeg = await sharp(canvas.toBuffer("image/png"))
    .jpeg({ quality: 78, mozjpeg: true })
    .toBuffer();
  await writeFile(SHEET, jpeg);
  return { path: "docs/guide/offline.jpg", sizeBytes: jpeg.length };
}

/** A prompt as it was painted. */
export interface Print {
  readonly prompt: string;
  readonly sheet: Sheet;
  readonly plan: JsonObject;
  readonly tookMs: number;
}

/** Paints a prompt as a square of `side` pixels, in this thread. */
export function paintPrompt(prompt: string, side: number): Print {
  const startedMs = performance.now();
  const plan = planScene(readPrompt(prompt), { seed: hashText(prompt) });
  const sheet = openSheet(side, side);
  buildScene(openStage(plan, { width: side, height: side })).draw(sheet);
  applyLooks(sheet, plan);
  return { prompt, sheet, plan: explainPlan(plan), tookMs: performance.now() - startedMs };
}

/** How a contact sheet is laid out. */
export interface SheetOptions {
  readonly columns: number;
  /** Pixels of a picture's side on the sheet. */
  readonly side: number;
  /** Whether the prompts stand below the pictures. */
  readonly captions: boolean;
}

const GAP = 8;
const CAPTION = 34;

/** Lays pictures out in rows, with their prompts below. */
export function contactSheet(prints: readonly Print[], options: SheetOptions): Sheet {
  const { columns, side, captions } = options;
  const high = side + GAP + (captions ? CAPTION : 0);
  const rows = Math.ceil(prints.length / columns);
  const sheet = openSheet(columns * (side + GAP) + GAP, rows * high + GAP);
  const { pen } = sheet;
  pen.fillStyle = "rgb(250,248,243)";
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.imageSmoothingQuality = "high";
  prints.forEach(({ prompt, sheet: picture }, index) => {
    const x = GAP + (index % columns) * (side + GAP);
    const y = GAP + Math.floor(index / columns) * high;
    pen.drawImage(picture.canvas, x, y, side, side);
    if (captions) caption(sheet, { text: `${index + 1} ${prompt}`, x, y: y + side + 13, side });
  });
  return sheet;
}

interface Caption {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Two lines at most; what is longer ends in dots. */
function caption({ pen }: Sheet, { text, x, y, side }: Caption): void {
  pen.font = "12px sans-serif";
  pen.fillStyle = "rgb(40,36,44)";
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= side) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.length > 2 ? [lines[0] ?? "", `${lines[1]} …`] : lines;
  for (const [index, line] of shown.entries()) pen.fillText(line, x, y + index * 15);
}
