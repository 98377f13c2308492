import { hashText, makeChance } from "../chance.ts";
import { applyFilmLooks } from "../look/apply.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { Lch } from "../paint/colour.ts";
import { buildScene, type Scene } from "../paint/scene.ts";
import { openStage } from "../paint/stage.ts";
import type { FilmRequest } from "../request/film-request.ts";
import type { Size } from "../request/ratio.ts";
import { type PlanOptions, planScene, type ScenePlan } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import type { Tokens } from "../scene/tokens.ts";
import { cameraAt, type Move, TRAVEL_MAX } from "./camera.ts";
import { chooseLift, driftLight, type Lift, trialSize } from "./lively.ts";

/** A film, decided: any frame can be drawn, in any order. */
export interface Film {
  readonly frames: number;
  /** Frames a second. */
  readonly fps: number;
  /** The scenes, in their order. */
  readonly plans: readonly ScenePlan[];
  /** Finer quantising, for pictures of the customer that must come out as they went in. */
  readonly faithful?: boolean;
  /** Brings what the frames of a stretch are drawn from; those are drawn after it, no others. */
  load?(from: number, count: number): Promise<void>;
  draw(target: Sheet, frame: number): void;
}

/** What a film is directed from. */
export interface Direction {
  readonly request: FilmRequest;
  readonly seed: number;
  readonly size: Size;
  readonly fps: number;
  /** Colours of reference pictures, strongest first. */
  readonly reference: readonly Lch[];
}

interface Shot {
  readonly from: number;
  readonly frames: number;
  readonly plan: ScenePlan;
  /** The same scene at the hour where it ends, or `null`. */
  readonly later: ScenePlan | null;
  readonly move: Move;
}

/** Seconds over which one shot turns into the next; `fun` and `spicy` cut. */
const DISSOLVE_S = 0.5;

/** Cuts a film into shots, whole frames each, whose sum is the asked duration. */
export function directFilm(direction: Direction): Film {
  const shots = planShots(direction);
  const frames = shots.reduce((sum, shot) => sum + shot.frames, 0);
  const { fps } = direction;
  const projector = openProjector(direction);
  const dissolve = Math.round(fps * DISSOLVE_S);
  const soft = direction.request.direction === "normal";
  return {
    frames,
    fps,
    plans: shots.map((shot) => shot.plan),
    draw(target, frame) {
      const index = shots.findLastIndex((candidate) => candidate.from <= frame);
      const shot = shots[index];
      if (shot === undefined) return;
      projector.show(target, shot, frame);
      const next = shots[index + 1];
      const left = shot.from + shot.frames - frame;
      if (soft && next !== undefined && left <= dissolve) {
        projector.blend(target, { shot: next, frame, share: 1 - left / (dissolve + 1) });
      }
      projector.forget(shot.from);
      applyFilmLooks(target, shot.plan);
    },
  };
}

interface Projector {
  show(target: Sheet, shot: Shot, frame: number): void;
  blend(
    target: Sheet,
    next: { readonly shot: Shot; readonly frame: number; readonly share: number },
  ): void;
  /** Lets go of the scenes of shots that began before a frame. */
  forget(from: number): void;
}

/** Keeps the painted scenes of the shots that are on the screen, and no others. */
function openProjector({ size, fps }: Pick<Direction, "size" | "fps">): Projector {
  const scenes = new Map<ScenePlan, { readonly scene: Scene; readonly from: number }>();
  let scratch: Sheet | null = null;
  let over: Sheet | null = null;
  const sceneOf = (plan: ScenePlan, from: number): Scene => {
    const known = scenes.get(plan);
    if (known !== undefined) return known.scene;
    const scene = buildScene(openStage(plan, { ...size, margin: size.width * TRAVEL_MAX }));
    scenes.set(plan, { scene, from });
    return scene;
  };
  const show = (target: Sheet, shot: Shot, frame: number): void => {
    const lift = liftOf(shot, { size, fps });
    const t = (frame - shot.from) / fps;
    const moment = cameraAt({ ...shot.move, push: lift.push }, { t, duration: shot.frames / fps });
    sceneOf(shot.plan, shot.from).draw(target, moment);
    const share = shot.later === null ? 0 : turnOfDay(t / (shot.frames / fps));
    if (shot.later !== null && share > 0) {
      scratch ??= openSheet(size.width, size.height);
      sceneOf(shot.later, shot.from).draw(scratch, moment);
      lay(target, scratch, share);
    }
    driftLight(target, { t, fps, light: lift.light, way: shot.move.way });
  };
  return {
    show,
    blend(target, { shot, frame, share }) {
      over ??= openSheet(size.width, size.height);
      show(over, shot, frame);
      lay(target, over, share);
    },
    forget(from) {
      for (const [plan, kept] of scenes) if (kept.from < from) scenes.delete(plan);
    },
  };
}

const lifts = new WeakMap<Shot, Lift>();

