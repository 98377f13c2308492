import { wordsOnSign } from "../lettering/sign-words.ts";
import { flightOf } from "../props/gait.ts";
import { SETTINGS } from "../scene/settings.ts";
import type { Subject } from "../scene/subjects.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch } from "./colour.ts";
import { drawExhaust } from "./exhaust.ts";
import { drawSaucerBeam, LAMPS, lampLayer } from "./lamps.ts";
import { fogOf } from "./land.ts";
import { drawBranch, drawHill, drawMound } from "./mounds.ts";
import type { Place } from "./place.ts";
import { placeSubjects } from "./placing.ts";
import { glow } from "./sky.ts";
import { makeSprite, SPRITE_FOOT, type Sprite } from "./sprite.ts";
import { type Layer, livingLayer, type Moment, type Stage } from "./stage.ts";

/** Steps of a walk or of a wing beat that are drawn. */
const PHASES = 8;

/** The subjects of a scene, each at its place, with shadow, reflection or glow. */
export function castLayers(stage: Stage): Layer[] {
  const shared = new Map<string, Map<number, Sprite>>();
  const places = placeSubjects(stage);
  const lamps = places.filter(({ subject }) => LAMPS.has(subject.draw));
  const layers = places.map((place) => {
    const one = { ...place, name: drawnAs(place) };
    const key = `${one.name} ${Math.ceil(Math.log2(place.height) * 4)} ${place.flipped}`;
    const sprites = shared.get(key) ?? new Map<number, Sprite>();
    shared.set(key, sprites);
    return { ...castLayer(stage, { place: one, sprites }), place };
  });
  return lamps.length === 0 ? layers : [...layers, lampLayer(stage, lamps)];
}

/** A whale spouts where there is air. */
function kindIn({ plan }: Stage, { kind }: Subject): string {
  return kind === "whale" && plan.setting !== "undersea" ? "whale_spout" : kind;
}

/** Dark birds take some of the moon's light, or the night would swallow them. */
function seenAtNight({ plan }: Stage, { draw, colour }: Subject): Lch | null {
  const lost = draw === "bird" && plan.palette.dark > 0.6 && colour !== null && colour[0] < 0.3;
  return lost ? [0.42, 0.03, 260] : colour;
}

/** The many of a field are a few that repeat. */
function drawnAs({ name, subject }: Place): string {
  if (subject.count < 12) return name;
  return `${subject.id}-${Number(name.split("-").at(-1) ?? 0) % 7}`;
}

function castLayer(
  stage: Stage,
  { place, sprites }: { readonly place: Place; readonly sprites: Map<number, Sprite> },
): Layer {
  const { subject } = place;
  const haze = Math.min(0.5, (1 - Math.min(1, place.depth)) * 0.36 * fogOf(stage));
  const flies = place.medium === "air" && (subject.draw === "bird" || subject.draw === "dragon");
  const motion = flies ? "fly" : subject.motion;
  const spriteAt = (phase: number): Sprite => {
    const known = sprites.get(phase);
    if (known !== undefined) return known;
    const art = {
      draw: subject.draw,
      kind: kindIn(stage, subject),
      colour: seenAtNight(stage, subject),
      motion,
      phase: phase / PHASES,
    };
    const made = makeSprite(stage, {
      art,
      name: place.name,
      height: place.height,
      flipped: place.flipped,
      haze,
      words: subject.draw === "sign" && place.name.endsWith("-0") ? wordsOnSign(stage.plan) : null,
      glows: GLOWING.has(subject.draw),
    });
    sprites.set(phase, made);
    return made;
  };
  const moves = motion !== null && !AT_REST.has(motion);
  // The first of several shows the step at its fullest, the others are out of step with it.
  const offset = place.name.endsWith("-0") ? 0 : stage.chance(`phase-${place.name}`)();
  return livingLayer(stage, place.depth, (pen, moment) => {
    const phase = moves
      ? Math.floor((moment.t * rateOf(place.carrier?.motion ?? motion) + offset) * PHASES) % PHASES
      : 0;
    drawPlaced(pen, { stage, place, sprite: spriteAt(phase), moment, offset });
  });
}

