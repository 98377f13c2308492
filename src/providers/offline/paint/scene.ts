import type { ScenePlan } from "../scene/plan.ts";
import { SETTINGS } from "../scene/settings.ts";
import { isWithout } from "../scene/without.ts";
import { abstractLayers } from "./abstract.ts";
import type { Sheet } from "./canvas.ts";
import { castLayers } from "./cast.ts";
import { cityLayers } from "./city.ts";
import { corridorLayers } from "./corridor.ts";
import { openFinish } from "./finish.ts";
import { forestLayers, scatterTrees } from "./forest.ts";
import { groundLayers, nearLayers } from "./ground.ts";
import { heavenLayers } from "./heavens.ts";
import { interiorLayers } from "./interior.ts";
import { farLayers } from "./land.ts";
import { backdropLayers, openSkyLayers, tableLayers, theatreLayers } from "./places.ts";
import { skyLayers } from "./sky.ts";
import { spaceLayers } from "./space.ts";
import { type Layer, type Moment, STILL, type Stage } from "./stage.ts";
import { streetLayers } from "./street.ts";
import { underseaLayers } from "./undersea.ts";
import { fallFrame } from "./waterfall.ts";
import { weatherLayers } from "./weather.ts";
import { wonderLayers } from "./wonders.ts";

/** A scene whose still parts are painted: any moment of it can be drawn, in any order. */
export interface Scene {
  /** Draws a moment over the whole target, which has the size of the stage. */
  draw(target: Sheet, moment?: Moment): void;
}

/** All that a scene is made of, from far to near. */
export function sceneLayers(stage: Stage): readonly Layer[] {
  return [...SCENES[SETTINGS[stage.plan.setting].scene](stage), ...weatherLayers(stage)];
}

/** Paints what does not move and keeps it. */
export function buildScene(stage: Stage): Scene {
  const layers = sceneLayers(stage);
  const dreamy = stage.plan.mood === "dreamy" ? 1.6 : 1;
  // Flat inks would cut what only shades a picture into rings, hatching would fill its corners.
  const flat = FLAT_LOOKS.has(stage.plan.looks[0] ?? "");
  const finish = openFinish(stage, {
    bloom: flat ? 0 : 0.34 * dreamy,
    vignette: flat ? 0 : 0.36,
    // A look has a grain of its own, and flat inks would show ours as specks.
    grain: stage.plan.looks.length > 0 ? 0 : stage.margin > 0 ? 0.06 : 0.09,
  });
  return {
    draw(target, moment = STILL) {
      target.pen.globalCompositeOperation = "source-over";
      for (const layer of layers) {
        layer.draw(target, moment);
        target.pen.resetTransform();
        target.pen.globalAlpha = 1;
        target.pen.globalCompositeOperation = "source-over";
      }
      finish.apply(target);
    },
  };
}

/** Looks of few inks and of lines. */
const FLAT_LOOKS: ReadonlySet<string> = new Set(["poster", "papercut", "pop", "ink", "pixel"]);

/** Fireworks go up before a skyline, a rainbow stands in the spray before its rocks. */
function isInFront({ has, setting }: ScenePlan): boolean {
  return has.fireworks !== undefined || (has.rainbow !== undefined && setting === "waterfall");
}

type Painter = (stage: Stage) => Layer[];

function withCast(painter: Painter): Painter {
  return (stage) => [...painter(stage), ...castLayers(stage)];
}

const SCENES = {
  land: (stage: Stage): Layer[] => [
    ...skyLayers(stage),
    ...(isInFront(stage.plan) ? [] : heavenLayers(stage)),
    ...(SETTINGS[stage.plan.setting].far === "city" ? cityLayers(stage) : farLayers(stage)),
    ...wonderLayers(stage),
    ...(isInFront(stage.plan) ? heavenLayers(stage) : []),
    ...groundLayers(stage),
    ...scatterTrees(stage, allowedTrees(stage.plan), 14),
    ...castLayers(stage),
    ...(stage.plan.setting === "waterfall" ? fallFrame(stage) : []),
    ...nearLayers(stage),
  ],
  sky: withCast((stage) => [...openSkyLayers(stage), ...heavenLayers(stage)]),
  forest: withCast(forestLayers),
  interior: withCast(interiorLayers),
  corridor: (stage: Stage): Layer[] => [
    ...corridorLayers(stage),
    ...castLayers({
      ...stage,
      plan: { ...stage.plan, subjects: stage.plan.subjects.filter(({ draw }) => draw !== "door") },
    }),
  ],
  street: withCast(streetLayers),
  undersea: withCast(underseaLayers),
  space: withCast(spaceLayers),
  stage: withCast(theatreLayers),
  table: withCast(tableLayers),
  abstract: withCast(abstractLayers),
  backdrop: withCast(backdropLayers),
  cave: withCast((stage) => [...spaceless(stage), ...wonderLayers(stage)]),
} as const;

/** A cave has the sky only in its mouth, which the wonder paints round it. */
function spaceless(stage: Stage): Layer[] {
  return [...skyLayers(stage), ...farLayers(stage)];
}

/** The words that forbid a tree. */
const FORBIDS = { pine: "pines", palm: "palms", cactus: "cacti" } as const;

function allowedTrees(plan: ScenePlan): readonly string[] {
  const forbidOf = (kind: string) =>
    kind === "pine" || kind === "palm" || kind === "cactus" ? FORBIDS[kind] : "trees";
  return treesOf(plan).filter((kind) => !isWithout(plan, forbidOf(kind)));
}

/** Which trees belong to a place of their own accord. */
function treesOf({ setting, has, subjects }: ScenePlan): readonly string[] {
  if (subjects.some(({ draw, kind }) => draw === "tree" && kind === "bare")) return [];
  if (subjects.some(({ kind }) => kind === "palm") && setting === "beach") return [];
  if (has.forest !== undefined && setting !== "forest") return ["pine", "pine", "oak"];
  // Cacti are American, camels and pyramids are not.
  const oasis = subjects.some(({ id }) => id === "camel" || id === "pyramid");
  const trees: Readonly<Record<string, readonly string[]>> = {
    hills: ["oak", "oak", "pine"],
    farm: ["oak"],
    river: ["willow", "oak"],
    meadow: ["oak", "blossom"],
    savanna: ["oak"],
    beach: ["palm"],
    desert: [oasis ? "palm" : "cactus"],
    snowfield: ["pine"],
    mountains: ["pine"],
    road: ["oak"],
  };
  if (setting === "meadow" && has.spring === undefined) return ["oak"];
  return trees[setting] ?? [];
}
