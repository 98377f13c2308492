import { type Chance, makeChance } from "../chance.ts";
import type { ScenePlan } from "../scene/plan.ts";
import { openSheet, type Pen, type Sheet } from "./canvas.ts";
import type { Place } from "./place.ts";

/** Where a scene is painted: the frame with what every painter needs. Lengths are pixels. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** One thousandth-and-a-bit of the short side: strokes are measured in it. */
  readonly unit: number;
  /** How far cached layers reach beyond the frame, for cameras that move. */
  readonly margin: number;
  readonly plan: ScenePlan;
  readonly chance: Chance;
  /** The line where ground and sky meet. */
  readonly horizonY: number;
}

/** A moment of a film; a picture is the moment 0. */
export interface Moment {
  /** Seconds since the start. */
  readonly t: number;
  /** Seconds in all. */
  readonly duration: number;
  /** Camera: fractions of the width and the height, and how much nearer than at rest. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The camera at rest. */
export const STILL: Moment = { t: 0, duration: 0, x: 0, y: 0, zoom: 0 };

/** What is drawn at one distance, in frame coordinates. */
export interface Layer {
  /** 0 at infinity, 1 where the hero stands, more in front of it. */
  readonly depth: number;
  /** Who stands where, if it shows one copy of a subject. */
  readonly place?: Place;
  draw(target: Sheet, moment: Moment): void;
}

/** Builds the stage of a plan. */
export function openStage(
  plan: ScenePlan,
  size: { readonly width: number; readonly height: number; readonly margin?: number },
): Stage {
  const { width, height, margin = 0 } = size;
  return {
    width,
    height,
    unit: Math.min(width, height) / 1024,
    margin: Math.round(margin),
    plan,
    chance: makeChance(plan.seed),
    horizonY: Math.round(plan.horizon * height),
  };
}

/** A layer that is painted once and only moves with the camera. */
export function cachedLayer(stage: Stage, depth: number, paint: (pen: Pen) => void): Layer {
  const { margin } = stage;
  // Cameras travel less up and down than sideways; what is painted beyond is cut off.
  const marginY = Math.min(margin, Math.round(stage.height * 0.08));
  const sheet = openSheet(stage.width + 2 * margin, stage.height + 2 * marginY);
  sheet.pen.translate(margin, marginY);
  paint(sheet.pen);
  return {
    depth,
    draw({ pen }, moment) {
      if (!moveCamera(pen, { stage, depth, moment }))
        return void pen.drawImage(sheet.canvas, -margin, -marginY);
      pen.drawImage(sheet.canvas, -margin, -marginY);
      pen.resetTransform();
    },
  };
}

/** A layer that is painted for each moment, in frame coordinates that move with the camera. */
export function livingLayer(
  ...[stage, depth, paint]: [Stage, number, (pen: Pen, moment: Moment) => void]
): Layer {
  return {
    depth,
    draw({ pen }, moment) {
      pen.save();
      moveCamera(pen, { stage, depth, moment });
      paint(pen, moment);
      pen.restore();
    },
  };
}

/**
 * Moves the pen as the camera moves things at a depth. Far layers stay on whole pixels, which is
 * fifteen times cheaper. Tells whether anything changed.
 */
export function moveCamera(
  pen: Pen,
  {
    stage,
    depth,
    moment,
  }: { readonly stage: Stage; readonly depth: number; readonly moment: Moment },
): boolean {
  const scale = 1 + moment.zoom * depth;
  const x = -moment.x * depth * stage.width;
  const y = -moment.y * depth * stage.height;
  if (Math.abs(scale - 1) < 0.0005) {
    if (Math.abs(x) < 0.5 && Math.abs(y) < 0.5) return false;
    pen.setTransform(1, 0, 0, 1, depth < 0.6 ? Math.round(x) : x, Math.round(y));
    return true;
  }
  const centreX = stage.width * 0.5;
  const centreY = stage.horizonY;
  pen.setTransform(
    scale,
    0,
    0,
    scale,
    centreX - centreX * scale + x,
    centreY - centreY * scale + y,
  );
  return true;
}
