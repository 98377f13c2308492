import type { Subject } from "../scene/subjects.ts";

/** Where one copy of a subject is, in pixels of the frame at rest. */
export interface Place {
  readonly subject: Subject;
  readonly name: string;
  /** Middle of the foot. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly flipped: boolean;
  /** As a layer's depth. */
  readonly depth: number;
  readonly medium: "ground" | "air" | "water" | "float" | "worn";
  /** What carries it along, if anything does: it goes as that goes. */
  readonly carrier?: Subject;
  /** The hand that holds its string, if any does. */
  readonly tether?: { readonly x: number; readonly y: number };
  /** How far it leans, in radians. */
  readonly tilt?: number;
}
