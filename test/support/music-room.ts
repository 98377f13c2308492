import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Output, Production } from "../../src/core/outcome.ts";
import { present } from "../../src/lib/assert.ts";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import type { RenderJob, RenderRoom } from "../../src/providers/offline/job.ts";
import { readBrief, type Wish } from "../../src/providers/offline/music/compose/brief.ts";
import { compose } from "../../src/providers/offline/music/compose/compose.ts";
import { decodeAudio } from "../../src/providers/offline/music/decode/decode.ts";
import { renderMusic } from "../../src/providers/offline/music/render.ts";
import type { Score } from "../../src/providers/offline/music/score.ts";
import { RATE, type Stage } from "../../src/providers/offline/music/synth/stage.ts";
import type { Source } from "../../src/providers/provider.ts";
import { type PartOptions, requirePart } from "./require.ts";

/** A staging folder of its own that is removed when it is disposed of. */
export interface TestRoom extends Disposable {
  readonly dir: string;
  readonly room: RenderRoom;
  readonly progress: readonly number[];
  readonly abort: AbortController;
  /** Path of the nth artifact of a production. */
  path(production: Production, artifact: number): string;
}

/** Opens a staging folder. */
export function openTestRoom(): TestRoom {
  const dir = mkdtempSync(join(tmpdir(), "vidgo-music-"));
  const abort = new AbortController();
  const progress: number[] = [];
  let staged = 0;
  const room: RenderRoom = {
    signal: abort.signal,
    progress: (fraction) => void progress.push(fraction),
    stage(extension) {
      staged += 1;
      const name = `file-${staged}.${extension}`;
      return { name, path: join(dir, name) };
    },
  };
  return {
    dir,
    room,
    progress,
    abort,
    path(production, artifact) {
      const source = present(production.artifacts[artifact], "artifact").source;
      return join(dir, source.kind === "staged" ? source.name : "missing");
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A job for a music model. */
export function testJob(
  model: string,
  input: JsonObject,
  rest: Partial<RenderJob> = {},
): RenderJob {
  return {
    marker: `attempt-${model}`,
    model,
    media: "music",
    input,
    seed: 42,
    sources: [],
    inputs: {},
    ...rest,
  };
}

/** Renders a job. */
export function renderTest(test: TestRoom, job: RenderJob): Promise<Production> {
  return renderMusic(job, test.room);
}

/** The first track of a production as the source of later tasks. */
export function sourceOf(test: TestRoom, production: Production): Source {
  const creation = present(production.creations[0], "creation");
  return {
    id: creation.id,
    taskId: "task-1",
    provider: "offline",
    account: "",
    ref: structuredClone(creation.ref),
    path: test.path(production, creation.file ?? 0),
  };
}

/** A wish with everything left open. */
export function testWish(rest: Partial<Wish> = {}): Wish {
  return {
    seed: 7,
    title: "Test",
    style: "pop",
    prompt: "",
    negative: "",
    styleWeight: null,
    weirdness: 0,
    singer: null,
    lyrics: [],
    promptIsLyrics: false,
    ...rest,
  };
}

/** Composes from a description. */
export function testScore(style: string, rest: Partial<Wish> = {}): Score {
  return compose(readBrief(testWish({ style, ...rest })));
}

/** A voice. */
export const TEST_SINGER = { gender: "f", size: 1, breath: 0.2, vibrato: 15 } as const;

/** A mixdown nobody watches. */
export const UNWATCHED: Pick<RenderRoom, "signal" | "progress"> = {
  signal: new AbortController().signal,
  progress: () => undefined,
};

/** Skips a test, with the reason, where a program of the system is missing. */
export function needs(program: string): PartOptions {
  const found = spawnSync(program, ["-version"], { stdio: "ignore", timeout: 10_000 });
  return requirePart(program, found.error === undefined, `${program} is not installed`);
}

/** One song in a room of its own, and the models that build on it. */
export interface TestSong extends Disposable {
  readonly test: TestRoom;
  readonly song: Production;
  /** Renders a model that names the song's first track. */
  derived(model: string, input?: JsonObject): Promise<Production>;
  /** Renders a model that is given the song's first MP3 as a foreign recording. */
  uploaded(model: string, input?: JsonObject): Promise<Production>;
  /** Decodes an artifact. */
  sound(made: Production, artifact: number): Promise<Stage>;
}

/** What the test song is made from. */
export const TEST_IDEA: JsonObject = {
  prompt: "a 10 seconds happy pop song about rain",
  custom_mode: false,
  instrumental: false,
  mv: "V5",
};

const UPLOAD = "http://files.test/a.mp3";

/** Makes the song that the tests build on. */
export async function openTestSong(): Promise<TestSong> {
  const test = openTestRoom();
  const song = await renderTest(test, testJob("generate-music", TEST_IDEA));
  const source = sourceOf(test, song);
  return {
    test,
    song,
    derived(model, input = {}) {
      const named = { task_id: source.taskId, audio_id: source.id, ...input };
      return renderTest(test, testJob(model, named, { sources: [source] }));
    },
    uploaded(model, input = {}) {
      const path = test.path(song, 0);
      const inputs = { [UPLOAD]: { path, mediaType: "audio/mpeg", sizeBytes: 1 } };
      const named = { upload_url: UPLOAD, audio_url: UPLOAD, ...input };
      return renderTest(test, testJob(model, named, { inputs }));
    },
    sound: (made, artifact) => decodeAudio(test.path(made, artifact)),
    [Symbol.dispose]: () => test[Symbol.dispose](),
  };
}

/** The output of a track. */
export function trackOf(output: Output | undefined): Extract<Output, { kind: "track" }> {
  assert.ok(output?.kind === "track");
  return output;
}

/** The output of a bundle. */
export function bundleOf(output: Output | undefined): Extract<Output, { kind: "bundle" }> {
  assert.ok(output?.kind === "bundle");
  return output;
}

/** The fields of a text output. */
export function textOf(made: Production): Readonly<Record<string, string>> {
  const output = made.outputs[0];
  assert.ok(output?.kind === "text");
  return output.fields;
}

/** What is stored with the first creation. */
export function refOf(made: Production): JsonObject {
  const ref = made.creations[0]?.ref;
  assert.ok(isJsonObject(ref));
  return ref;
}

/** The SHA-256 of a file. */
export function digest(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** What is left, in decibels, when the stems are taken from the whole, against the whole. */
export function residualDb(whole: Stage, stems: readonly Stage[]): number {
  let [rest, power] = [0, 0];
  const length = Math.min(whole.left.length, ...stems.map(({ left }) => left.length)) - RATE / 10;
  for (let index = 0; index < length; index += 1) {
    const sum = stems.reduce((total, stem) => total + (stem.left[index] ?? 0), 0);
    rest += ((whole.left[index] ?? 0) - sum) ** 2;
    power += (whole.left[index] ?? 0) ** 2;
  }
  return 10 * Math.log10(rest / power);
}

/** Loudness and true peak by ffmpeg. */
export function ebur128(path: string): { readonly lufs: number; readonly peak: number } {
  const said = execFileSync(
    "sh",
    ["-c", 'ffmpeg -nostdin -hide_banner -i "$0" -af ebur128=peak=true -f null - 2>&1', path],
    { encoding: "utf8" },
  );
  const summary = said.slice(said.lastIndexOf("Summary:"));
  return {
    lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    peak: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
  };
}
