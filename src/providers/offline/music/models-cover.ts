import type { Renderer } from "../job.ts";
import { firstBeat, hearChords, listen } from "./analysis/listen.ts";
import { type Brief, readBrief } from "./compose/brief.ts";
import { compose, composeOver } from "./compose/compose.ts";
import { planForm } from "./compose/form.ts";
import { inputOf } from "./input.ts";
import { uploadOf } from "./parent.ts";
import type { Score } from "./score.ts";
import { perform, produceTracks, type Take, type Watch } from "./track.ts";
import { variationSeed, wishOf } from "./wish.ts";

/** `upload-and-cover-audio`: the chords, tempo and length of a recording in another style. */
export const coverUpload: Renderer = async (job, room) => {
  const input = inputOf(job);
  const sound = await uploadOf(job, "upload_url");
  const heard = listen(sound);
  const makers = [0, 1].map((index) => async (watch: Watch): Promise<Take> => {
    const wish = wishOf(job, {
      seed: variationSeed(job, index),
      instrumental: input.flag("instrumental"),
      lyrics: input.flag("custom_mode"),
    });
    const brief = {
      ...readBrief(wish),
      ...heard.key,
      bpm: Math.round(heard.bpm),
      durationS: Math.min(heard.seconds, 240),
    };
    const chords = hearChords(sound, { ...heard, firstBeatS: heard.firstBeatS }, brief.barBeats);
    const first = firstBeat(heard);
    const moved = chords.map((chord) => ({ ...chord, beat: chord.beat - first }));
    const score =
      moved.length >= 4
        ? composeOver(brief, planForm(brief), closed(moved, brief))
        : compose(brief);
    return { score, sound: await perform(score, watch) };
  });
  return produceTracks(job, room, makers);
};

/** Chords for every bar of the plan: what was heard, over and over, and home at last. */
function closed(heard: readonly Score["chords"][number][], brief: Brief): Score["chords"] {
  const sections = planForm(brief);
  const last = sections.at(-1);
  const bars = Math.round(((last?.beat ?? 0) + (last?.beats ?? 4)) / brief.barBeats);
  return Array.from({ length: bars }, (_, bar) => {
    const beat = bar * brief.barBeats;
    const chord = heard[bar % heard.length];
    const tonic = { root: brief.key, tones: brief.mode === "minor" ? [0, 3, 7] : [0, 4, 7] };
    return {
      beat,
      beats: brief.barBeats,
      ...(bar === bars - 1 || chord === undefined
        ? tonic
        : { root: chord.root, tones: chord.tones }),
    };
  });
}
