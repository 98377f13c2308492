import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Production } from "../../../core/outcome.ts";
import { present } from "../../../lib/assert.ts";
import type { JsonObject } from "../../../lib/json.ts";
import type { Source } from "../../provider.ts";
import type { RenderJob, RenderRoom } from "../job.ts";
import { readBrief, type Wish } from "./compose/brief.ts";
import { compose } from "./compose/compose.ts";
import { renderMusic } from "./render.ts";
import type { Score } from "./score.ts";

/** For tests: a staging folder of its own that is removed when it is disposed of. */
export interface TestRoom extends Disposable {
  readonly dir: string;
  readonly room: RenderRoom;
  readonly progress: readonly number[];
  readonly abort: AbortController;
  /** Path of the nth artifact of a production. */
  path(production: Production, artifact: number): string;
}

/** For tests: opens a staging folder. */
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

/** For tests: a job for a music model. */
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

/** For tests: renders a job. */
export function renderTest(test: TestRoom, job: RenderJob): Promise<Production> {
  return renderMusic(job, test.room);
}

/** For tests: the first track of a production as the source of later tasks. */
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

/** For tests: a wish with everything left open. */
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

/** For tests: composes from a description. */
export function testScore(style: string, rest: Partial<Wish> = {}): Score {
  return compose(readBrief(testWish({ style, ...rest })));
}

/** For tests: a voice. */
export const TEST_SINGER = { gender: "f", size: 1, breath: 0.2, vibrato: 15 } as const;

/** For tests: a mixdown nobody watches. */
export const UNWATCHED: Pick<RenderRoom, "signal" | "progress"> = {
  signal: new AbortController().signal,
  progress: () => undefined,
};

/**
 * For tests: whether a program of the system can be asked. Without it the test is skipped, or fails
 * when everything is required.
 */
export function missingProgram(name: string): string | false {
  const found = spawnSync(name, ["-version"], { stdio: "ignore", timeout: 10_000 });
  if (found.error === undefined) return false;
  if (process.env.VIDGO_TEST_REQUIRE === "all") return false;
  return `${name} is not installed`;
}
