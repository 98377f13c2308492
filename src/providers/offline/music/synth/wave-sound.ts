import { hertz } from "../theory.ts";
import { RATE, type Stage, type Tone } from "./stage.ts";
import { CYCLE, cycleOf, type Spectrum } from "./wavetable.ts";

/** A subtractive sound: detuned cycles through a moving low-pass. Times are seconds. */
export interface WaveSound {
  readonly spectrum: Spectrum;
  /** Players in unison and how far apart they are, cents, and spread, 0 to 1. */
  readonly voices: number;
  readonly detune: number;
  readonly width: number;
  /** Octaves added to the written pitch; −1 for 16-foot sounds. */
  readonly octave: number;
  readonly attack: number;
  readonly decay: number;
  readonly sustain: number;
  readonly release: number;
  /** Rest of the filter in hertz, how much of the pitch it follows, and its sweep. */
  readonly cutoff: number;
  readonly follow: number;
  readonly sweep: number;
  readonly sweepTime: number;
  /** 0.5 flat, above it rings. */
  readonly resonance: number;
  readonly vibrato: { readonly hz: number; readonly cents: number; readonly delay: number };
  /** Share of breath noise, 0 to 1. */
  readonly breath: number;
  /** Cents below the pitch at which a note begins. */
  readonly scoop: number;
  /** Level of a sine an octave below. */
  readonly sub: number;
}

/** The plainest sound; instruments say only where they differ. */
export const PLAIN_WAVE: WaveSound = {
  spectrum: "saw",
  voices: 1,
  detune: 8,
  width: 0.6,
  octave: 0,
  attack: 0.01,
  decay: 0.2,
  sustain: 0.8,
  release: 0.12,
  cutoff: 4000,
  follow: 0.5,
  sweep: 0,
  sweepTime: 0.3,
  resonance: 0.6,
  vibrato: { hz: 5.4, cents: 0, delay: 0.3 },
  breath: 0,
  scoop: 0,
  sub: 0,
};

const BLOCK = 64;
const left = new Float32Array(BLOCK);
const right = new Float32Array(BLOCK);

/** Adds one note of a wave sound to the stage. */
export function playWave(sound: WaveSound, tone: Tone, stage: Stage): void {
  const hz = hertz(tone.midi) * 2 ** sound.octave;
  const players = unison(sound, tone, hz);
  const total = tone.length + Math.ceil(sound.release * 1.6 * RATE);
  const end = Math.min(total, stage.left.length - tone.at);
  const filter = { l1: 0, l2: 0, r1: 0, r2: 0 };
  const mono = players.length === 1;
  let levelBefore = 0;
  for (let at = 0; at < end; at += BLOCK) {
    const seconds = at / RATE;
    const level = envelope(sound, seconds, tone.length / RATE) * tone.velocity;
    oscillate(players, bend(sound, seconds), mono);
    if (sound.breath > 0) addBreath(sound.breath, tone);
    if (mono) right.set(left);
    const cutoff = cutoffAt(sound, tone, { hz, seconds });
    lowPass(filter, cutoff, { resonance: sound.resonance, mono });
    addBlock(stage, tone.at + at, { count: Math.min(BLOCK, end - at), levelBefore, level });
    levelBefore = level;
  }
}

interface Player {
  readonly cycle: Float32Array;
  readonly step: number;
  readonly left: number;
  readonly right: number;
  phase: number;
}

function unison(sound: WaveSound, tone: Tone, hz: number): readonly Player[] {
  const players: Player[] = [];
  const level = 1 / Math.sqrt(sound.voices);
  for (let index = 0; index < sound.voices; index += 1) {
    const place = sound.voices === 1 ? 0 : (2 * index) / (sound.voices - 1) - 1;
    const cents = place * sound.detune + (tone.chance() - 0.5) * 2;
    // Neighbours in pitch stand on opposite sides, else the chord leans.
    const pan = (index % 2 === 0 ? place : -place) * sound.width;
    players.push({
      cycle: cycleOf(sound.spectrum, hz * 1.02),
      step: (hz * 2 ** (cents / 1200) * CYCLE) / RATE,
      left: level * Math.sqrt((1 - pan) / 2) * Math.SQRT2,
      right: level * Math.sqrt((1 + pan) / 2) * Math.SQRT2,
      phase: sound.voices === 1 ? 0 : tone.chance() * CYCLE,
    });
  }
  if (sound.sub > 0) {
    const step = (hz * 0.5 * CYCLE) / RATE;
    const cycle = cycleOf("sine", hz);
    players.push({ cycle, step, left: sound.sub, right: sound.sub, phase: 0 });
  }
  return players;
}

