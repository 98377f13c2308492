import { hashText, makeChance } from "../chance.ts";
import type { Sheet } from "../paint/canvas.ts";
import { buildScene, type Scene } from "../paint/scene.ts";
import { openStage } from "../paint/stage.ts";
import type { FilmRequest } from "../request/film-request.ts";
import type { Size } from "../request/ratio.ts";
import { planScene, type ScenePlan } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { cameraAt, type Move, TRAVEL_MAX } from "./camera.ts";
import { FPS } from "./h264.ts";

/** A film, decided: any frame can be drawn, in any order. */
export interface Film {
  readonly frames: number;
  /** The scenes, in their order. */
  readonly plans: readonly ScenePlan[];
  draw(target: Sheet, frame: number): void;
}

interface Shot {
  readonly from: number;
  readonly frames: number;
  readonly plan: ScenePlan;
  readonly move: Move;
}

/** Cuts a film into shots, whole frames each, whose sum is the asked duration. */
export function directFilm(
  request: FilmRequest,
  { seed, size }: { readonly seed: number; readonly size: Size },
): Film {
  const shots = planShots(request, seed);
  const frames = shots.reduce((sum, shot) => sum + shot.frames, 0);
  let open: { readonly shot: Shot; readonly scene: Scene } | null = null;
  const sceneOf = (shot: Shot): Scene => {
    // One shot's layers at a time: they are the film's memory.
    if (open?.shot !== shot) {
      const stage = openStage(shot.plan, { ...size, margin: size.width * TRAVEL_MAX });
      open = { shot, scene: buildScene(stage) };
    }
    return open.scene;
  };
  return {
    frames,
    plans: shots.map((shot) => shot.plan),
    draw(target, frame) {
      const shot = shots.findLast((candidate) => candidate.from <= frame);
      if (shot === undefined) return;
      const t = (frame - shot.from) / FPS;
      sceneOf(shot).draw(target, cameraAt(shot.move, { t, duration: shot.frames / FPS }));
    },
  };
}

function planShots(request: FilmRequest, seed: number): Shot[] {
  const shots: Shot[] = [];
  let from = 0;
  for (const [index, { prompt, seconds }] of request.prompts.entries()) {
    const shotSeed = index === 0 ? seed : hashText(`${seed}/shot/${index}`);
    const tokens = readPrompt(prompt, request.negative);
    const plan = planScene(tokens, { seed: shotSeed });
    const frames = Math.max(1, Math.round(seconds * FPS));
    shots.push({ from, frames, plan, move: chooseMove(plan, request) });
    from += frames;
  }
  return shots;
}

const KINDS = ["pan", "in", "out", "pan"] as const;

function chooseMove(plan: ScenePlan, request: FilmRequest): Move {
  const random = makeChance(plan.seed)("camera");
  const named = plan.moves.find(isKind);
  const chosen = KINDS[Math.floor(random() * KINDS.length)] ?? "pan";
  const energy = { normal: 1, fun: 1.5, spicy: 1.3 }[request.direction];
  return {
    kind: request.fixedLens ? "static" : (named ?? chosen),
    way: random() < 0.5 ? 1 : -1,
    amount: energy,
  };
}

function isKind(value: string): value is Move["kind"] {
  return ["pan", "in", "out", "up", "orbit", "hand", "static", "track", "aerial"].includes(value);
}
