/** How a picture lies in its pane. Shares, so that panes of any size can show the same part. */
export interface Zoom {
  /** 1 shows it whole. */
  readonly scale: number;
  /** How far its middle is from that of the pane, in parts of the pane. */
  readonly x: number;
  readonly y: number;
}

/** A point of a pane: 0, 0 is its middle, 0.5 its right or lower edge. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The whole picture. */
export const FIT: Zoom = { scale: 1, x: 0, y: 0 };

const SCALE_MAX = 12;
const MIDDLE: Point = { x: 0, y: 0 };

/** Makes it larger or smaller; what lies under the point stays there. Pure. */
export function zoomBy(zoom: Zoom, factor: number, at: Point = MIDDLE): Zoom {
  const scale = Math.max(1, Math.min(SCALE_MAX, zoom.scale * factor));
  const by = scale / zoom.scale;
  return within({ scale, x: at.x - (at.x - zoom.x) * by, y: at.y - (at.y - zoom.y) * by });
}

/** Moves it by parts of the pane; its edge stays outside. Pure. */
export function moveBy(zoom: Zoom, by: Point): Zoom {
  return within({ scale: zoom.scale, x: zoom.x + by.x, y: zoom.y + by.y });
}

function within({ scale, x, y }: Zoom): Zoom {
  const most = (scale - 1) / 2;
  // Zero is added so that no place is minus zero.
  return { scale, x: clamp(x, most) + 0, y: clamp(y, most) + 0 };
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}

const STEP = 1.4;
const MOVE = 0.12;

/** What a key does to it, or `null` for nothing: `+ − 0`, and arrows while it is large. */
export function zoomByKey(zoom: Zoom, key: string): Zoom | null {
  if (key === "+" || key === "=") return zoomBy(zoom, STEP);
  if (key === "-" || key === "−") return zoomBy(zoom, 1 / STEP);
  if (key === "0") return FIT;
  if (zoom.scale === 1) return null;
  if (key === "ArrowLeft") return moveBy(zoom, { x: MOVE, y: 0 });
  if (key === "ArrowRight") return moveBy(zoom, { x: -MOVE, y: 0 });
  if (key === "ArrowUp") return moveBy(zoom, { x: 0, y: MOVE });
  return key === "ArrowDown" ? moveBy(zoom, { x: 0, y: -MOVE }) : null;
}
