import type { Renderer, RenderJob, RenderRoom } from "../job.ts";
import { firstBeat, type Heard, hearChords, listen } from "./analysis/listen.ts";
import { type Brief, readBrief } from "./compose/brief.ts";
import { composeOver } from "./compose/compose.ts";
import { planForm } from "./compose/form.ts";
import { blend } from "./mix/blend.ts";
import { applyCurve, masterCurve } from "./mix/master.ts";
import { mixdown } from "./mix/mixdown.ts";
import { uploadOf } from "./parent.ts";
import type { Part, Score } from "./score.ts";
import type { Stage } from "./synth/stage.ts";
import { produceTracks, type Take, type Watch } from "./track.ts";
import { variationSeed, wishOf } from "./wish.ts";

/** `add-vocals`: somebody sings over the recording, in its tempo, key and chords. */
export const addVocals: Renderer = (job, room) =>
  layered(job, room, { instrumental: false, keeps: sings, ownLufs: -16, bedLufs: -17 });

/** `add-instrumental`: a band accompanies the recording, in its tempo, key and chords. */
export const addInstrumental: Renderer = (job, room) =>
  layered(job, room, {
    instrumental: true,
    keeps: (part) => !sings(part) && part.id !== "lead",
    ownLufs: -18,
    bedLufs: -16,
  });

interface Layering {
  readonly instrumental: boolean;
  /** Which parts of the composed song are laid over the recording. */
  readonly keeps: (part: Part) => boolean;
  readonly ownLufs: number;
  readonly bedLufs: number;
}

function sings(part: Part): boolean {
  return part.instrument === "voice" || part.instrument === "backing";
}

async function layered(job: RenderJob, room: RenderRoom, layering: Layering) {
  const bed = await uploadOf(job, "upload_url");
  const heard = listen(bed);
  const makers = [0, 1].map((index) => async (watch: Watch): Promise<Take> => {
    const wish = wishOf(job, {
      seed: variationSeed(job, index),
      instrumental: layering.instrumental,
      lyrics: !layering.instrumental,
    });
    const score = accompany(readBrief(wish), bed, heard);
    const kept = { ...score, parts: score.parts.filter(layering.keeps) };
    const own = await mixdown(kept, watch);
    const mix = blend([
      { stage: bed, lufs: layering.bedLufs },
      { stage: cutTo(own, bed), lufs: layering.ownLufs },
    ]);
    applyCurve(mix, masterCurve(mix));
    return { score: kept, sound: mix, extra: { foreign: true } };
  });
  return produceTracks(job, room, makers);
}

/** A song over the chords of a recording, as long as it is, bar on bar. */
function accompany(brief: Brief, bed: Stage, heard: Heard): Score {
  const first = firstBeat(heard);
  const chords = hearChords(bed, heard, brief.barBeats);
  const fitted: Brief = {
    ...brief,
    ...heard.key,
    bpm: heard.bpm,
    style: { ...brief.style, swing: 0.5 },
    durationS: Math.max(6, heard.seconds - heard.firstBeatS),
  };
  return composeOver(fitted, planForm(fitted, first), chords);
}

function cutTo(own: Stage, bed: Stage): Stage {
  const length = Math.min(own.left.length, bed.left.length);
  return { left: own.left.subarray(0, length), right: own.right.subarray(0, length) };
}
