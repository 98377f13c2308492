import { chanceOf } from "../chance.ts";
import type { Part, Score, Singer } from "../score.ts";
import type { Instrument } from "../synth/instrument.ts";
import { INSTRUMENTS } from "../synth/instruments.ts";
import { Take } from "../synth/singer.ts";
import { newStage, RATE, type Stage } from "../synth/stage.ts";
import { voiceTrack } from "../synth/voice-track.ts";
import type { TempoMap } from "../tempo.ts";

/** Samples that are made at a time, about 2.7 seconds. */
export const WINDOW: number = 1 << 17;
/** Longest sound that may reach beyond its window. */
const TAIL = 12 * RATE;
/** Longest time for which anything rings after its key is released. */
const RINGS_ON = 6 * RATE;

/** Plays one part, window after window; what rings on is carried into the next window. */
export class PartPlayer {
  readonly instrument: Instrument;
  readonly part: Part;
  readonly #stage: Stage;
  readonly #events: readonly Event[];
  readonly #takes: readonly Take[];
  readonly #lowCut: readonly [LowCut, LowCut];
  readonly #gainLeft: number;
  readonly #gainRight: number;
  #next = 0;
  #start = 0;
  #silentFrom = 0;

  constructor(part: Part, score: Score, tempo: TempoMap) {
    const instrument = INSTRUMENTS[part.instrument] ?? INSTRUMENTS.piano;
    this.part = part;
    this.instrument = instrument ?? { stem: "keyboard", play: null, trim: 0, lowCut: 90, drive: 0 };
    this.#takes = takesOf(part, score, tempo);
    this.#events = this.#takes.length > 0 ? [] : eventsOf(part, score, tempo);
    this.#stage = newStage(this.#takes.length > 0 ? WINDOW : WINDOW + TAIL);
    this.#lowCut = [new LowCut(this.instrument.lowCut), new LowCut(this.instrument.lowCut)];
    const gain = 10 ** ((part.level + this.instrument.trim) / 20);
    const pan = Math.max(-0.9, Math.min(0.9, part.pan * 1.6));
    this.#gainLeft = gain * Math.min(1, 1 - pan);
    this.#gainRight = gain * Math.min(1, 1 + pan);
  }

  /** The next window of the part, its level, tone and place applied; valid until the next call. */
  next(): Stage | null {
    const stage = this.#stage;
    if (this.#start > 0) this.#carry();
    const end = this.#start + WINDOW;
    if (this.#takes.length > 0) {
      stage.left.fill(0);
      stage.right.fill(0);
      for (const take of this.#takes) take.sing(this.#start, WINDOW, stage);
      this.#silentFrom = end;
    } else this.#playUntil(end);
    const silent = this.#silentFrom <= this.#start;
    this.#start = end;
    if (silent) return null;
    this.#finish();
    return stage;
  }

  #playUntil(end: number): void {
    const play = this.instrument.play;
    if (play === null) return;
    for (let event = this.#events[this.#next]; event !== undefined && event.at < end; ) {
      play({ ...event, at: event.at - this.#start }, this.#stage);
      this.#silentFrom = Math.max(this.#silentFrom, event.at + event.length + RINGS_ON);
      this.#next += 1;
      event = this.#events[this.#next];
    }
  }

  /** Moves what rings on to the front; only as far as anything can still ring. */
  #carry(): void {
    if (this.#takes.length > 0) return;
    const reach = Math.min(
      WINDOW + TAIL,
      Math.max(WINDOW, this.#silentFrom - this.#start + WINDOW),
    );
    for (const channel of [this.#stage.left, this.#stage.right]) {
      channel.copyWithin(0, WINDOW, reach);
      channel.fill(0, reach - WINDOW, reach);
    }
  }

  #finish(): void {
    const { left, right } = this.#stage;
    this.#shape(left, this.#lowCut[0], this.#gainLeft);
    this.#shape(right, this.#lowCut[1], this.#gainRight);
  }

  #shape(channel: Float32Array, lowCut: LowCut, gain: number): void {
    const { drive } = this.instrument;
    if (drive > 0) {
      const trim = 1 / (0.6 + 0.4 * drive);
      for (let index = 0; index < WINDOW; index += 1) {
        channel[index] = Math.tanh((channel[index] ?? 0) * drive * 1.6) * trim;
      }
    }
    lowCut.run(channel, gain);
  }
}

interface Event {
  readonly at: number;
  readonly length: number;
  readonly midi: number;
  readonly velocity: number;
  readonly chance: () => number;
}

function eventsOf(part: Part, score: Score, tempo: TempoMap): readonly Event[] {
  const chance = chanceOf(score.seed, `touch:${part.id}`);
  return part.notes
    .map((note) => {
      const at = tempo.seconds(note.beat);
      const end = tempo.seconds(note.beat + note.beats);
      return {
        at: Math.max(0, Math.round(at * RATE)),
        length: Math.min(9 * RATE, Math.max(480, Math.round((end - at) * RATE))),
        midi: note.midi,
        velocity: note.velocity,
        chance,
      };
    })
    .sort((a, b) => a.at - b.at);
}

/** The singers of a part: one for the lead, a pair for the second voices. */
function takesOf(part: Part, score: Score, tempo: TempoMap): readonly Take[] {
  if (part.instrument !== "voice" && part.instrument !== "backing") return [];
  const singer: Singer = score.singer ?? { gender: "f", size: 1, breath: 0.2, vibrato: 18 };
  const lead = part.instrument === "voice";
  const places = lead
    ? [{ cents: 0, delayS: 0, pan: 0 }]
    : [
        { cents: -7, delayS: 0.012, pan: -0.55 },
        { cents: 8, delayS: 0.019, pan: 0.55 },
      ];
  return places.map((place) => {
    const own = lead
      ? singer
      : { ...singer, size: singer.size * (1 + place.cents / 250), breath: singer.breath + 0.2 };
    return new Take(voiceTrack(part.notes, tempo, own), own, place);
  });
}

/** A two-pole high-pass that also applies the gain. */
class LowCut {
  readonly #b: number;
  readonly #a1: number;
  readonly #a2: number;
  #s1 = 0;
  #s2 = 0;

  constructor(hz: number) {
    const w = Math.tan((Math.PI * hz) / RATE);
    const norm = 1 / (1 + Math.SQRT2 * w + w * w);
    this.#b = norm;
    this.#a1 = 2 * (w * w - 1) * norm;
    this.#a2 = (1 - Math.SQRT2 * w + w * w) * norm;
  }

  run(channel: Float32Array, gain: number): void {
    const b = this.#b;
    const a1 = this.#a1;
    const a2 = this.#a2;
    let s1 = this.#s1;
    let s2 = this.#s2;
    for (let index = 0; index < WINDOW; index += 1) {
      const x = channel[index] ?? 0;
      const y = b * x + s1;
      s1 = -2 * b * x - a1 * y + s2;
      s2 = b * x - a2 * y;
      channel[index] = y * gain;
    }
    this.#s1 = Math.abs(s1) < 1e-20 ? 0 : s1;
    this.#s2 = Math.abs(s2) < 1e-20 ? 0 : s2;
  }
}
