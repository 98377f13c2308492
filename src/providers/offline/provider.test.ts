import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import type { Observation } from "../../core/outcome.ts";
import { systemClock } from "../../lib/clock.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { type ProviderContext, UpstreamFailure } from "../provider.ts";
import { offlineProvider } from "./provider.ts";

const stagingDir = await mkdtemp(join(tmpdir(), "vidgo-offline-"));
const provider = offlineProvider({
  workers: 1,
  stagingDir,
  models: { "z-image": "image", "wan2.6-text-to-video": "video" },
  clock: systemClock,
});
after(async () => {
  await provider.close();
  await rm(stagingDir, { recursive: true });
});

interface Run {
  readonly operation: Json;
  /** The end, learnt by polling after each wake. */
  readonly end: Promise<Observation>;
  readonly seen: Observation[];
}

async function start(model: string, input: JsonObject, marker: string): Promise<Run> {
  const preparation = provider.prepare({
    taskId: "task",
    marker,
    model,
    upstreamModel: model,
    input,
    mode: "test",
    callbackUrl: null,
    sources: [],
  });
  assert.equal(preparation.kind, "ready");
  const seen: Observation[] = [];
  const { promise: end, resolve } = Promise.withResolvers<Observation>();
  let operation: Json = { job: marker };
  const context = makeContext(async () => {
    const observation = await provider.poll?.(operation, context);
    if (observation === undefined) return;
    seen.push(observation);
    if (observation.kind !== "pending") resolve(observation);
  });
  const submitted = await provider.submit(preparation.prepared, context);
  assert.equal(submitted.kind, "accepted");
  operation = submitted.operation;
  return { operation, end, seen };
}

/** The files of customers, by URL; all others cannot be fetched. */
const given = new Map<string, string>();

function makeContext(wake: () => Promise<void>): ProviderContext {
  const refuse = async (): Promise<never> => {
    throw new UpstreamFailure({
      code: "input_unreachable",
      message: "Not there",
      retry: "never",
      retryAfterMs: null,
      billed: "no",
    });
  };
  return {
    account: { id: "offline", baseUrl: "offline:", secret: {} },
    signal: new AbortController().signal,
    clock: systemClock,
    request: refuse,
    async input(url) {
      const path = given.get(url);
      return path === undefined ? refuse() : { path, mediaType: "image/png", sizeBytes: 1 };
    },
    stage: refuse,
    wake: () => void wake(),
  };
}

test("offlineProvider() makes a picture and wakes the engine at start and end", async () => {
  const run = await start("z-image", { prompt: "a fox in a forest", size: "16:9" }, "att_a");
  const end = await run.end;
  assert.equal(end.kind, "completed");
  assert.deepEqual(end.production.outputs, [{ kind: "media", file: 0, media: "image" }]);
  const source = end.production.artifacts[0]?.source;
  assert.equal(source?.kind, "staged");
  assert.ok((await stat(join(stagingDir, source.name))).size > 10_000);
  assert.equal(run.seen[0]?.kind, "pending");
});

test("offlineProvider() answers a repeated poll alike, an unknown job as lost", async () => {
  const run = await start("z-image", { prompt: "a pear", size: "1:1" }, "att_b");
  const end = await run.end;
  const context = makeContext(async () => undefined);
  assert.deepEqual(await provider.poll?.(run.operation, context), end);
  assert.deepEqual(await provider.poll?.({ job: "att_never" }, context), { kind: "lost" });
});

test("offlineProvider() fails a job whose media cannot be fetched", async () => {
  const input = { prompt: "a pear", size: "1:1", image_urls: ["https://example.com/a.png"] };
  const end = await (await start("z-image", input, "att_c")).end;
  assert.equal(end.kind, "failed");
  assert.equal(end.error.code, "input_unreachable");
});

