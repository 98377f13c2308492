import { type Chance, chanceOf } from "../chance.ts";
import type { Singer } from "../score.ts";
import { RATE, type Stage } from "./stage.ts";
import type { Gesture, VoiceTrack } from "./voice-track.ts";

const BLOCK = 64;
const FORMANTS = 5;
const BANDWIDTHS = [70, 90, 110, 130, 150];
const OPEN_QUOTIENT = 0.62;

/** One take of a sung part. It remembers where it is, so windows must follow one another. */
export class Take {
  readonly #track: VoiceTrack;
  readonly #singer: Singer;
  readonly #take: { readonly cents: number; readonly delayS: number; readonly pan: number };
  readonly #chance: Chance;
  readonly #target = new Float64Array(FORMANTS * 2);
  readonly #now = new Float64Array(FORMANTS * 2);
  readonly #a1 = new Float64Array(FORMANTS);
  readonly #a2 = new Float64Array(FORMANTS);
  readonly #gain = new Float64Array(FORMANTS);
  readonly #y1 = new Float64Array(FORMANTS);
  readonly #y2 = new Float64Array(FORMANTS);
  readonly #block = new Float32Array(BLOCK);
  #gesture = -1;
  #pitch = -1;
  #logHz = 7;
  #drift = 0;
  #phase = 0;
  #voice = 0;
  #before = 0;
  #noise = 0;
  #noiseLow = 0;
  #noiseBand = 0;

  constructor(
    track: VoiceTrack,
    singer: Singer,
    take: { readonly cents: number; readonly delayS: number; readonly pan: number },
  ) {
    this.#track = track;
    this.#singer = singer;
    this.#take = take;
    this.#chance = chanceOf(5, `take:${take.cents}`);
    const first = track.gestures[0];
    if (first !== undefined) this.#aim(first, this.#now);
  }