const AT_REST = new Set([
  "sit",
  "read",
  "sitread",
  "hold",
  "fish",
  "hang",
  "sleep",
  "front",
  "howl",
  "eat",
]);

const GLOWING = new Set([
  "candle",
  "campfire",
  "lantern",
  "bulb",
  "ufo",
  "jellyfish",
  "ghost",
  "balloons",
  "lighthouse",
  "crystal",
]);

function rateOf(motion: string | null): number {
  return { run: 1.9, walk: 1, fly: 1.5, dance: 0.8, jump: 1.4, swim: 0.8 }[motion ?? ""] ?? 1;
}

interface Placed {
  readonly stage: Stage;
  readonly place: Place;
  readonly sprite: Sprite;
  readonly moment: Moment;
  readonly offset: number;
}

function drawPlaced(pen: Pen, placed: Placed): void {
  const { stage, place, moment } = placed;
  const { x, y, turn } = poseAt(placed);
  if (place.medium === "ground") drawFooting(pen, placed, x);
  if (place.medium === "water") drawReflection(pen, { ...placed, x });
  if (place.subject.motion === "hang") drawCord(pen, placed);
  if (place.subject.draw === "ufo" && place.medium === "air" && stage.plan.palette.dark > 0.4)
    drawSaucerBeam(pen, stage, { place, x, t: moment.t });
  if (place.tether !== undefined) drawString(pen, placed, { x, y });
  if (place.subject.draw === "rocket" && place.medium === "air")
    drawExhaust(pen, { stage, place, moment, x });
  if (GLOWING.has(place.subject.draw)) drawGlow(pen, { stage, place, x, moment });
  const { sheet } = placed.sprite;
  pen.save();
  pen.translate(x, y);
  pen.rotate(turn);
  const grow = place.height / placed.sprite.height;
  pen.scale(grow, grow);
  pen.drawImage(sheet.canvas, -sheet.width / 2, -sheet.height * SPRITE_FOOT);
  pen.restore();
  const runs = place.subject.motion === "run" && place.medium === "water";
  if (runs && place.subject.draw === "beast") drawSplash(pen, placed, x);
}

/** The string of a kite sags a little. */
function drawString(
  pen: Pen,
  { stage, place }: Placed,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  const hand = place.tether ?? { x, y };
  const from = y - place.height * 0.3;
  pen.strokeStyle = css([0.96, 0.01, 90], 0.9);
  pen.lineWidth = 2 * stage.unit;
  pen.beginPath();
  pen.moveTo(hand.x, hand.y);
  pen.quadraticCurveTo((hand.x + x) / 2, (hand.y + from) / 2 + place.height * 0.2, x, from);
  pen.stroke();
}

/** What hangs, hangs from above. */
function drawCord(pen: Pen, { stage, place }: Placed): void {
  pen.strokeStyle = css([0.2, 0.02, 60]);
  pen.lineWidth = 4 * stage.unit;
  pen.beginPath();
  pen.moveTo(place.x, -stage.margin);
  pen.lineTo(place.x, place.y - place.height * 0.94);
  pen.stroke();
}

/** What is done on the spot. */
const STAYING = {
  sitread: 0,
  read: 0,
  fight: 0,
  play: 0,
  hold: 0,
  wave: 0,
  fish: 0,
  row: 0.02,
  sleep: 0,
  front: 0,
  howl: 0,
  eat: 0,
};

