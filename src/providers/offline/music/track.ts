import { writeFile } from "node:fs/promises";
import type { Artifact, Creation, Output, Production } from "../../../core/outcome.ts";
import type { JsonObject } from "../../../lib/json.ts";
import { nameUuid } from "../../../lib/name-uuid.ts";
import type { RenderJob, RenderRoom } from "../job.ts";
import { paintCover } from "./cover.ts";
import { writeMp3 } from "./encode/mp3.ts";
import { applyCurve, masterCurve } from "./mix/master.ts";
import { mixdown } from "./mix/mixdown.ts";
import { packScore, type Score } from "./score.ts";
import { RATE, type Stage } from "./synth/stage.ts";

/** A sound that is ready to be written, and the score that is stored with it. */
export interface Take {
  readonly score: Score;
  readonly sound: Stage;
  /** What is stored beside the score: where foreign sound came from. */
  readonly extra?: JsonObject;
}

/**
 * Makes the tracks of a task: MP3 and cover for each. One track is written while the next one is
 * still being played.
 */
export async function produceTracks(
  job: RenderJob,
  room: RenderRoom,
  makers: readonly ((watch: Watch) => Promise<Take>)[],
): Promise<Production> {
  const shares = makers.map(() => 0);
  const files: Promise<Track>[] = [];
  let before: Promise<unknown> = Promise.resolve();
  for (const [index, make] of makers.entries()) {
    const watch: Watch = {
      signal: room.signal,
      progress(fraction) {
        shares[index] = fraction * 0.9;
        room.progress(shares.reduce((sum, share) => sum + share, 0) / makers.length);
      },
    };
    const take = before.then(() => make(watch));
    before = take;
    files.push(take.then((made) => writeTrack(job, room, { take: made, index })));
  }
  const tracks = await Promise.all(files);
  room.progress(1);
  return gather(tracks, job);
}

/** How a maker tells and learns about the course of things. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly progress: (fraction: number) => void;
}

/** Plays and masters a score. */
export async function perform(score: Score, watch: Watch): Promise<Stage> {
  const mix = await mixdown(score, watch);
  applyCurve(mix, masterCurve(mix));
  return mix;
}

/** A UUID (version 8) that follows from the attempt and a position. */
export function audioId(marker: string, position: number): string {
  return nameUuid(`${marker}:audio:${position}`);
}

/** The facts that every production of this engine states. */
export function engineFacts(job: RenderJob): JsonObject {
  return { engine: "procedural music, no AI model", version: 1, seed: job.seed };
}

interface Track {
  readonly take: Take;
  readonly audio: string;
  readonly cover: string;
  readonly durationS: number;
}

async function writeTrack(
  job: RenderJob,
  room: RenderRoom,
  track: { readonly take: Take; readonly index: number },
): Promise<Track> {
  const { score, sound } = track.take;
  const audio = room.stage("mp3");
  const tags = {
    title: score.title,
    genre: score.tags.slice(0, 200),
    comment: "Made by a procedural engine, not by an AI model",
  };
  await writeMp3(audio.path, sound, { tags, signal: room.signal });
  const cover = room.stage("jpeg");
  const { title, prompt } = score;
  const picture = await paintCover({
    title,
    tags: score.tags,
    prompt,
    seed: job.seed + track.index,
    size: 1024,
  });
  await writeFile(cover.path, picture);
  const durationS = Math.round((sound.left.length / RATE) * 100) / 100;
  return { take: track.take, audio: audio.name, cover: cover.name, durationS };
}

function gather(tracks: readonly Track[], job: RenderJob): Production {
  const artifacts: Artifact[] = [];
  const outputs: Output[] = [];
  const creations: Creation[] = [];
  for (const [index, { take, audio, cover, durationS }] of tracks.entries()) {
    const { score } = take;
    const id = audioId(job.marker, index);
    const position = artifacts.length;
    artifacts.push({ source: { kind: "staged", name: audio }, media: "audio" });
    artifacts.push({ source: { kind: "staged", name: cover }, media: "image" });
    outputs.push({
      kind: "track",
      audioId: id,
      audio: position,
      image: position + 1,
      title: score.title,
      tags: score.tags,
      durationS,
      prompt: score.prompt,
    });
    creations.push({
      id,
      kind: "audio",
      file: position,
      ref: { ...take.extra, score: packScore(score) },
    });
  }
  return { artifacts, outputs, creations, meta: engineFacts(job) };
}
