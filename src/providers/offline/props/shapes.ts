import { Path2D } from "@napi-rs/canvas";
import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";

/**
 * A drawing as text, a shape a line: `role path`, `role e cx cy rx ry [turn]`, `role r x y w h
 * [corner]`, each with `~width` after the role for a stroke. It is 100 high, stands on y = 100 and
 * has x = 0 in its middle; `@width` first says how wide it is.
 */
export type Drawing = string;

/** The colours that a drawing may use, by their letters. */
export type Tones = Readonly<Record<string, Lch>>;

/** Colours of a thing: its own in several values, and those that never change. */
export function tonesOf(body: Lch): Tones {
  const isDark = body[0] < 0.3;
  return {
    b: body,
    d: shift(body, [isDark ? -0.07 : -0.13, 1.05, -6]),
    D: shift(body, [isDark ? -0.1 : -0.26, 1, -10]),
    l: shift(body, [isDark ? 0.12 : 0.1, 0.92, 6]),
    L: mix(body, [0.97, 0.02, 90], 0.6),
    a: [Math.min(0.85, body[0] + 0.1), Math.max(0.12, body[1]), (body[2] + 165) % 360],
    k: [0.18, 0.02, 280],
    w: [0.96, 0.012, 90],
    g: [0.74, 0.07, 230],
    G: [0.4, 0.06, 245],
    y: [0.9, 0.15, 90],
    m: [0.7, 0.015, 250],
    M: [0.45, 0.015, 255],
    s: [0.76, 0.07, 60],
    n: [0.45, 0.08, 55],
    N: [0.32, 0.06, 50],
    o: [0.5, 0.13, 140],
    O: [0.38, 0.1, 145],
    r: [0.57, 0.21, 27],
    p: [0.78, 0.13, 0],
    u: [0.52, 0.16, 255],
    t: [0.72, 0.1, 75],
    c: [0.86, 0.05, 80],
  };
}

/** Draws only what shines by itself: lit windows, lamps, flames. */
export function drawLights(pen: Pen, drawing: Drawing, tones: Tones): void {
  const lights = parse(drawing).shapes.filter(({ role, stroke }) => role === "y" && stroke === 0);
  pen.fillStyle = css(tones.y ?? [0.9, 0.15, 90]);
  for (const { path } of lights) pen.fill(path);
}

interface Shape {
  readonly role: string;
  readonly stroke: number;
  readonly path: Path2D;
}

const parsed = new Map<Drawing, { readonly width: number; readonly shapes: readonly Shape[] }>();

/** How wide a drawing is, in hundredths of its height. */
export function drawingWidth(drawing: Drawing): number {
  return parse(drawing).width;
}

/** Draws a drawing with its own coordinates. */
export function drawShapes(pen: Pen, drawing: Drawing, tones: Tones): void {
  pen.lineCap = "round";
  pen.lineJoin = "round";
  for (const { role, stroke, path } of parse(drawing).shapes) {
    const colour = css(tones[role] ?? [0.5, 0, 0]);
    if (stroke > 0) {
      pen.strokeStyle = colour;
      pen.lineWidth = stroke;
      pen.stroke(path);
    } else {
      pen.fillStyle = colour;
      pen.fill(path);
    }
  }
}

function parse(drawing: Drawing): { readonly width: number; readonly shapes: readonly Shape[] } {
  const known = parsed.get(drawing);
  if (known !== undefined) return known;
  const lines = drawing
    .trim()
    .split("\n")
    .map((line) => line.trim());
  const width = Number(lines[0]?.startsWith("@") ? lines[0].slice(1) : 100);
  const shapes = lines.filter((line) => line !== "" && !line.startsWith("@")).map(readShape);
  const result = { width, shapes };
  parsed.set(drawing, result);
  return result;
}

function readShape(line: string): Shape {
  const [head = "b", ...rest] = line.split(" ");
  const [role = "b", stroke = "0"] = head.split("~");
  const body = rest.join(" ");
  const path = /^[er] /.test(body) ? simplePath(body) : new Path2D(body);
  return { role, stroke: Number(stroke), path };
}

function simplePath(text: string): Path2D {
  const [kind, ...values] = text.split(" ");
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = values.map(Number);
  const path = new Path2D();
  if (kind === "e") path.ellipse(a, b, c, d, (e * Math.PI) / 180, 0, Math.PI * 2);
  else path.roundRect(a, b, c, d, e);
  return path;
}