/** Where it is at a moment: it goes, drifts, rocks or breathes. */
function poseAt({ stage, place, moment, offset }: Placed): { x: number; y: number; turn: number } {
  const { medium } = place;
  const subject = place.carrier ?? place.subject;
  const way = place.flipped ? -1 : 1;
  const tilt = place.tilt ?? 0;
  const since = moment.t - moment.duration / 2;
  const speed = {
    run: 0.085,
    walk: 0.03,
    fly: 0.05,
    swim: 0.03,
    dance: 0,
    jump: 0.02,
    sit: 0,
    ...STAYING,
  }[subject.motion ?? ""];
  const own =
    subject.category === "vehicle" ? 0.035 : medium === "float" || medium === "air" ? 0.012 : 0;
  const x = place.x + way * (speed ?? own) * stage.width * since;
  const slow = Math.sin(moment.t * 1.3 + offset * 6.3);
  const unit = stage.unit;
  if (medium === "ground") {
    const hop =
      subject.motion === "jump"
        ? Math.abs(Math.sin(moment.t * 4 + offset)) * place.height * 0.16
        : subject.motion === "run"
          ? Math.abs(Math.sin(moment.t * 6)) * place.height * 0.02
          : 0;
    const sway =
      subject.category === "plant"
        ? slow * 0.008
        : subject.motion === "dance"
          ? Math.sin(moment.t * 3) * 0.06
          : 0;
    return { x, y: place.y - hop, turn: sway + tilt };
  }
  if (medium === "worn") {
    const lift = place.carrier?.motion === "run" ? flightOf("run", moment.t * rateOf("run")) : 0;
    return { x: place.carrier ? x : place.x, y: place.y - lift * place.height * 0.12, turn: tilt };
  }
  if (medium === "water") return { x, y: place.y + slow * 3 * unit, turn: slow * 0.018 };
  return { x, y: place.y + slow * 11 * unit, turn: slow * 0.03 };
}

/** Contact shadow, shadow away from the sun, and land under feet where there is sea. */
function drawFooting(pen: Pen, { stage, place, sprite }: Placed, x: number): void {
  const { plan, width } = stage;
  const { sheet, shadow } = sprite;
  const ground = SETTINGS[plan.setting].ground;
  const raised = plan.has.hilltop !== undefined && place.y < stage.horizonY;
  if (raised && ground !== "water") drawHill(pen, { stage, place, wide: sheet.width, x });
  const perched = plan.has.branch !== undefined && place.subject.draw === "bird";
  if (perched) return void drawBranch(pen, { stage, place, wide: sheet.width, x });
  if (ground === "water") drawMound(pen, { stage, place, wide: sheet.width, x });
  const wide = sheet.width * 0.36;
  pen.save();
  pen.globalAlpha = 0.2 * (1 - plan.palette.dark * 0.5);
  pen.translate(x, place.y);
  const lean = ((x / width - plan.sun.x) * 2.6) / Math.max(0.5, 1.2 - plan.sun.y);
  pen.transform(1, 0, -lean * 0.55, -0.24, 0, 0);
  pen.drawImage(
    shadow.canvas,
    -sheet.width / 2,
    -sheet.height * SPRITE_FOOT,
    sheet.width,
    sheet.height,
  );
  pen.restore();
  const dark = pen.createRadialGradient(x, place.y, 0, x, place.y, wide);
  dark.addColorStop(0, "rgba(12,8,24,.42)");
  dark.addColorStop(1, "rgba(12,8,24,0)");
  pen.save();
  pen.translate(0, place.y * 0.86);
  pen.scale(1, 0.14);
  pen.fillStyle = dark;
  pen.fillRect(x - wide, place.y - wide, wide * 2, wide * 2);
  pen.restore();
}

/** Drops and rings at the feet of who runs through water. */
function drawSplash(pen: Pen, { stage, place, moment }: Placed, x: number): void {
  const random = stage.chance(`splash-${place.name}-${Math.floor(moment.t * 8)}`);
  const { unit } = stage;
  for (const share of [-0.62, -0.3, 0.34, 0.62]) {
    const at = x + share * place.height * (place.flipped ? -1 : 1);
    pen.strokeStyle = "rgba(240,250,255,.55)";
    pen.lineWidth = 2 * unit;
    pen.beginPath();
    pen.ellipse(at, place.y, place.height * 0.16, place.height * 0.025, 0, 0, Math.PI * 2);
    pen.stroke();
    for (let drop = 0; drop < 16; drop += 1) {
      const spread = (random() - 0.5) * place.height * 0.36;
      const high = random() ** 1.6 * place.height * 0.34 * (1 - Math.abs(spread) / place.height);
      pen.fillStyle = `rgba(245,252,255,${(0.75 - random() * 0.4).toFixed(2)})`;
      pen.beginPath();
      pen.arc(at + spread, place.y - high, place.height * (0.006 + random() * 0.012), 0, 7);
      pen.fill();
    }
  }
}

