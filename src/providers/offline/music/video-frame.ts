import type { Canvas, SKRSContext2D } from "@napi-rs/canvas";
import { fitLetters, letter } from "../lettering/lettering.ts";
import type { TimedLine } from "./text/timed-lyrics.ts";

/** All that the frames of a music video are drawn from. */
export interface Scene {
  readonly size: { readonly width: number; readonly height: number };
  readonly backdrop: Canvas;
  readonly title: string;
  readonly author: string;
  /** Shown small at the bottom; "" for none. */
  readonly domain: string;
  readonly lines: readonly TimedLine[];
  readonly durationS: number;
  readonly fps: number;
  /** 32 levels a frame, 0 to 1. */
  readonly bands: Float32Array;
}

const BANDS = 32;

/** Draws a frame of the video; any order of frames gives the same pictures. */
export function drawFrame(brush: SKRSContext2D, scene: Scene, frame: number): void {
  const seconds = frame / scene.fps;
  brush.globalAlpha = 1;
  brush.drawImage(scene.backdrop, 0, 0);
  drawBands(brush, scene, frame);
  drawWords(brush, scene, seconds);
  drawProgress(brush, scene, seconds);
}

function drawBands(brush: SKRSContext2D, scene: Scene, frame: number): void {
  const { width } = scene.size;
  const left = 392;
  const step = (width - left - 48) / BANDS;
  for (let band = 0; band < BANDS; band += 1) {
    const level = scene.bands[frame * BANDS + band] ?? 0;
    const height = 4 + 92 * level;
    brush.globalAlpha = 0.45 + 0.5 * level;
    brush.fillStyle = `hsl(${38 + band * 5}, 85%, ${64 + 14 * level}%)`;
    brush.fillRect(left + band * step, 300 - height, step * 0.62, height);
    brush.globalAlpha = 0.14;
    brush.fillRect(left + band * step, 303, step * 0.62, height * 0.4);
  }
  brush.globalAlpha = 1;
}

function drawWords(brush: SKRSContext2D, scene: Scene, seconds: number): void {
  brush.textAlign = "left";
  brush.fillStyle = "#fff8e8";
  setText(brush, { text: scene.title, x: 392, y: 128, px: 40, wide: 410 });
  if (scene.author !== "") {
    brush.globalAlpha = 0.8;
    setText(brush, { text: scene.author, x: 392, y: 160, px: 20, wide: 410 });
  }
  const line = scene.lines.find(({ atS, endS }) => seconds >= atS - 0.15 && seconds < endS + 0.35);
  if (line !== undefined) {
    const shown = Math.min(
      1,
      (seconds - line.atS + 0.15) / 0.2,
      (line.endS + 0.35 - seconds) / 0.3,
    );
    brush.globalAlpha = Math.max(0, shown);
    setText(brush, { text: line.text, x: 392, y: 380, px: 25, wide: 410 });
  }
  if (scene.domain !== "") {
    brush.globalAlpha = 0.55;
    brush.textAlign = "right";
    setText(brush, {
      text: scene.domain,
      x: scene.size.width - 24,
      y: 464,
      px: 15,
      wide: 400,
    });
  }
  brush.globalAlpha = 1;
}

interface Text {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly px: number;
  readonly wide: number;
}

/** Words that no shipped font can set are left out. */
function setText(brush: SKRSContext2D, { text, x, y, px, wide }: Text): void {
  const lettering = letter(text, "serif");
  if (lettering === null) return;
  fitLetters(brush, lettering, { size: px, width: wide });
  brush.fillText(lettering.text, x, y, wide);
}

function drawProgress(brush: SKRSContext2D, scene: Scene, seconds: number): void {
  const wide = scene.size.width - 96;
  brush.globalAlpha = 0.25;
  brush.fillStyle = "#ffffff";
  brush.fillRect(48, 428, wide, 3);
  brush.globalAlpha = 0.9;
  brush.fillRect(48, 428, wide * Math.min(1, seconds / scene.durationS), 3);
  brush.globalAlpha = 1;
}
