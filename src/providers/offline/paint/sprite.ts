import { makeChance } from "../chance.ts";
import { letterBoard } from "../lettering/sign-words.ts";
import { drawProp, drawPropLights, type PropArt, propWidth } from "../props/prop.ts";
import { openSheet, type Sheet } from "./canvas.ts";
import { css, type Lch } from "./colour.ts";
import type { Stage } from "./stage.ts";

/** A prop as pixels with the light of the scene on it, and its silhouette for shadows. */
export interface Sprite {
  readonly sheet: Sheet;
  readonly shadow: Sheet;
  /** Height of what is drawn, without the room around it. */
  readonly height: number;
}

/** What a sprite is made of. */
export interface SpriteOptions {
  readonly art: Omit<PropArt, "random">;
  /** Names the stream of chance, so that each copy of a thing is its own. */
  readonly name: string;
  /** Height in pixels. */
  readonly height: number;
  readonly flipped: boolean;
  /** How much of the air's colour lies on it, 0 to 1. */
  readonly haze: number;
  /** What stands on its board; nothing unless said. */
  readonly words?: string | null;
  /** Whether it shines by itself and keeps its colours at night. */
  readonly glows: boolean;
}

/** Room above the box for what sticks out: hats, antlers, smoke, flags. */
const HEADROOM = 0.36;
const SIDE_MAX = 3000;

/** Draws a prop once, lights it by the scene's sun, and keeps it. */
export function makeSprite(stage: Stage, options: SpriteOptions): Sprite {
  const height = Math.min(SIDE_MAX, Math.max(4, options.height));
  const art: PropArt = {
    ...options.art,
    random: makeChance(stage.plan.seed)(`prop-${options.name}`),
  };
  const wide = ((propWidth(art) + 12) / 100) * height;
  const sheet = openSheet(wide, height * (1 + HEADROOM));
  const { pen } = sheet;
  pen.translate(wide / 2, height * HEADROOM);
  pen.scale(((options.flipped ? -1 : 1) * height) / 100, height / 100);
  drawProp(pen, art);
  if (options.words) letterBoard(pen, options.words, art.colour ?? PLAIN);
  pen.save();
  pen.resetTransform();
  shade(sheet, stage, options);
  pen.restore();
  if (stage.plan.palette.dark > 0.3) drawPropLights(pen, art);
  pen.resetTransform();
  let shadow: Sheet | null = null;
  return {
    sheet,
    height,
    get shadow(): Sheet {
      shadow ??= silhouette(sheet);
      return shadow;
    },
  };
}

/** The foot of a sprite within its sheet, as a share of the sheet's height. */
export const SPRITE_FOOT: number = (HEADROOM + 0.985) / (1 + HEADROOM);

function shade(
  { canvas, pen, width, height }: Sheet,
  { plan }: Stage,
  options: SpriteOptions,
): void {
  const fromRight = plan.sun.x > 0.5;
  round({ canvas, pen, width, height }, fromRight ? 1 : -1);
  const lit = options.glows || LIT_PLACES.has(plan.setting);
  const dark = lit ? plan.palette.dark * 0.2 : plan.palette.dark;
  pen.globalCompositeOperation = "source-atop";
  const across = pen.createLinearGradient(
    fromRight ? width : 0,
    0,
    fromRight ? 0 : width,
    height * 0.35,
  );
  across.addColorStop(0, css(plan.palette.sun, 0.26 * (1 - dark * 0.6)));
  across.addColorStop(0.42, css(plan.palette.sun, 0));
  across.addColorStop(0.55, css(SHADE, 0));
  across.addColorStop(1, css(SHADE, 0.34));
  pen.fillStyle = across;
  pen.fillRect(0, 0, width, height);
  const down = pen.createLinearGradient(0, height * 0.55, 0, height);
  down.addColorStop(0, css(plan.palette.near, 0));
  down.addColorStop(1, css(plan.palette.near, 0.34));
  pen.fillStyle = down;
  pen.fillRect(0, 0, width, height);
  if (dark > 0.15) {
    pen.globalCompositeOperation = "source-atop";
    pen.fillStyle = css(
      [plan.palette.sky[1][0] * 0.55, plan.palette.sky[1][1], plan.palette.sky[1][2]],
      dark * 0.36,
    );
    pen.fillRect(0, 0, width, height);
  }
  if (options.haze > 0.02) {
    pen.fillStyle = css(plan.palette.sky[3], options.haze);
    pen.fillRect(0, 0, width, height);
  }
  pen.globalCompositeOperation = "source-over";
}

/** Makes a flat form round: its edges away from the light darken, those towards it gleam. */
function round({ canvas, pen, width, height }: Sheet, side: 1 | -1): void {
  const scale = Math.min(1, 110 / height);
  const [wide, high] = [Math.max(2, width * scale), Math.max(2, height * scale)];
  const form = openSheet(wide, high);
  form.pen.drawImage(canvas, 0, 0, wide, high);
  const reach = high * 0.035;
  for (const [tone, way, alpha] of [
    [SHADE, -1, 0.5],
    [GLEAM, 1, 0.34],
  ] as const) {
    const edge = openSheet(wide, high);
    edge.pen.fillStyle = css(tone);
    edge.pen.fillRect(0, 0, wide, high);
    edge.pen.globalCompositeOperation = "destination-out";
    edge.pen.filter = `blur(${Math.max(0.6, reach).toFixed(2)}px)`;
    edge.pen.drawImage(form.canvas, side * reach * -way, reach * 0.9 * -way * -1);
    pen.globalCompositeOperation = "source-atop";
    pen.globalAlpha = alpha;
    pen.drawImage(edge.canvas, 0, 0, width, height);
  }
  pen.globalAlpha = 1;
}

/** The wood of a board of which nothing is said. */
const PLAIN: Lch = [0.55, 0.12, 40];
const GLEAM: Lch = [0.97, 0.04, 85];

/** Places with a light of their own, whatever the hour. */
const LIT_PLACES: ReadonlySet<string> = new Set([
  "space",
  "moonscape",
  "stage",
  "table",
  "backdrop",
  "undersea",
  "room",
  "library",
  "kitchen",
  "corridor",
  "abstract",
]);

const SHADE: Lch = [0.22, 0.06, 275];

function silhouette(source: Sheet): Sheet {
  const small = openSheet(source.width / 3, source.height / 3);
  small.pen.drawImage(source.canvas, 0, 0, small.width, small.height);
  small.pen.globalCompositeOperation = "source-in";
  small.pen.fillStyle = css([0.12, 0.03, 275]);
  small.pen.fillRect(0, 0, small.width, small.height);
  return small;
}
