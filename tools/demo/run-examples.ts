import { readFile } from "node:fs/promises";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import type { Model } from "../../src/models/model.ts";
import { fixturePicture } from "./fixture-picture.ts";
import { type Findings, lookAtTask } from "./look-at-task.ts";
import { MEDIA_NAME } from "./media-host.ts";
import { type Song, songsOf, withSong } from "./songs.ts";
import type { Studio } from "./studio.ts";

/** One input of the documentation. */
export interface Example {
  readonly model: Model;
  readonly input: JsonObject;
  /** `sora-2`, or `gpt-image-2 #2` where a model has more than one. */
  readonly name: string;
}

/** What became of it. */
export interface ExampleResult extends Findings {
  readonly example: Example;
  /** From submit to the end of the task. */
  readonly seconds: number;
}

/** All inputs of the documentation, in its order. */
export function allExamples(): readonly Example[] {
  return createCatalogue().models.flatMap((model) =>
    model.examples.map((input, index) => ({
      model,
      input,
      name: model.examples.length === 1 ? model.id : `${model.id} #${index + 1}`,
    })),
  );
}

/** What to run, and who hears of each result as soon as it is there. */
export interface ExampleRun {
  readonly examples: readonly Example[];
  /** How many tasks are open at the same moment. */
  readonly abreast: number;
  readonly tell: (result: ExampleResult) => void;
}

/**
 * Runs examples through the API, first those whose results the others are given. Nothing of an
 * input is changed but the port of the media host and the ids of songs.
 */
export async function runExamples(studio: Studio, wish: ExampleRun): Promise<void> {
  const state: State = { studio, songs: [], uses: new Map(), givers: [] };
  const { examples, abreast, tell } = wish;
  const run = async (example: Example): Promise<void> => tell(await runExample(state, example));
  await providePictures(studio, examples);
  await inParallel(examples.filter(isGiver), abreast, run);
  await provideLongSong(state, examples);
  await provideRecordings(state, examples);
  await inParallel(
    examples.filter((example) => !isGiver(example)),
    abreast,
    run,
  );
}

/** Models whose results stand in for the songs and films that other examples name. */
const FILM_GIVER = "wan2.2-text-to-video-fast";
const SONG_GIVER = "generate-music";

/** Whether the results of an example are given to others. */
export function isGiver({ model }: Example): boolean {
  return model.id === FILM_GIVER || model.id === SONG_GIVER;
}

interface State {
  readonly studio: Studio;
  readonly songs: Song[];
  /** How often a model was run. */
  readonly uses: Map<string, number>;
  readonly givers: ExampleResult[];
}

async function inParallel<T>(
  items: readonly T[],
  abreast: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const take = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: abreast }, take));
}

async function runExample(state: State, example: Example): Promise<ExampleResult> {
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1000;
  const { api } = state.studio;
  const { model } = example;
  try {
    const input = place(state, example);
    const taskId = await api.submit(model.id, input);
    const status = await api.wait(taskId);
    const tookS = seconds();
    if (status.status !== "finished") {
      throw new Error(`${status.error_code}: ${status.error_message}`);
    }
    const findings = await lookAtTask(state.studio, { model, input, taskId, status });
    const result = { example, seconds: tookS, ...findings };
    if (isGiver(example)) state.givers.push(result);
    if (model.id === SONG_GIVER) {
      state.songs.push(...(await songsOf(state.studio, { id: taskId, input })));
    }
    return result;
  } catch (error) {
    return { example, seconds: seconds(), files: [], faults: [String(error)] };
  }
}

/** The example's input with the port of the media host and the ids of this run. */
function place({ studio, songs, uses }: State, { model, input }: Example): JsonObject {
  const use = uses.get(model.id) ?? 0;
  uses.set(model.id, use + 1);
  const here = `https://${MEDIA_NAME}:${studio.media.port}/`;
  const placed: unknown = JSON.parse(
    JSON.stringify(input).replaceAll(`https://${MEDIA_NAME}/`, here),
  );
  return withSong(isJsonObject(placed) ? placed : {}, songs, use);
}

/** Serves a picture under each path that an example names for one. */
async function providePictures({ media }: Studio, examples: readonly Example[]): Promise<void> {
  for (const path of namedPaths(examples)) {
    if (/\.(jpe?g|png|webp)$/.test(path)) media.put(path, await fixturePicture(path));
  }
}

/** The documentation goes on at 120 s: for that a song must be as long, as none of its own is. */
async function provideLongSong(
  { studio, songs }: State,
  examples: readonly Example[],
): Promise<void> {
  if (!examples.some(({ input }) => Number(input.continue_at ?? 0) > 100)) return;
  const words = { prompt: "slow ambient piano, 130 seconds", custom_mode: false, mv: "V5" };
  const input = { ...words, instrumental: true };
  const id = await studio.api.submit(SONG_GIVER, input);
  await studio.api.wait(id);
  songs.push(...(await songsOf(studio, { id, input })));
}

/** Serves the songs and the film of this run under the other paths. */
async function provideRecordings(
  { studio, songs, givers }: State,
  examples: readonly Example[],
): Promise<void> {
  const film = givers.find(({ example }) => example.model.id === FILM_GIVER)?.files[0];
  for (const path of namedPaths(examples)) {
    const wantsSung = !path.includes("instrumental");
    const song = songs.find(({ sung }) => sung === wantsSung) ?? songs[0];
    if (path.endsWith(".mp4") && film !== undefined) {
      studio.media.put(path, await readFile(film.path));
    }
    if (path.endsWith(".mp3") && song !== undefined) {
      studio.media.put(path, (await studio.api.fetch(song.url)).bytes);
    }
  }
}

function namedPaths(examples: readonly Example[]): ReadonlySet<string> {
  const text = JSON.stringify(examples.map(({ input }) => input));
  const named = text.matchAll(/https:\/\/media\.example\.com(\/[^"]+)/g);
  return new Set([...named].flatMap(([, path]) => path ?? []));
}
