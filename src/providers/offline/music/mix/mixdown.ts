import { setImmediate as turn } from "node:timers/promises";
import type { Part, Score } from "../score.ts";
import { newStage, RATE, type Stage } from "../synth/stage.ts";
import { tempoMap } from "../tempo.ts";
import { duckingOf } from "./ducking.ts";
import { PartPlayer, WINDOW } from "./part-player.ts";
import { Reverb } from "./reverb.ts";

/** How a mixdown is watched and what of the song it holds. */
export interface MixdownOptions {
  readonly signal: AbortSignal;
  /** Told how much is done, 0 to 1. */
  readonly progress: (fraction: number) => void;
  /** Leaves out the parts for which it says no; all are heard when absent. */
  readonly only?: (part: Part) => boolean;
}

/** Length of a song with its last tail, in samples. */
export function songLength(score: Score): number {
  const end = tempoMap(score).seconds(score.beats);
  return Math.ceil((end + Math.min(3.2, 1.2 + score.room.seconds * 0.6)) * RATE);
}

/**
 * Plays a score into one stereo mix, not yet mastered. Linear in its parts: the mixes of disjoint
 * sets of parts add up to the mix of all. Gives way to the event loop after each part's window.
 */
export async function mixdown(score: Score, options: MixdownOptions): Promise<Stage> {
  const tempo = tempoMap(score);
  const length = songLength(score);
  const mix = newStage(Math.ceil(length / WINDOW) * WINDOW);
  const players = score.parts
    .filter((part) => options.only?.(part) ?? true)
    .map((part) => new PartPlayer(part, score, tempo));
  const ducking = duckingOf(score, tempo);
  const reverb = new Reverb(score.room.seconds);
  const send = new Float32Array(WINDOW);
  const windows = mix.left.length / WINDOW;
  for (let window = 0; window < windows; window += 1) {
    const from = window * WINDOW;
    const open = {
      left: mix.left.subarray(from, from + WINDOW),
      right: mix.right.subarray(from, from + WINDOW),
    };
    send.fill(0);
    for (const [index, player] of players.entries()) {
      const sound = player.next();
      if (sound !== null) {
        ducking.apply(player.instrument.stem, sound, { from, count: WINDOW });
        addPart(open, send, { sound, send: player.part.send });
      }
      options.progress((window + index / players.length) / windows);
      await turn();
      options.signal.throwIfAborted();
    }
    reverb.add(send, open, { count: WINDOW, level: score.room.level * 1.5 });
    options.progress((window + 1) / windows);
    await turn();
  }
  return { left: mix.left.subarray(0, length), right: mix.right.subarray(0, length) };
}

function addPart(
  mix: Stage,
  send: Float32Array,
  part: { readonly sound: Stage; readonly send: number },
): void {
  const { sound } = part;
  const share = part.send * 0.5;
  for (let index = 0; index < WINDOW; index += 1) {
    const left = sound.left[index] ?? 0;
    const right = sound.right[index] ?? 0;
    mix.left[index] = (mix.left[index] ?? 0) + left;
    mix.right[index] = (mix.right[index] ?? 0) + right;
    send[index] = (send[index] ?? 0) + (left + right) * share;
  }
}
