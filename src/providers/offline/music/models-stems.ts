import type { Artifact, Output, Production } from "../../../core/outcome.ts";
import type { Renderer, RenderJob, RenderRoom } from "../job.ts";
import { separate, UPLOAD_STEMS, type UploadStems } from "./analysis/separate.ts";
import { openWav, type WavFile, writeWav } from "./encode/wav.ts";
import { inputOf } from "./input.ts";
import { applyCurve, masterCurve } from "./mix/master.ts";
import { mixdown, songLength } from "./mix/mixdown.ts";
import { decodeParent, type Parent, parentOf, soundOf, uploadOf } from "./parent.ts";
import type { Part } from "./score.ts";
import { STEMS, type Stem } from "./synth/instrument.ts";
import { INSTRUMENTS } from "./synth/instruments.ts";
import type { Stage } from "./synth/stage.ts";
import { engineFacts } from "./track.ts";

/** `convert-to-wav`: the same sound without loss. */
export const convertToWav: Renderer = async (job, room) => {
  const sound = await soundOf(parentOf(job), room);
  const artifact = await stageWav(sound, room);
  const outputs: readonly Output[] = [{ kind: "link", field: "wav_url", file: 0 }];
  return { artifacts: [artifact], outputs, creations: [], meta: engineFacts(job) };
};

type Stems = AsyncIterable<Readonly<Record<string, Stage | null>>>;

/** `separate-vocals`: the singers, and all the rest. */
export const separateVocals: Renderer = async (job, room) => {
  const parent = parentOf(job);
  const field = "separate_vocals";
  if (parent.foreign) {
    const sound = await decodeParent(parent);
    return bundle(job, room, {
      field,
      frames: sound.left.length,
      stems: twoOf(separate(sound, room)),
    });
  }
  const sung = new Set<Stem>(["vocal", "backing_vocals"]);
  const groups = {
    vocal_url: (stem: Stem) => sung.has(stem),
    instrumental_url: (stem: Stem) => !sung.has(stem),
  };
  const frames = songLength(parent.score);
  return bundle(job, room, { field, frames, stems: ownStems(parent, groups, room) });
};

/** `stem-split`: the twelve groups of instruments of a track; those that do not play stay empty. */
export const splitStems: Renderer = async (job, room) => {
  const parent = parentOf(job);
  const field = "stem_split";
  if (parent.foreign) {
    const sound = await decodeParent(parent);
    return bundle(job, room, {
      field,
      frames: sound.left.length,
      stems: twelveOf(separate(sound, room)),
    });
  }
  const groups = Object.fromEntries(
    STEMS.map((stem) => [`${stem}_url`, (other: Stem) => other === stem]),
  );
  const frames = songLength(parent.score);
  return bundle(job, room, { field, frames, stems: ownStems(parent, groups, room) });
};

/** `upload-and-separate-vocals`: six stems of a foreign recording, approximately. */
export const separateUpload: Renderer = async (job, room) => {
  const sound = await uploadOf(job, "audio_url", "upload_url");
  const wanted = inputOf(job).text("output_type");
  const all = wanted === "" || wanted === "general";
  const frames = sound.left.length;
  const stems = picked(separate(sound, room), (name) => all || name === wanted);
  return bundle(job, room, { field: "vocal_removal", frames, stems });
};

async function* picked(
  pieces: AsyncIterable<UploadStems>,
  keeps: (name: string) => boolean,
): Stems {
  for await (const piece of pieces) {
    yield Object.fromEntries(UPLOAD_STEMS.map((name) => [name, keeps(name) ? piece[name] : null]));
  }
}

async function* twoOf(pieces: AsyncIterable<UploadStems>): Stems {
  for await (const { vocals, ...rest } of pieces) {
    yield { vocal_url: vocals, instrumental_url: summed(Object.values(rest)) };
  }
}

async function* twelveOf(pieces: AsyncIterable<UploadStems>): Stems {
  const empty = Object.fromEntries(STEMS.map((stem) => [`${stem}_url`, null]));
  for await (const piece of pieces) {
    yield {
      ...empty,
      bass_url: piece.bass,
      drums_url: piece.drums,
      guitar_url: piece.guitar,
      keyboard_url: piece.piano,
      vocal_url: piece.vocals,
      synth_url: piece.other,
    };
  }
}

/**
 * Plays the stems of a song of ours, one after the other, under the gain curve of its master, so
 * that they add up to it. A group in which nobody plays gives `null`.
 */
export async function* ownStems(
  parent: Pick<Parent, "score">,
  groups: Readonly<Record<string, (stem: Stem) => boolean>>,
  room: Pick<RenderRoom, "signal" | "progress">,
): Stems {
  const { score } = parent;
  const rounds = Object.keys(groups).length + 1;
  let round = 0;
  const watch = {
    signal: room.signal,
    progress: (done: number) => room.progress((round + done) / rounds),
  };
  const curve = masterCurve(await mixdown(score, watch));
  for (const [name, belongs] of Object.entries(groups)) {
    round += 1;
    const only = (part: Part) => belongs(INSTRUMENTS[part.instrument]?.stem ?? "keyboard");
    if (!score.parts.some(only)) {
      yield { [name]: null };
      continue;
    }
    const stem = await mixdown(score, { ...watch, only });
    applyCurve(stem, curve);
    yield { [name]: stem };
  }
}

/** Writes stems as they come: whole ones one by one, or pieces of all of them. */
async function bundle(
  job: RenderJob,
  room: RenderRoom,
  result: { readonly field: string; readonly frames: number; readonly stems: Stems },
): Promise<Production> {
  const artifacts: Artifact[] = [];
  const files: Record<string, number | null> = {};
  const open = new Map<string, WavFile>();
  try {
    for await (const stems of result.stems) {
      for (const [name, sound] of Object.entries(stems)) {
        if (sound === null) files[name] = null;
        else {
          let file = open.get(name);
          if (file === undefined) {
            const staged = room.stage("wav");
            files[name] = artifacts.length;
            artifacts.push({ source: { kind: "staged", name: staged.name }, media: "audio" });
            file = await openWav(staged.path, result.frames);
            open.set(name, file);
          }
          await file.append(sound);
        }
      }
    }
  } finally {
    for (const file of open.values()) await file.close();
  }
  const outputs: readonly Output[] = [{ kind: "bundle", field: result.field, files }];
  return { artifacts, outputs, creations: [], meta: engineFacts(job) };
}

async function stageWav(stage: Stage, room: RenderRoom): Promise<Artifact> {
  const file = room.stage("wav");
  await writeWav(file.path, stage);
  return { source: { kind: "staged", name: file.name }, media: "audio" };
}

function summed(stages: readonly Stage[]): Stage {
  const length = stages[0]?.left.length ?? 0;
  const sum = { left: new Float32Array(length), right: new Float32Array(length) };
  for (const stage of stages) {
    for (let index = 0; index < length; index += 1) {
      sum.left[index] = (sum.left[index] ?? 0) + (stage.left[index] ?? 0);
      sum.right[index] = (sum.right[index] ?? 0) + (stage.right[index] ?? 0);
    }
  }
  return sum;
}
