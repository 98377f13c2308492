import type { Renderer, RenderJob } from "../job.ts";
import { listen } from "./analysis/listen.ts";
import { type Brief, readBrief, type Wish } from "./compose/brief.ts";
import { composeOver } from "./compose/compose.ts";
import { type PlannedSection, planForm } from "./compose/form.ts";
import { barNear, headOf, join, replaceSpan } from "./compose/splice.ts";
import { STYLES, styleNamed } from "./data/styles.ts";
import { inputOf } from "./input.ts";
import { blend, endedAt, withGap } from "./mix/blend.ts";
import { applyCurve, masterCurve } from "./mix/master.ts";
import { mixdown } from "./mix/mixdown.ts";
import { decodeParent, parentOf, uploadOf } from "./parent.ts";
import type { Score } from "./score.ts";
import type { Stage } from "./synth/stage.ts";
import { tempoMap } from "./tempo.ts";
import { readLyrics } from "./text/lyrics.ts";
import { perform, produceTracks, type Take, type Watch } from "./track.ts";
import { variationSeed, wishOf } from "./wish.ts";

/** How much is added to a song that is continued, seconds. */
const MORE_S = 40;

/** `extend-music`: the same piece, played on from `continue_at`. */
export const extendMusic: Renderer = async (job, room) => {
  const input = inputOf(job);
  const parent = parentOf(job);
  const custom = input.flag("default_param_flag");
  const { score } = parent;
  const at = custom ? input.number("continue_at") : null;
  const makers = [0, 1].map((index) => async (watch: Watch): Promise<Take> => {
    const seed = variationSeed(job, index);
    if (parent.foreign) {
      const sound = await decodeParent(parent);
      const atS = at ?? tempoMap(score).seconds(score.beats);
      const brief = briefLike(score, wishFor(job, { seed, score, custom }), custom);
      return playOn({ brief, sound, atS }, watch);
    }
    const beat = barNear(score, at ?? usualJoint(score));
    const brief = briefLike(score, wishFor(job, { seed, score, custom }), custom);
    const longer = join(headOf(score, beat), composeOver(brief, planForm(brief, beat)));
    return { score: longer, sound: await perform(longer, watch) };
  });
  return produceTracks(job, room, makers);
};

/** `upload-and-extend-audio`: a foreign recording, continued in its own tempo and key. */
export const extendUpload: Renderer = async (job, room) => {
  const input = inputOf(job);
  const sound = await uploadOf(job, "upload_url");
  const heard = listen(sound);
  const atS = Math.min(Math.max(1, input.number("continue_at") ?? heard.seconds), heard.seconds);
  const makers = [0, 1].map((index) => (watch: Watch) => {
    const wish = wishOf(job, {
      seed: variationSeed(job, index),
      instrumental: input.flag("instrumental") || input.text("prompt") === "",
      lyrics: true,
      title: "Continued",
      style: styleForTempo(heard.bpm),
    });
    const base = readBrief(wish);
    const brief = {
      ...base,
      ...heard.key,
      bpm: heard.bpm,
      style: straight(base),
      durationS: MORE_S,
    };
    return playOn({ brief, sound, atS }, watch);
  });
  return produceTracks(job, room, makers);
};

/** `replace-section`: new notes between two times, the rest as it was. */
export const replaceSection: Renderer = async (job, room) => {
  const input = inputOf(job);
  const parent = parentOf(job);
  const { score } = parent;
  const from = input.number("infill_start_s") ?? 0;
  const to = input.number("infill_end_s") ?? from + 10;
  const makers = [0, 1].map((index) => async (watch: Watch): Promise<Take> => {
    const wish = wishFor(job, { seed: variationSeed(job, index), score, custom: true });
    const brief = { ...briefLike(score, wish, true), durationS: null };
    const fresh = composeOver(brief, sungAgain(score, input.text("full_lyrics")), score.chords);
    const tempo = tempoMap(score);
    const span = { from: tempo.beat(from), to: Math.min(score.beats, tempo.beat(to)) };
    const mended = replaceSpan(
      score,
      { ...fresh, title: input.text("title") || score.title },
      span,
    );
    const tagged = {
      ...mended,
      tags: input.text("tags") || score.tags,
      prompt: input.text("prompt"),
    };
    if (!parent.foreign) return { score: tagged, sound: await perform(tagged, watch) };
    const own = await mixdown(headOf({ ...fresh, lines: [] }, span.to), watch);
    const gap = withGap(await decodeParent(parent), from, to);
    return {
      score: tagged,
      sound: mastered(
        blend([
          { stage: gap, lufs: null },
          { stage: silentBefore(own, from), lufs: -16 },
        ]),
      ),
      extra: { foreign: true },
    };
  });
  return produceTracks(job, room, makers);
};