function oscillate(players: readonly Player[], bendFactor: number, mono: boolean): void {
  left.fill(0);
  right.fill(0);
  for (const player of players) {
    const { cycle } = player;
    const step = player.step * bendFactor;
    let phase = player.phase;
    for (let index = 0; index < BLOCK; index += 1) {
      const floor = phase | 0;
      const low = cycle[floor] ?? 0;
      const value = low + ((cycle[floor + 1] ?? 0) - low) * (phase - floor);
      left[index] = (left[index] ?? 0) + value * player.left;
      if (!mono) right[index] = (right[index] ?? 0) + value * player.right;
      phase += step;
      while (phase >= CYCLE) phase -= CYCLE;
    }
    player.phase = phase;
  }
}

function addBreath(amount: number, tone: Tone): void {
  const level = amount * 0.5;
  for (let index = 0; index < BLOCK; index += 1) {
    const noise = (tone.chance() - 0.5) * level;
    left[index] = (left[index] ?? 0) + noise;
    right[index] = (right[index] ?? 0) + noise;
  }
}

function bend(sound: WaveSound, seconds: number): number {
  const { vibrato, scoop } = sound;
  let cents = scoop === 0 ? 0 : -scoop * Math.exp(-seconds / 0.03);
  if (vibrato.cents > 0 && seconds > vibrato.delay) {
    const rise = Math.min(1, (seconds - vibrato.delay) / 0.3);
    cents += vibrato.cents * rise * Math.sin(2 * Math.PI * vibrato.hz * seconds);
  }
  return cents === 0 ? 1 : 2 ** (cents / 1200);
}

function envelope(sound: WaveSound, seconds: number, held: number): number {
  const heldLevel = heldEnvelope(sound, Math.min(seconds, held));
  if (seconds <= held) return heldLevel;
  const gone = (seconds - held) / (sound.release * 1.6);
  return heldLevel * Math.max(0, 1 - gone) ** 2.2;
}

function heldEnvelope(sound: WaveSound, seconds: number): number {
  if (seconds < sound.attack) return seconds / sound.attack;
  const fall = Math.exp((-(seconds - sound.attack) * 3) / Math.max(0.01, sound.decay));
  return sound.sustain + (1 - sound.sustain) * fall;
}

function cutoffAt(
  sound: WaveSound,
  tone: Tone,
  now: { readonly hz: number; readonly seconds: number },
): number {
  const base = sound.cutoff * (now.hz / 261) ** sound.follow;
  const open =
    sound.sweep < 0
      ? 1 - Math.exp(-now.seconds / sound.sweepTime)
      : Math.exp(-now.seconds / sound.sweepTime);
  return base + Math.abs(sound.sweep) * open * (0.35 + 0.65 * tone.velocity);
}

interface FilterState {
  l1: number;
  l2: number;
  r1: number;
  r2: number;
}

/** A two-pole state-variable low-pass; stable for any cutoff below half the rate. */
function lowPass(
  state: FilterState,
  cutoff: number,
  { resonance, mono }: { readonly resonance: number; readonly mono: boolean },
): void {
  const g = Math.tan((Math.PI * Math.min(cutoff, 20_000)) / RATE);
  const k = 1 / resonance;
  const a1 = 1 / (1 + g * (g + k));
  const a2 = g * a1;
  const a3 = g * a2;
  let { l1, l2, r1, r2 } = state;
  for (let index = 0; index < BLOCK; index += 1) {
    const v3 = (left[index] ?? 0) - l2;
    const v1 = a1 * l1 + a2 * v3;
    const v2 = l2 + a2 * l1 + a3 * v3;
    l1 = 2 * v1 - l1;
    l2 = 2 * v2 - l2;
    left[index] = v2;
    if (mono) continue;
    const w3 = (right[index] ?? 0) - r2;
    const w1 = a1 * r1 + a2 * w3;
    const w2 = r2 + a2 * r1 + a3 * w3;
    r1 = 2 * w1 - r1;
    r2 = 2 * w2 - r2;
    right[index] = w2;
  }
  if (mono) right.set(left);
  state.l1 = l1;
  state.l2 = l2;
  state.r1 = r1;
  state.r2 = r2;
}

function addBlock(
  stage: Stage,
  at: number,
  ramp: { readonly count: number; readonly levelBefore: number; readonly level: number },
): void {
  const slope = (ramp.level - ramp.levelBefore) / BLOCK;
  let level = ramp.levelBefore;
  for (let index = 0; index < ramp.count; index += 1) {
    level += slope;
    stage.left[at + index] = (stage.left[at + index] ?? 0) + (left[index] ?? 0) * level;
    stage.right[at + index] = (stage.right[at + index] ?? 0) + (right[index] ?? 0) * level;
  }
}