/** How much motion a shot needs beside its own; tried small, once. */
function liftOf(shot: Shot, { size, fps }: Pick<Direction, "size" | "fps">): Lift {
  const known = lifts.get(shot);
  if (known !== undefined) return known;
  const trial = trialSize(size);
  const stage = openStage(shot.plan, { ...trial, margin: trial.width * TRAVEL_MAX });
  const scene = buildScene(stage);
  const duration = shot.frames / fps;
  const lift = chooseLift({
    size: trial,
    frames: shot.frames,
    draw(target, frame, { push, light }) {
      const t = frame / fps;
      scene.draw(target, cameraAt({ ...shot.move, push }, { t, duration }));
      driftLight(target, { t, fps, light, way: shot.move.way });
    },
  });
  lifts.set(shot, lift);
  return lift;
}

function lay({ pen }: Sheet, over: Sheet, share: number): void {
  pen.globalAlpha = share;
  pen.drawImage(over.canvas, 0, 0);
  pen.globalAlpha = 1;
}

function turnOfDay(share: number): number {
  const t = Math.min(1, Math.max(0, share));
  return 0.4 * t + 0.6 * t * t * (3 - 2 * t);
}

function planShots({ request, seed, fps, reference }: Direction): Shot[] {
  const shots: Shot[] = [];
  let from = 0;
  for (const [index, { prompt, seconds }] of request.prompts.entries()) {
    const tokens = readPrompt(styledPrompt(prompt, request.style), request.negative);
    const sceneSeed = index === 0 ? seed : hashText(`${seed}/shot/${index}`);
    for (const cut of cutsOf(request, { seconds, fps })) {
      const options = {
        seed: sceneSeed,
        reference,
        direction: request.direction,
        framing: cut.framing,
      } as const;
      const shot = planShot(tokens, { options, request, cut: shots.length });
      shots.push({ ...shot, from, frames: cut.frames });
      from += cut.frames;
    }
  }
  return shots;
}

/** The presets of a model's `style`, in words that the reader knows. */
const STYLES: Readonly<Record<string, string>> = {
  thanksgiving: "autumn pumpkins golden hour",
  comic: "pop art comic",
  news: "realistic",
  selfie: "close-up portrait",
  nostalgic: "vintage sepia",
  anime: "anime",
};

function styledPrompt(prompt: string, style: string | null): string {
  return style === null ? prompt : `${prompt}, ${STYLES[style] ?? style}`;
}

interface Cut {
  readonly frames: number;
  readonly framing: "in" | "out" | null;
}

const FRAMINGS = [null, "in", "out", null, "in"] as const;
/** Seconds of a shot, about. */
const SHOT_SECONDS = { normal: 5.5, fun: 2.4, spicy: 3.2 } as const;

function cutsOf(
  request: FilmRequest,
  { seconds, fps }: { readonly seconds: number; readonly fps: number },
): Cut[] {
  const frames = Math.max(1, Math.round(seconds * fps));
  const single =
    request.fixedLens || (request.direction === "normal" && !request.multiShot && seconds <= 8);
  const wanted = Math.round(seconds / (request.multiShot ? 3 : SHOT_SECONDS[request.direction]));
  const count = single ? 1 : Math.min(12, Math.max(1, wanted));
  return Array.from({ length: count }, (_, index) => ({
    frames: Math.round((frames * (index + 1)) / count) - Math.round((frames * index) / count),
    framing: count === 1 ? null : (FRAMINGS[index % FRAMINGS.length] ?? null),
  }));
}

interface ShotWork {
  readonly options: PlanOptions;
  readonly request: FilmRequest;
  readonly cut: number;
}

function planShot(
  tokens: Tokens,
  { options, request, cut }: ShotWork,
): Pick<Shot, "plan" | "later" | "move"> {
  const plan = planScene(tokens, options);
  const later = plan.hourTo === null ? null : planScene(tokens, { ...options, hour: plan.hourTo });
  // The sun's place would jump between two paintings of one scene.
  const sameSun = later === null ? null : { ...later, sun: { x: plan.sun.x, y: later.sun.y } };
  return { plan, later: sameSun, move: chooseMove(plan, request, cut) };
}

const KINDS = ["pan", "in", "out", "pan"] as const;
const ENERGY = { normal: 1.25, fun: 1.4, spicy: 1.4 } as const;

function chooseMove(plan: ScenePlan, request: FilmRequest, cut: number): Move {
  const random = makeChance(plan.seed)(`camera-${cut}`);
  const named = request.prompts.length === 1 && cut === 0 ? plan.moves.find(isKind) : undefined;
  const spicy = request.direction === "spicy" ? "in" : KINDS[Math.floor(random() * KINDS.length)];
  return {
    kind: request.fixedLens ? "static" : (named ?? spicy ?? "pan"),
    way: random() < 0.5 ? 1 : -1,
    amount: ENERGY[request.direction],
  };
}

function isKind(value: string): value is Move["kind"] {
  return ["pan", "in", "out", "up", "orbit", "hand", "static", "track", "aerial"].includes(value);
}
