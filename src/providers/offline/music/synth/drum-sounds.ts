import { RATE } from "./stage.ts";

/** Makes one hit, mono, full strength. `tune` and `decay` are near 1 and differ from hit to hit. */
export type DrumRecipe = (hit: {
  readonly tune: number;
  readonly decay: number;
  readonly chance: () => number;
}) => Float32Array;

/** A skin: a sine that falls in pitch, with a click. Times in seconds. */
export function skin(shape: {
  readonly from: number;
  readonly to: number;
  readonly fall: number;
  readonly ring: number;
  readonly click: number;
  readonly drive: number;
}): DrumRecipe {
  return ({ tune, decay, chance }) => {
    const ringS = shape.ring * decay;
    const sound = new Float32Array(Math.ceil(ringS * 4.5 * RATE));
    let phase = 0;
    for (let index = 0; index < sound.length; index += 1) {
      const seconds = index / RATE;
      const hz = tune * (shape.to + (shape.from - shape.to) * Math.exp(-seconds / shape.fall));
      phase += (2 * Math.PI * hz) / RATE;
      const body = Math.sin(phase) * Math.exp(-seconds / ringS);
      const click = shape.click * (chance() - 0.5) * Math.exp(-seconds / 0.003);
      sound[index] = Math.tanh((body + click) * shape.drive) / Math.tanh(shape.drive);
    }
    return sound;
  };
}

/** Filtered noise with its own decay, over tuned skins: snares, claps, hats, shakers. */
export function hiss(shape: {
  readonly low: number;
  readonly high: number;
  readonly ring: number;
  /** Starts of the bursts, seconds: a clap has four. */
  readonly bursts: readonly number[];
  /** Seconds of a soft start. */
  readonly rise: number;
  /** Frequencies of the skins below and their level. */
  readonly tones: readonly number[];
  readonly toneLevel: number;
  readonly toneRing: number;
}): DrumRecipe {
  return ({ tune, decay, chance }) => {
    const longest = Math.max(shape.ring, shape.toneRing) * decay * 5 + (shape.bursts.at(-1) ?? 0);
    const sound = new Float32Array(Math.ceil(longest * RATE));
    const lowStep = 1 - Math.exp((-2 * Math.PI * shape.low * tune) / RATE);
    const highStep = 1 - Math.exp((-2 * Math.PI * Math.min(18_000, shape.high * tune)) / RATE);
    let bass = 0;
    let bass2 = 0;
    let treble = 0;
    for (let index = 0; index < sound.length; index += 1) {
      const seconds = index / RATE;
      const noise = chance() * 2 - 1;
      bass += lowStep * (noise - bass);
      bass2 += lowStep * (noise - bass - bass2);
      treble += highStep * (noise - bass - bass2 - treble);
      sound[index] = treble * burstLevel(shape, seconds, decay) + skins(shape, seconds, tune);
    }
    return sound;
  };
}

function burstLevel(
  shape: { readonly bursts: readonly number[]; readonly ring: number; readonly rise: number },
  seconds: number,
  decay: number,
): number {
  let level = 0;
  for (const [index, start] of shape.bursts.entries()) {
    if (seconds < start) break;
    const last = index === shape.bursts.length - 1;
    const since = seconds - start;
    const rise = shape.rise > 0 ? Math.min(1, since / shape.rise) : 1;
    level = rise * Math.exp(-since / (last ? shape.ring * decay : 0.006));
  }
  return level;
}

function skins(
  shape: {
    readonly tones: readonly number[];
    readonly toneLevel: number;
    readonly toneRing: number;
  },
  seconds: number,
  tune: number,
): number {
  if (shape.toneLevel === 0) return 0;
  const fall = Math.exp(-seconds / shape.toneRing);
  if (fall < 1e-4) return 0;
  let sum = 0;
  for (const hz of shape.tones) sum += Math.sin(2 * Math.PI * hz * tune * seconds);
  return sum * shape.toneLevel * fall;
}

const METAL = [2, 3.04, 4.17, 5.43, 6.8, 8.2];

/** Six square waves that share no harmonic, through a high-pass: hats, rides, crashes. */
export function metal(shape: {
  readonly hz: number;
  readonly low: number;
  readonly ring: number;
  readonly noise: number;
  readonly ping: number;
}): DrumRecipe {
  return ({ tune, decay, chance }) => {
    const ringS = shape.ring * decay;
    const sound = new Float32Array(Math.ceil(ringS * 5 * RATE));
    const steps = METAL.map((ratio) => (ratio * shape.hz * tune) / RATE);
    const phases = steps.map(() => chance());
    const lowStep = 1 - Math.exp((-2 * Math.PI * shape.low) / RATE);
    let bass = 0;
    let bass2 = 0;
    for (let index = 0; index < sound.length; index += 1) {
      let sum = 0;
      for (let wave = 0; wave < steps.length; wave += 1) {
        const phase = ((phases[wave] ?? 0) + (steps[wave] ?? 0)) % 1;
        phases[wave] = phase;
        sum += phase < 0.5 ? 1 : -1;
      }
      const raw = sum / 6 + shape.noise * (chance() * 2 - 1);
      bass += lowStep * (raw - bass);
      bass2 += lowStep * (raw - bass - bass2);
      const seconds = index / RATE;
      const stroke = Math.exp(-seconds / ringS) + shape.ping * Math.exp(-seconds / 0.02);
      sound[index] = (raw - bass - bass2) * stroke;
    }
    return sound;
  };
}

/** The modes of a large drum head. */
export function head(shape: {
  readonly hz: number;
  readonly ring: number;
  readonly slap: number;
}): DrumRecipe {
  const modes = [1, 1.59, 2.14, 2.3, 2.65];
  return ({ tune, decay, chance }) => {
    const ringS = shape.ring * decay;
    const sound = new Float32Array(Math.ceil(ringS * 4.5 * RATE));
    let smooth = 0;
    for (let index = 0; index < sound.length; index += 1) {
      const seconds = index / RATE;
      const bent = seconds + 0.012 * (1 - Math.exp(-seconds / 0.05));
      let sum = 0;
      for (const [order, ratio] of modes.entries()) {
        const fall = Math.exp((-seconds * (1 + order * 0.7)) / ringS);
        sum += (Math.sin(2 * Math.PI * shape.hz * tune * ratio * bent) * fall) / (1 + order * 0.8);
      }
      smooth += 0.3 * (chance() * 2 - 1 - smooth);
      sound[index] = 0.6 * sum + shape.slap * smooth * Math.exp(-seconds / 0.012);
    }
    return sound;
  };
}
