import type { Moment } from "../paint/stage.ts";

/** How the camera travels through a shot. */
export interface Move {
  readonly kind: "pan" | "in" | "out" | "up" | "orbit" | "hand" | "static" | "track" | "aerial";
  /** 1 or −1: which way. */
  readonly way: number;
  /** How far, 1 is a calm film. */
  readonly amount: number;
  /** How much nearer it comes beside that, 0 to 1: for scenes in which little happens. */
  readonly push?: number;
}

/** How much nearer a camera may come at most. */
const NEAREST = 0.42;

/** Where the camera is at a time of the shot. A pure function of time. */
export function cameraAt(move: Move, time: Time): Moment {
  const moment = travel(move, time);
  const { push = 0 } = move;
  if (push === 0 || move.kind === "static") return moment;
  const share = time.duration <= 0 ? 0 : time.t / time.duration;
  const away = move.kind === "out";
  const reached = travel(move, { ...time, t: away ? 0 : time.duration }).zoom;
  // Steadily: it must not slow down where the planned travel does.
  const nearer = Math.max(0, Math.min(NEAREST - reached, 0.07 * time.duration)) * push;
  return { ...moment, zoom: moment.zoom + nearer * (away ? 1 - share : share) };
}

interface Time {
  readonly t: number;
  readonly duration: number;
}

function travel(move: Move, { t, duration }: Time): Moment {
  const share = duration <= 0 ? 0 : t / duration;
  const eased = easeTravel(share);
  const centred = eased - 0.5;
  const breath = Math.sin(t * 1.1) * 0.0034 * move.way;
  const far = move.amount * Math.min(1, duration / 3.5);
  const base = { t, duration, x: breath, y: Math.sin(t * 0.8 + 1) * 0.0022, zoom: 0 };
  switch (move.kind) {
    case "pan":
    case "track":
      return { ...base, x: base.x + move.way * centred * 0.1 * far, zoom: 0.02 * eased };
    case "in":
      return { ...base, x: base.x + move.way * centred * 0.025 * far, zoom: 0.22 * far * eased };
    case "out":
      return {
        ...base,
        x: base.x + move.way * centred * 0.025 * far,
        zoom: 0.22 * far * (1 - eased),
      };
    case "up":
      return { ...base, y: base.y - centred * 0.07 * far, zoom: 0.03 * eased };
    case "orbit":
      return {
        ...base,
        x: base.x + Math.sin(eased * Math.PI * 2) * 0.05 * far,
        zoom: 0.05 + 0.05 * Math.cos(eased * Math.PI * 2),
      };
    case "aerial":
      return {
        ...base,
        x: base.x + move.way * centred * 0.07 * far,
        y: centred * 0.04 * far,
        zoom: 0.1 * far * eased,
      };
    case "hand":
      return { ...base, x: shake(t, 1.3) * 0.006, y: shake(t, 3.1) * 0.003, zoom: 0.05 * eased };
    case "static":
      return base;
  }
}

/** How far a layer at depth 1.4 can travel, as a share of the width: the margin that it needs. */
export const TRAVEL_MAX = 0.1;

/** Starts and ends moving, and never stands still between: a smootherstep on a slope. */
function easeTravel(share: number): number {
  const t = Math.min(1, Math.max(0, share));
  const smooth = t * t * t * (t * (6 * t - 15) + 10);
  return 0.74 * t + 0.26 * smooth;
}

function shake(t: number, hertz: number): number {
  return Math.sin(t * hertz * 5.1) * 0.6 + Math.sin(t * hertz * 8.3 + 1.7) * 0.4;
}