  /** Adds the samples from `from` (counted from the start of the song) on, `count` of them. */
  sing(from: number, count: number, stage: Stage): void {
    const left = Math.sqrt((1 - this.#take.pan) / 2) * Math.SQRT2;
    const right = Math.sqrt((1 + this.#take.pan) / 2) * Math.SQRT2;
    for (let at = 0; at < count; at += BLOCK) {
      const gesture = this.#advance((from + at) / RATE - this.#take.delayS);
      if (gesture === null || !this.#shape(gesture)) continue;
      this.#sound(gesture);
      const room = Math.min(BLOCK, count - at);
      for (let index = 0; index < room; index += 1) {
        const value = this.#block[index] ?? 0;
        stage.left[at + index] = (stage.left[at + index] ?? 0) + value * left;
        stage.right[at + index] = (stage.right[at + index] ?? 0) + value * right;
      }
    }
  }

  /** Moves to the gesture and pitch of a time; `null` before the first. */
  #advance(seconds: number): Gesture | null {
    const { gestures, pitches } = this.#track;
    while ((gestures[this.#gesture + 1]?.at ?? Number.POSITIVE_INFINITY) <= seconds) {
      this.#gesture += 1;
      const entered = gestures[this.#gesture];
      if (entered !== undefined) this.#aim(entered, this.#target);
    }
    while ((pitches[this.#pitch + 1]?.at ?? Number.POSITIVE_INFINITY) <= seconds) {
      const jump = this.#voice < 0.01;
      this.#pitch += 1;
      if (jump) this.#logHz = Math.log2(pitches[this.#pitch]?.hz ?? 200) - 0.06;
    }
    const pitch = pitches[this.#pitch];
    if (pitch !== undefined) {
      const glide = 1 - Math.exp(-BLOCK / (0.024 * RATE));
      this.#logHz += glide * (Math.log2(pitch.hz) - this.#logHz);
      this.#wander(seconds, pitch.vibratoAt);
    }
    return gestures[this.#gesture] ?? null;
  }

  #wander(seconds: number, vibratoAt: number): void {
    const depth = Math.min(1, Math.max(0, (seconds - vibratoAt) / 0.35)) * this.#singer.vibrato;
    const vibrato = depth * Math.sin(2 * Math.PI * 5.6 * (seconds - vibratoAt));
    this.#drift += 0.02 * ((this.#chance() - 0.5) * 24 - this.#drift);
    this.#cents = vibrato + this.#drift + this.#take.cents;
  }
  #cents = 0;

  #aim(gesture: Gesture, into: Float64Array): void {
    for (let index = 0; index < FORMANTS; index += 1) {
      into[index] = gesture.formants.hz[index] ?? 3000;
      into[FORMANTS + index] = 10 ** ((gesture.formants.db[index] ?? -30) / 20);
    }
  }

  /** Glides toward the target and sets the resonators; false when nothing is to be heard. */
  #shape(gesture: Gesture): boolean {
    const glide = 1 - Math.exp(-BLOCK / (gesture.glide * RATE));
    for (let index = 0; index < FORMANTS * 2; index += 1) {
      const now = this.#now[index] ?? 0;
      this.#now[index] = now + glide * ((this.#target[index] ?? 0) - now);
    }
    const quick = 1 - Math.exp(-BLOCK / (0.012 * RATE));
    const slow = gesture.voice === 0 ? 1 - Math.exp(-BLOCK / (0.035 * RATE)) : quick;
    this.#voice += slow * (gesture.voice - this.#voice);
    this.#noise += (1 - Math.exp(-BLOCK / (0.005 * RATE))) * (gesture.noise - this.#noise);
    if (this.#voice < 1e-4 && this.#noise < 1e-4) return false;
    const hz = 2 ** this.#logHz;
    for (let index = 0; index < FORMANTS; index += 1) {
      let centre = this.#now[index] ?? 500;
      if (index === 0 && hz > centre) centre = hz * 1.05;
      this.#tune(index, centre);
    }
    return true;
  }

  #tune(index: number, centre: number): void {
    const wide = (BANDWIDTHS[index] ?? 100) * (this.#singer.gender === "f" ? 1.2 : 1);
    const radius = Math.exp((-Math.PI * wide) / RATE);
    const turn = (2 * Math.PI * centre) / RATE;
    this.#a1[index] = 2 * radius * Math.cos(turn);
    this.#a2[index] = radius * radius;
    const unit = (1 - radius) * Math.sqrt(1 - 2 * radius * Math.cos(2 * turn) + radius * radius);
    // Neighbouring resonators in opposite phase leave no hole between their peaks.
    this.#gain[index] = unit * (this.#now[FORMANTS + index] ?? 0) * (index % 2 === 0 ? 1 : -1);
  }

  #sound(gesture: Gesture): void {
    const step = 2 ** (this.#logHz + this.#cents / 1200) / RATE;
    const breath = this.#singer.breath * 0.5;
    this.#block.fill(0);
    const source = SOURCE;
    for (let index = 0; index < BLOCK; index += 1) {
      this.#phase += step;
      if (this.#phase >= 1) this.#phase -= 1;
      const open = this.#phase / OPEN_QUOTIENT;
      const flow = open < 1 ? 2 * open - 3 * open * open : 0;
      const air = open < 1 ? (this.#chance() - 0.5) * breath : 0;
      // The formants' levels hold for an even source: the pulse's own slope is taken off again.
      source[index] = (flow + air - 0.93 * this.#before) * this.#voice;
      this.#before = flow + air;
    }
    for (let index = 0; index < FORMANTS; index += 1) this.#resonate(index, source);
    if (this.#noise >= 1e-4) this.#hiss(gesture);
  }

  #resonate(formant: number, source: Float32Array): void {
    const a1 = this.#a1[formant] ?? 0;
    const a2 = this.#a2[formant] ?? 0;
    const gain = this.#gain[formant] ?? 0;
    let y1 = this.#y1[formant] ?? 0;
    let y2 = this.#y2[formant] ?? 0;
    for (let index = 0; index < BLOCK; index += 1) {
      const y = gain * (source[index] ?? 0) + a1 * y1 - a2 * y2 + 1e-20;
      y2 = y1;
      y1 = y;
      this.#block[index] = (this.#block[index] ?? 0) + y;
    }
    this.#y1[formant] = y1;
    this.#y2[formant] = y2;
  }

  #hiss(gesture: Gesture): void {
    const g = Math.tan((Math.PI * Math.min(gesture.noiseHz, 15_000)) / RATE);
    const k = 1 / gesture.noiseQ;
    const a1 = 1 / (1 + g * (g + k));
    for (let index = 0; index < BLOCK; index += 1) {
      const noise = this.#chance() * 2 - 1;
      const v3 = noise - this.#noiseLow;
      const v1 = a1 * (this.#noiseBand + g * v3);
      const v2 = this.#noiseLow + g * v1;
      this.#noiseBand = 2 * v1 - this.#noiseBand;
      this.#noiseLow = 2 * v2 - this.#noiseLow;
      this.#block[index] = (this.#block[index] ?? 0) + v1 * k * this.#noise * 0.022;
    }
  }
}

const SOURCE = new Float32Array(BLOCK);