test("offlineProvider() keeps no file that it fetched, whatever becomes of the job", async () => {
  const [good, bad] = ["https://example.com/a.png", "https://example.com/b.png"];
  for (const [marker, urls] of [
    ["att_made", [good]],
    ["att_failed", [good, bad]],
  ] as const) {
    const path = join(stagingDir, `${marker}.part`);
    await writeFile(path, PICTURE);
    const input = { prompt: "a pear", size: "1:1", image_urls: urls };
    given.set(good, path);
    const { kind } = await (await start("z-image", input, marker)).end;
    assert.equal(kind, marker === "att_made" ? "completed" : "failed");
    await assert.rejects(stat(path), { code: "ENOENT" });
  }
});

test("offlineProvider() stops a film that is canceled while it renders", async () => {
  const run = await start("wan2.6-text-to-video", { prompt: "the sea", duration: 15 }, "att_d");
  const context = makeContext(async () => undefined);
  while (run.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await provider.cancel?.(run.operation, context), "canceled");
  const end = await run.end;
  assert.equal(end.kind, "failed");
  assert.equal(end.error.code, "canceled");
  assert.equal(await provider.cancel?.(run.operation, context), "too-late");
});

test("offlineProvider() follows stage directions: refusals, failures, waits", async () => {
  const refused = await (await start("z-image", { prompt: "a pear [[refuse]]" }, "att_e")).end;
  assert.deepEqual(refused.kind === "failed" && refused.error.code, "content_policy");
  const broken = await (await start("z-image", { prompt: "a pear [[fail 429]]" }, "att_f")).end;
  assert.deepEqual(broken.kind === "failed" && broken.error.code, "rate_limited");
  const startedMs = performance.now();
  const run = await start("z-image", { prompt: "a pear [[slow 1.2s]]", size: "1:1" }, "att_g");
  assert.equal((await run.end).kind, "completed");
  assert.ok(performance.now() - startedMs >= 1_200);
  const shown = run.seen.map((each) => (each.kind === "pending" ? (each.progress ?? 0) : 100));
  assert.deepEqual(
    shown,
    shown.toSorted((a, b) => a - b),
  );
});

test("offlineProvider() does not wait where time is instant; a mark leaves the seed", async () => {
  const instant = offlineProvider({
    workers: 1,
    stagingDir,
    models: { "z-image": "image" },
    clock: systemClock,
    time: "instant",
  });
  const request = { taskId: "t", marker: "att_h", model: "z-image", upstreamModel: "z-image" };
  const rest = { mode: "test", callbackUrl: null, sources: [] } as const;
  const seeds = ["a pear", "a pear [[late 3000s]]"].map((prompt) => {
    const prepared = instant.prepare({ ...request, ...rest, input: { prompt } });
    assert.equal(prepared.kind, "ready");
    return prepared.prepared;
  });
  const { promise, resolve } = Promise.withResolvers<Observation>();
  const context = makeContext(async () => {
    const seen = await instant.poll?.({ job: "att_h" }, context);
    if (seen !== undefined && seen.kind !== "pending") resolve(seen);
  });
  await instant.submit(seeds[1] ?? null, context);
  assert.equal((await promise).kind, "completed");
  await instant.close();
  const [plain, marked] = seeds.map((each) => Object(each).seed);
  assert.equal(plain, marked);
});

test("prepare() gives the same seed for the same input, or the input's own", () => {
  const seedOf = (input: JsonObject): Json | undefined => {
    const request = { taskId: "t", marker: "m", model: "z-image", upstreamModel: "z-image" };
    const preparation = provider.prepare({
      ...request,
      input,
      mode: "test",
      callbackUrl: null,
      sources: [],
    });
    assert.equal(preparation.kind, "ready");
    return Object.entries(preparation.prepared ?? {}).find(([key]) => key === "seed")?.[1];
  };
  assert.equal(seedOf({ prompt: "a", size: "1:1" }), seedOf({ size: "1:1", prompt: "a" }));
  assert.notEqual(seedOf({ prompt: "a" }), seedOf({ prompt: "b" }));
  assert.equal(seedOf({ prompt: "a", seed: 42 }), 42);
});

test("prepare() refuses a model that nobody named", () => {
  const request = { taskId: "t", marker: "m", model: "nope", upstreamModel: "nope" };
  const preparation = provider.prepare({
    ...request,
    input: {},
    mode: "live",
    callbackUrl: null,
    sources: [],
  });
  assert.equal(preparation.kind, "refused");
});
