import { hertz } from "../theory.ts";
import type { Strike } from "./sample-bank.ts";
import { RATE } from "./stage.ts";

/** One vibration of a struck body. */
export interface Partial {
  readonly hz: number;
  readonly level: number;
  /** Seconds until it has fallen by 60 dB. */
  readonly t60: number;
}

const LONGEST_S = 5;

/** The sum of decaying partials: two-pole recursions that stop at −72 dB of the strongest. */
export function ring(partials: readonly Partial[]): Float32Array {
  const strongest = Math.max(...partials.map((partial) => partial.level));
  const lengths = partials.map((partial) => {
    const fall = 72 + 20 * Math.log10(Math.max(1e-4, partial.level / strongest));
    return Math.min(LONGEST_S, (partial.t60 * Math.max(0, fall)) / 60);
  });
  const sound = new Float32Array(Math.max(1, Math.ceil(Math.max(...lengths) * RATE)));
  for (const [index, partial] of partials.entries()) {
    addPartial(sound, partial, Math.floor((lengths[index] ?? 0) * RATE));
  }
  fadeEnds(sound);
  return sound;
}

function addPartial(sound: Float32Array, partial: Partial, count: number): void {
  const turn = (2 * Math.PI * partial.hz) / RATE;
  if (turn >= Math.PI * 0.95) return;
  const decay = 10 ** (-3 / (partial.t60 * RATE));
  const a1 = 2 * decay * Math.cos(turn);
  const a2 = decay * decay;
  let before = 0;
  let now = partial.level * Math.sin(turn);
  for (let index = 0; index < count; index += 1) {
    sound[index] = (sound[index] ?? 0) + now;
    const next = a1 * now - a2 * before;
    before = now;
    now = next;
  }
}

/** Takes the click off the start and the cut off the end. */
function fadeEnds(sound: Float32Array): void {
  const start = Math.min(48, sound.length);
  for (let index = 0; index < start; index += 1) {
    sound[index] = ((sound[index] ?? 0) * index) / start;
  }
  const fade = Math.min(sound.length, RATE >> 1);
  for (let index = 0; index < fade; index += 1) {
    const at = sound.length - 1 - index;
    sound[at] = ((sound[at] ?? 0) * index) / fade;
  }
}

/** A grand piano: stiff strings, two of them a key, and the knock of the hammer. */
export const strikePiano: Strike = ({ midi, velocity, chance }) => {
  const base = hertz(midi);
  const stiffness = 7.5e-5 * 2 ** ((midi - 48) / 9.5);
  const count = Math.max(2, Math.min(24, Math.floor(9500 / base)));
  const slope = 0.62 * (1.1 + 1.9 * (1 - velocity));
  const low = 11 * 2 ** (-(midi - 36) / 17);
  const partials: Partial[] = [];
  for (let n = 1; n <= count; n += 1) {
    const hz = n * base * Math.sqrt(1 + stiffness * n * n);
    const place = Math.abs(Math.sin(0.12 * Math.PI * n)) + 0.08;
    const level = n ** -slope * place * Math.exp(-hz / (2600 + 4200 * velocity)) * 0.5;
    const t60 = low / (1 + 0.2 * n + 0.6 * (hz / 3800) ** 2);
    if (n > 7) {
      partials.push({ hz, level, t60 });
      continue;
    }
    const drift = 0.00025 * (0.8 + 0.4 * chance());
    partials.push({ hz: hz * (1 - drift), level: level * 0.72, t60: t60 * 0.42 });
    partials.push({ hz: hz * (1 + drift), level: level * 0.42, t60: t60 * 1.25 });
  }
  const sound = ring(partials);
  addKnock(sound, velocity, chance);
  return sound;
};

function addKnock(sound: Float32Array, velocity: number, chance: () => number): void {
  let smooth = 0;
  const count = Math.min(sound.length, Math.floor(0.03 * RATE));
  for (let index = 0; index < count; index += 1) {
    smooth += 0.12 * (chance() - 0.5 - smooth);
    sound[index] = (sound[index] ?? 0) + smooth * 0.12 * velocity * (1 - index / count);
  }
}

/** Bars, bells and boxes: partials at fixed ratios of the pitch. */
export function strikeModes(modes: readonly (readonly [number, number, number])[]): Strike {
  return ({ midi, velocity, chance }) => {
    const base = hertz(midi);
    const shorter = 2 ** (-(midi - 72) / 26);
    return ring(
      modes
        .map(([ratio, level, t60], index) => ({
          hz: base * ratio * (1 + (chance() - 0.5) * 0.0006),
          level: 0.4 * level * velocity ** (index * 0.35),
          t60: t60 * shorter,
        }))
        .filter((partial) => partial.hz < 16_000 || partial.hz === base),
    );
  };
}

/** An electric piano: a tine whose brightness follows the touch, by frequency modulation. */
export const strikeTine: Strike = ({ midi, velocity }) => {
  const base = (2 * Math.PI * hertz(midi)) / RATE;
  const seconds = Math.min(4, 3.4 * 2 ** (-(midi - 48) / 22));
  const sound = new Float32Array(Math.ceil(seconds * RATE));
  let level = 0.32;
  let tine = 0.3 * velocity;
  let index = 1.5 * velocity;
  const fall = 10 ** (-2.7 / sound.length);
  const tineFall = Math.exp(-1 / (0.07 * RATE));
  const indexFall = Math.exp(-1 / (0.5 * RATE));
  for (let at = 0; at < sound.length; at += 1) {
    const body = Math.sin(base * at + (0.2 + index) * Math.sin(base * at));
    const ping = tine > 1e-4 ? tine * Math.sin(base * at * 14 + tine) : 0;
    sound[at] = level * (body + ping);
    level *= fall;
    tine *= tineFall;
    index *= indexFall;
  }
  fadeEnds(sound);
  return sound;
};