function drawReflection(
  pen: Pen,
  { stage, place, sprite, moment, x }: Placed & { readonly x: number },
): void {
  const { sheet } = sprite;
  const foot = sheet.height * SPRITE_FOOT;
  const strips = 26;
  pen.save();
  pen.globalAlpha = 0.42;
  for (let strip = 0; strip < strips; strip += 1) {
    const from = foot * (1 - (strip + 1) / strips);
    const high = foot / strips;
    const wave = Math.sin(strip * 0.9 + moment.t * 2.2) * stage.unit * (1 + strip * 0.28);
    pen.save();
    pen.globalAlpha = 0.46 * (1 - strip / strips);
    pen.translate(x + wave, place.y + (strip + 1) * high * 0.7);
    pen.scale(1, -0.7);
    pen.drawImage(
      sheet.canvas,
      0,
      from,
      sheet.width,
      high,
      -sheet.width / 2,
      0,
      sheet.width,
      high + 1,
    );
    pen.restore();
  }
  pen.restore();
  pen.fillStyle = css(stage.plan.palette.sun, 0.22);
  pen.beginPath();
  pen.ellipse(x, place.y + 2 * stage.unit, sheet.width * 0.36, 3 * stage.unit, 0, 0, Math.PI * 2);
  pen.fill();
}

interface Shine {
  readonly stage: Stage;
  readonly place: Place;
  readonly x: number;
  readonly moment: Moment;
}

function drawGlow(pen: Pen, { stage, place, x, moment }: Shine): void {
  const flicker = 1 + Math.sin(moment.t * 9 + place.x) * 0.05 + Math.sin(moment.t * 5.3) * 0.05;
  const y =
    place.y -
    place.height *
      (place.subject.draw === "lighthouse" ? 0.83 : place.subject.draw === "candle" ? 0.8 : 0.5);
  const colour = {
    ghost: [0.85, 0.06, 220],
    ufo: [0.85, 0.14, 150],
    jellyfish: [0.8, 0.14, 320],
    crystal: place.subject.colour ?? [0.8, 0.13, 200],
  } as const;
  const cool =
    place.subject.draw === "ghost" ||
    place.subject.draw === "ufo" ||
    place.subject.draw === "crystal" ||
    place.subject.draw === "jellyfish"
      ? colour[place.subject.draw]
      : null;
  pen.save();
  pen.globalCompositeOperation = "screen";
  glow(pen, {
    x,
    y,
    radius: place.height * 0.9 * flicker,
    colour: cool ?? [0.84, 0.14, 72],
    alpha: 0.22 + 0.4 * stage.plan.palette.dark,
  });
  if (place.subject.draw === "lighthouse" && stage.plan.palette.dark > 0.2)
    drawBeam(pen, { stage, place, x, moment });
  pen.restore();
}

function drawBeam(pen: Pen, { stage, place, x, moment }: Shine): void {
  const y = place.y - place.height * 0.83;
  const way = x > stage.width / 2 ? -1 : 1;
  const turn = Math.sin(moment.t * 0.8 + 0.6) * 0.16 - 0.05;
  const long = stage.width * 0.9;
  const fill = pen.createLinearGradient(x, y, x + way * long, y);
  fill.addColorStop(0, css([0.96, 0.09, 92], 0.7));
  fill.addColorStop(1, css([0.96, 0.09, 92], 0));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(x, y - 4 * stage.unit);
  pen.lineTo(x + way * long, y + Math.tan(turn - 0.07) * long);
  pen.lineTo(x + way * long, y + Math.tan(turn + 0.07) * long);
  pen.lineTo(x, y + 4 * stage.unit);
  pen.fill();
}
