import { createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { capitals, fitLetters, letter } from "../lettering/lettering.ts";
import { type Chance, chanceOf, pick } from "./chance.ts";

/** What a cover is painted from. */
export interface CoverRequest {
  readonly title: string;
  readonly tags: string;
  readonly prompt: string;
  readonly seed: number;
  /** Edge in pixels: 512 or 1024. */
  readonly size: number;
}

/** Paints the cover of a track as JPEG. Deterministic. */
export async function paintCover(request: CoverRequest): Promise<Uint8Array> {
  return paint(request).encode("jpeg", 90);
}

/** Paints the cover of a track as PNG. Deterministic. */
export async function paintCoverPng(request: CoverRequest): Promise<Uint8Array> {
  return paint(request).encode("png");
}

interface Palette {
  readonly words: readonly string[];
  /** Ground from above to below, then light, then ink; hexadecimal. */
  readonly sky: readonly [string, string, string];
  readonly light: string;
  readonly ink: string;
}

const PALETTES: readonly Palette[] = [
  {
    words: ["synthwave", "neon", "80s", "techno", "cyber", "electro", "house", "club"],
    sky: ["#1a0b3d", "#7a1f8f", "#ff5f7e"],
    light: "#ffd36e",
    ink: "#120726",
  },
  {
    words: ["lo-fi", "lofi", "rain", "chill", "jazz", "night", "blues"],
    sky: ["#1d2440", "#4b4f7d", "#e0937a"],
    light: "#ffe3b0",
    ink: "#141830",
  },
  {
    words: ["folk", "country", "acoustic", "reggae", "rock", "road"],
    sky: ["#3c6e71", "#e9c46a", "#f4a261"],
    light: "#fff3c9",
    ink: "#3a2b26",
  },
  {
    words: ["ambient", "calm", "sleep", "sea", "ocean", "dream", "space"],
    sky: ["#0f2d4a", "#3c7a98", "#bfe3dd"],
    light: "#f7fff2",
    ink: "#0b2033",
  },
  {
    words: ["classical", "piano", "waltz", "lullaby", "winter", "cinematic", "epic"],
    sky: ["#2b2d42", "#8d6f8c", "#f2d0a9"],
    light: "#fff6e5",
    ink: "#1b1c2e",
  },
  {
    words: ["pop", "summer", "happy", "bossa", "beach", "dance", "chiptune"],
    sky: ["#2a9d8f", "#8ecae6", "#ffd6a5"],
    light: "#fff7d6",
    ink: "#264653",
  },
];

function paint(request: CoverRequest) {
  const { size } = request;
  const text = `${request.tags} ${request.prompt} ${request.title}`.toLowerCase();
  const chance = chanceOf(request.seed, `cover:${request.title}`);
  const palette =
    PALETTES.find(({ words }) => words.some((word) => text.includes(word))) ??
    pick(chance, PALETTES);
  const canvas = createCanvas(size, size);
  const brush = canvas.getContext("2d");
  paintSky(brush, size, palette);
  const disc = {
    x: size * (0.3 + 0.4 * chance()),
    y: size * (0.34 + 0.12 * chance()),
    r: size * (0.13 + 0.09 * chance()),
  };
  paintDisc(brush, { disc, size, palette });
  paintWaves(brush, { size, palette, chance });
  paintGrain(brush, size, chance);
  paintTitle(brush, { size, palette, title: request.title });
  return canvas;
}

function paintSky(brush: SKRSContext2D, size: number, palette: Palette): void {
  const sky = brush.createLinearGradient(0, 0, 0, size);
  sky.addColorStop(0, palette.sky[0]);
  sky.addColorStop(0.52, palette.sky[1]);
  sky.addColorStop(0.86, palette.sky[2]);
  brush.fillStyle = sky;
  brush.fillRect(0, 0, size, size);
}

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

function paintDisc(
  brush: SKRSContext2D,
  scene: { readonly disc: Disc; readonly size: number; readonly palette: Palette },
): void {
  const { disc, size, palette } = scene;
  for (const [reach, alpha] of [
    [4.2, 0.28],
    [2.1, 0.4],
  ] as const) {
    const glow = brush.createRadialGradient(
      disc.x,
      disc.y,
      disc.r * 0.3,
      disc.x,
      disc.y,
      disc.r * reach,
    );
    glow.addColorStop(0, palette.light);
    glow.addColorStop(1, `${palette.light}00`);
    brush.globalAlpha = alpha;
    brush.fillStyle = glow;
    brush.fillRect(0, 0, size, size);
  }
  brush.globalAlpha = 1;
  brush.fillStyle = palette.light;
  brush.beginPath();
  brush.arc(disc.x, disc.y, disc.r, 0, 2 * Math.PI);
  brush.fill();
}

/** Rows of sound waves that turn into hills toward the front. */
function paintWaves(
  brush: SKRSContext2D,
  scene: { readonly size: number; readonly palette: Palette; readonly chance: Chance },
): void {
  const { size, palette, chance } = scene;
  const rows = 9;
  for (let row = 0; row < rows; row += 1) {
    const t = row / (rows - 1);
    const base = size * (0.56 + 0.3 * t ** 1.15);
    const hills = [chance() * 6.28, chance() * 6.28, chance() * 6.28];
    const height = size * (0.035 + 0.05 * (1 - t)) * (0.7 + 0.6 * chance());
    brush.beginPath();
    brush.moveTo(0, size);
    for (let x = 0; x <= size; x += size / 128) {
      const u = x / size;
      const swell = Math.exp(-(((u - 0.5) * 2.4) ** 2));
      const wave =
        Math.sin(u * 9 + (hills[0] ?? 0)) * 0.5 +
        Math.sin(u * 23 + (hills[1] ?? 0)) * 0.32 * swell +
        Math.sin(u * 51 + (hills[2] ?? 0)) * 0.2 * swell;
      brush.lineTo(x, base - height * (0.4 + wave * (0.4 + swell)));
    }
    brush.lineTo(size, size);
    brush.closePath();
    brush.globalAlpha = 0.34 + 0.6 * t;
    brush.fillStyle = row % 3 === 2 && row < rows - 1 ? palette.sky[1] : palette.ink;
    brush.fill();
    brush.globalAlpha = 0.28 * (1 - t);
    brush.strokeStyle = palette.light;
    brush.lineWidth = Math.max(1, size / 512);
    brush.stroke();
  }
  brush.globalAlpha = 1;
}

function paintGrain(brush: SKRSContext2D, size: number, chance: Chance): void {
  brush.fillStyle = "#ffffff";
  for (let dot = 0; dot < 1400; dot += 1) {
    brush.globalAlpha = 0.02 + 0.05 * chance();
    brush.fillRect(chance() * size, chance() * size, size / 400, size / 400);
  }
  brush.globalAlpha = 1;
}

function paintTitle(
  brush: SKRSContext2D,
  scene: { readonly size: number; readonly palette: Palette; readonly title: string },
): void {
  const { size, palette, title } = scene;
  const lettering = letter(capitals(title.trim()), "poster");
  if (lettering === null || lettering.text === "") return;
  const lines = wrapTitle(lettering.text);
  brush.fillStyle = palette.light;
  brush.textAlign = "center";
  const room = { size: size * 0.115, width: size * 0.84 };
  const fits = lines.map((text) => fitLetters(brush, { ...lettering, text }, room));
  const px = Math.min(...fits);
  brush.font = `${px}px ${lettering.families}`;
  const top = size * 0.94 - (lines.length - 1) * px * 1.2;
  for (const [index, line] of lines.entries())
    brush.fillText(line, size / 2, top + index * px * 1.2);
}

function wrapTitle(title: string): readonly string[] {
  const words = title.split(/\s+/);
  if (title.length <= 18 || words.length < 2) return [title.slice(0, 60)];
  const lines = ["", ""];
  for (const word of words) {
    const row =
      (lines[0] ?? "").length + word.length <= title.length / 2 + 2 && lines[1] === "" ? 0 : 1;
    lines[row] = `${lines[row]} ${word}`.trim();
  }
  return lines.filter((line) => line !== "").map((line) => line.slice(0, 60));
}
