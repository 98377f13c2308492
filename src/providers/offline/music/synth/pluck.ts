import { hertz } from "../theory.ts";
import type { Strike } from "./sample-bank.ts";
import { RATE } from "./stage.ts";

/** How a string is made and plucked. */
export interface StringRecipe {
  /** Seconds of ringing at E2; higher strings ring shorter. */
  readonly ringS: number;
  /** 0 soft finger, 1 hard pick. */
  readonly bright: number;
  /** Where the string is plucked, share of its length. */
  readonly place: number;
  /** Level of the wooden body, 0 for none. */
  readonly body: number;
  /** Level of a sine under the string, for basses. */
  readonly round: number;
}

/** A plucked string: noise that goes round a loop and loses its edge (Karplus, Strong). */
export function pluck(recipe: StringRecipe): Strike {
  return ({ midi, velocity, chance }) => {
    const hz = hertz(midi);
    const t60 = Math.max(0.35, recipe.ringS * (1 - (midi - 40) * 0.011));
    const sound = new Float32Array(Math.ceil(Math.min(4.5, t60 * 1.1) * RATE));
    const burst = pickNoise(recipe, { hz, velocity, chance });
    runLoop(sound, burst, { hz, t60 });
    if (recipe.body > 0) resonate(sound, recipe.body);
    if (recipe.round > 0) addRound(sound, hz, recipe.round * t60);
    finish(sound);
    return sound;
  };
}

function pickNoise(
  recipe: StringRecipe,
  touch: { readonly hz: number; readonly velocity: number; readonly chance: () => number },
): Float32Array {
  const period = Math.max(4, Math.round(RATE / touch.hz));
  const noise = new Float32Array(period);
  const open = Math.min(0.95, 0.12 + 0.6 * recipe.bright + 0.35 * touch.velocity);
  let smooth = 0;
  for (let index = 0; index < period; index += 1) {
    smooth += open * (touch.chance() * 2 - 1 - smooth);
    noise[index] = smooth;
  }
  const shift = Math.max(1, Math.round(period * recipe.place));
  const combed = noise.map((value, index) => {
    return value - 0.9 * (noise[(index - shift + period) % period] ?? 0);
  });
  const mean = combed.reduce((sum, value) => sum + value, 0) / period;
  const power = Math.sqrt(combed.reduce((sum, value) => sum + value * value, 0) / period);
  return combed.map((value) => (0.3 * (value - mean)) / Math.max(0.05, power));
}

function runLoop(
  sound: Float32Array,
  burst: Float32Array,
  string: { readonly hz: number; readonly t60: number },
): void {
  const exact = RATE / string.hz - 0.5;
  const whole = Math.max(2, Math.floor(exact - 0.2));
  const rest = exact - whole;
  const allPass = (1 - rest) / (1 + rest);
  const loss = 0.001 ** (1 / (string.hz * string.t60));
  const line = new Float32Array(whole);
  for (let index = 0; index < whole; index += 1) line[index] = burst[index % burst.length] ?? 0;
  let at = 0;
  let before = 0;
  let passIn = 0;
  let passOut = 0;
  for (let index = 0; index < sound.length; index += 1) {
    const now = line[at] ?? 0;
    sound[index] = now;
    const mean = loss * 0.5 * (now + before);
    before = now;
    const passed = allPass * (mean - passOut) + passIn;
    passIn = mean;
    passOut = passed;
    line[at] = passed;
    at = at + 1 === whole ? 0 : at + 1;
  }
}

/** Two resonances of a guitar's box under the strings. */
function resonate(sound: Float32Array, level: number): void {
  for (const [hz, t60] of [
    [104, 0.25],
    [212, 0.16],
  ] as const) {
    const radius = 10 ** (-3 / (t60 * RATE));
    const a1 = 2 * radius * Math.cos((2 * Math.PI * hz) / RATE);
    const a2 = radius * radius;
    const turn = (2 * Math.PI * hz) / RATE;
    const unit = (1 - radius) * Math.sqrt(1 - 2 * radius * Math.cos(2 * turn) + radius * radius);
    let y1 = 0;
    let y2 = 0;
    for (let index = 0; index < sound.length; index += 1) {
      const dry = sound[index] ?? 0;
      const wet = dry * unit + a1 * y1 - a2 * y2;
      y2 = y1;
      y1 = wet;
      sound[index] = dry + 2.2 * level * wet;
    }
  }
}

function addRound(sound: Float32Array, hz: number, level: number): void {
  const turn = (2 * Math.PI * hz) / RATE;
  for (let index = 0; index < sound.length; index += 1) {
    const fall = Math.exp((-3 * index) / sound.length);
    sound[index] = (sound[index] ?? 0) + 0.25 * level * fall * Math.sin(turn * index);
  }
}

function finish(sound: Float32Array): void {
  const fade = Math.min(sound.length, RATE / 5);
  for (let index = 0; index < fade; index += 1) {
    const at = sound.length - 1 - index;
    sound[at] = ((sound[at] ?? 0) * index) / fade;
  }
  for (let index = 0; index < 24; index += 1) sound[index] = ((sound[index] ?? 0) * index) / 24;
}