function silentBefore(stage: Stage, seconds: number): Stage {
  const end = Math.round(seconds * 48_000);
  stage.left.fill(0, 0, end);
  stage.right.fill(0, 0, end);
  return stage;
}

/** Where a song is continued when nobody says: before its ending. */
function usualJoint(score: Score): number {
  const last = score.sections.at(-1);
  const beat = last?.kind === "outro" ? last.beat : score.beats;
  return tempoMap(score).seconds(beat);
}

interface Continued {
  readonly seed: number;
  readonly score: Score;
  readonly custom: boolean;
}

function wishFor(job: RenderJob, { seed, score, custom }: Continued): Wish {
  const sung = score.singer !== null;
  const written =
    custom && readLyrics(inputOf(job).text("prompt")).some(({ lines }) => lines.length > 0);
  const wish = wishOf(job, {
    seed,
    instrumental: !sung,
    lyrics: written,
    title: score.title,
    style: score.tags,
  });
  return { ...wish, singer: score.singer ?? wish.singer, prompt: wish.prompt || score.prompt };
}

/** A brief that keeps tempo, key and metre of a song; its style unless another is asked for. */
function briefLike(score: Score, wish: Wish, custom: boolean): Brief {
  const brief = readBrief(wish);
  const style = custom && wish.style !== score.tags ? brief.style : styleNamed(score.style);
  const { key, mode, bpm, barBeats } = score;
  return {
    ...brief,
    style: { ...style, swing: score.swing },
    key,
    mode,
    bpm,
    barBeats,
    durationS: MORE_S,
  };
}

/** A style that feels at home at a tempo, for recordings about which nothing is said. */
function styleForTempo(bpm: number): string {
  return STYLES.find((style) => bpm >= style.bpm[0] && bpm <= style.bpm[1])?.id ?? "pop";
}

function straight(brief: Brief): Brief["style"] {
  return { ...brief.style, swing: 0.5 };
}

/** Foreign sound up to a time, then music of ours in its tempo, key and loudness. */
async function playOn(
  piece: { readonly brief: Brief; readonly sound: Stage; readonly atS: number },
  watch: Watch,
): Promise<Take> {
  const { brief, sound, atS } = piece;
  const beat = (atS * brief.bpm) / 60;
  const score = composeOver(brief, planForm(brief, beat));
  const own = await mixdown(score, watch);
  const bed = endedAt(sound, atS, 0.4);
  const mix = blend([
    { stage: bed, lufs: -15 },
    { stage: own, lufs: -15 },
  ]);
  return { score, sound: mastered(mix), extra: { foreign: true } };
}

function mastered(mix: Stage): Stage {
  applyCurve(mix, masterCurve(mix));
  return mix;
}

/** The sections of a song with the words that are sung in them, or new words in their place. */
function sungAgain(score: Score, fullLyrics: string): readonly PlannedSection[] {
  const fresh = readLyrics(fullLyrics).flatMap(({ lines }) => lines);
  const voice = score.parts.find((part) => part.instrument === "voice")?.notes ?? [];
  const lines = score.lines.map((line, index) => ({
    beat: voice[line.from]?.beat ?? 0,
    text: fresh[index] ?? line.text,
  }));
  return score.sections.map((section) => {
    const own = lines.filter(
      ({ beat }) => beat >= section.beat - 0.5 && beat < section.beat + section.beats - 0.5,
    );
    const bars = section.beats / score.barBeats;
    const lineBars = own.length === 0 ? 2 : Math.max(1, Math.floor(bars / own.length));
    return { ...section, lines: own.map(({ text }) => text), lineBars };
  });
}
