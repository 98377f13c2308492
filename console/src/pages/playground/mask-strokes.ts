/** One act of painting; a mask is what all of them give, one after another. */
export type Stroke =
  | {
      readonly kind: "brush" | "eraser";
      /** Diameter in pixels of the picture. */
      readonly size: number;
      /** x, y, x, y, … in pixels of the picture. */
      readonly points: readonly number[];
    }
  | { readonly kind: "rectangle"; readonly area: Area }
  | { readonly kind: "fill" | "invert" };

/** A rectangle in pixels of the picture. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is painted with: the members of a canvas that the strokes need. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | "canvas"
  | "clearRect"
  | "fillRect"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "stroke"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
  | "globalCompositeOperation"
>;

/** Paints all strokes anew; what is opaque afterwards is what should change. */
export function paintMask(brush: Brush, strokes: readonly Stroke[], colour: string): void {
  const { width, height } = brush.canvas;
  brush.globalCompositeOperation = "source-over";
  brush.clearRect(0, 0, width, height);
  brush.fillStyle = colour;
  brush.strokeStyle = colour;
  brush.lineCap = "round";
  brush.lineJoin = "round";
  for (const stroke of strokes) {
    brush.globalCompositeOperation = compositionOf(stroke);
    if ("points" in stroke) line(brush, stroke);
    else if ("area" in stroke) {
      const { area } = stroke;
      brush.fillRect(area.left, area.top, area.width, area.height);
    } else brush.fillRect(0, 0, width, height);
  }
  brush.globalCompositeOperation = "source-over";
}

/** The rectangle between two corners, kept within the picture. */
export function areaBetween(
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
  picture: { readonly width: number; readonly height: number },
): Area {
  const within = (value: number, most: number): number =>
    Math.round(Math.max(0, Math.min(most, value)));
  const left = within(Math.min(ax, bx), picture.width);
  const top = within(Math.min(ay, by), picture.height);
  return {
    left,
    top,
    width: within(Math.max(ax, bx), picture.width) - left,
    height: within(Math.max(ay, by), picture.height) - top,
  };
}

function compositionOf({ kind }: Stroke): GlobalCompositeOperation {
  if (kind === "eraser") return "destination-out";
  // Painted over itself only where nothing was: the mask turned round.
  return kind === "invert" ? "xor" : "source-over";
}

function line(brush: Brush, { points, size }: Extract<Stroke, { readonly size: number }>): void {
  brush.lineWidth = size;
  brush.beginPath();
  brush.moveTo(points[0] ?? 0, points[1] ?? 0);
  // A dot is a line to itself.
  if (points.length <= 2) brush.lineTo(points[0] ?? 0, points[1] ?? 0);
  for (let at = 2; at + 1 < points.length; at += 2) {
    brush.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  }
  brush.stroke();
}
