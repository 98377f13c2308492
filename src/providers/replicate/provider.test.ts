import assert from "node:assert/strict";
import { describe, test } from "node:test";
import Replicate from "replicate";
import { openReplicate, REPLICATE_KEY } from "../../../test/support/fakes/replicate.ts";
import { openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { FindOutcome } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import flux from "./fixtures/flux.json" with { type: "json" };
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { replicateProvider } from "./provider.ts";
import { matchPredictions } from "./wire.ts";

const FLUX = "black-forest-labs/flux-schnell";
const VERSION = "someone/thing:5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa";
const ROUTE = {
  provider: "replicate",
  recorded: null,
  mapping: {
    input: { prompt: "{prompt}", aspect_ratio: "{size}", num_outputs: 1 },
    output: "output.*",
    ignore: ["resolution"],
  },
};
const SUBJECT = {
  provider: replicateProvider({
    routes: [
      { ...ROUTE, model: "flux-2-pro", upstreamModel: FLUX },
      { ...ROUTE, model: "z-image", upstreamModel: VERSION },
    ],
    media: { "flux-2-pro": "image", "z-image": "image" },
  }),
  openFake: openReplicate,
  secret: { key: REPLICATE_KEY },
  basePath: "/v1",
  upstreamModels: { "flux-2-pro": FLUX, "z-image": VERSION },
};
const INPUT = { prompt: "a fox", size: "16:9", resolution: "1K" };
const SMALL = { prompt: "a hen", size: "1:1" };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    "a model": { model: "flux-2-pro", input: INPUT },
    "a version": { model: "z-image", input: SMALL },
  },
});

describe("the fake speaks the protocol", () => {
  test("the vendor's client creates, follows, lists and cancels", async () => {
    await using fake = await openReplicate();
    const client = new Replicate({ auth: REPLICATE_KEY, baseUrl: `${fake.url}/v1` });
    const made = await client.predictions.create({ model: FLUX, input: { prompt: "a fox" } });
    assert.equal(made.status, "starting");
    const end = await client.wait(made, { interval: 1 });
    assert.equal(end.status, "succeeded");
    assert.match(String(end.output), /\.png$/);
    const second = await client.predictions.create({ version: "v1", input: { prompt: "a hen" } });
    assert.equal((await client.predictions.cancel(second.id)).status, "canceled");
    const { results } = await client.predictions.list();
    assert.deepEqual(
      results.map(({ id }) => id),
      [second.id, made.id],
    );
    assert.equal(fake.taken, 2);
  });
});

async function accepted(rig: ProviderRig): Promise<Json> {
  const outcome = await rig.submit(rig.ready("flux-2-pro", INPUT));
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  return outcome.operation;
}

describe("submit()", () => {
  test("asks for a model by its name and for a version by its id", async () => {
    await using rig = await setup();
    await rig.submit(rig.ready("flux-2-pro", INPUT));
    await rig.submit(rig.ready("z-image", SMALL));
    const [first, second] = rig.fake.seen;
    assert.equal(first?.path, "/v1/models/black-forest-labs/flux-schnell/predictions");
    assert.deepEqual(first?.json, {
      input: { prompt: "a fox", aspect_ratio: "16:9", num_outputs: 1 },
    });
    assert.equal(second?.path, "/v1/predictions");
    assert.equal(Reflect.get(Object(second?.json), "version"), VERSION.split(":")[1]);
  });
});

describe("poll()", () => {
  test("reads a recorded result by the route's path", async () => {
    await using rig = await setup();
    const operation = await accepted(rig);
    rig.fake.spoil("poll", { kind: "answer", answer: { body: flux } });
    const seen = await rig.poll(operation);
    assert.ok(seen.kind === "completed");
    assert.deepEqual(
      seen.production.artifacts.map(({ source }) => source),
      flux.output.map((url) => ({ kind: "url", url })),
    );
  });

  for (const [ending, code, billed] of [
    ["data_removed", "result_expired", "yes"],
    ["NSFW content detected. Try running it again.", "content_policy", "unknown"],
    ["CUDA out of memory", "generation_failed", "unknown"],
  ] as const) {
    test(`reads an end by: ${ending}`, async () => {
      await using rig = await setup();
      rig.fake.ending = ending;
      rig.fake.pollsUntilDone = 0;
      const seen = await rig.poll(await accepted(rig));
      assert.ok(seen.kind === "failed", JSON.stringify(seen));
      assert.deepEqual([seen.error.code, seen.error.billed], [code, billed]);
    });
  }
});

describe("find()", () => {
  /** Looks for a submit of `INPUT` that was sent at `sentAtMs`. */
  async function look(rig: ProviderRig, sentAtMs: number): Promise<FindOutcome | undefined> {
    const prepared = rig.ready("flux-2-pro", INPUT);
    return rig.provider.find?.({ marker: "m", prepared, sentAtMs }, rig.context);
  }

  test("adopts the one prediction that is what was asked for", async () => {
    await using rig = await setup();
    const sentAtMs = 1_790_000_000_000;
    assert.equal((await look(rig, sentAtMs))?.kind, "absent");
    rig.fake.nowMs = sentAtMs - 3_600_000;
    await rig.submit(rig.ready("flux-2-pro", INPUT));
    rig.fake.nowMs = sentAtMs + 1_000;
    await rig.submit(rig.ready("flux-2-pro", { ...INPUT, prompt: "a hen" }));
    assert.equal((await look(rig, sentAtMs))?.kind, "absent", "an old one and another one");
    rig.fake.spoil("submit", { kind: "drop-after" });
    assert.equal((await rig.submit(rig.ready("flux-2-pro", INPUT))).kind, "unknown");
    const found = await look(rig, sentAtMs);
    assert.ok(found?.kind === "found", JSON.stringify(found));
    rig.fake.pollsUntilDone = 0;
    assert.equal((await rig.poll(found.operation)).kind, "completed");
    await rig.submit(rig.ready("flux-2-pro", INPUT));
    assert.equal((await look(rig, sentAtMs))?.kind, "undecidable", "two look the same");
  });

  test("compares what it can of an input with files", () => {
    const body = { prompt: "go", image: null };
    const files = [{ path: ["image"], url: "https://media.example.com/lake.png" }];
    const result = { output: "output.*", media: "image", song: {} } as const;
    const wish = { marker: "m", model: FLUX, body, files, result };
    const found = (prompt: string) => {
      const input = { prompt, image: "https://replicate.delivery/1.png" };
      const made = { id: "1", model: FLUX, created_at: "2026-11-20T10:30:00Z", input };
      return matchPredictions({ results: [made], next: null }, wish, 0).kind;
    };
    assert.deepEqual([found("go"), found("somebody else's")], ["found", "absent"]);
  });

  test("knows a prediction whose input tells defaults beside what was sent", () => {
    const result = { output: "output.*", media: "image", song: {} } as const;
    const body = { prompt: "go", size: { width: 8, height: 8 } };
    const wish = { marker: "m", model: FLUX, body, files: [], result };
    const found = (input: JsonObject) => {
      const made = { id: "1", model: FLUX, created_at: "2026-11-20T10:30:00Z", input };
      return matchPredictions({ results: [made], next: null }, wish, 0).kind;
    };
    assert.equal(found({ ...body, seed: 7, output_format: "png" }), "found");
    assert.equal(found({ prompt: "go", seed: 7 }), "absent");
    assert.equal(found({ ...body, size: { width: 8, height: 9 } }), "absent");
  });

  test("concludes nothing from a list that fails or does not tell inputs", async () => {
    await using rig = await setup();
    rig.fake.spoil("poll", { kind: "status", status: 500 });
    assert.equal((await look(rig, 0))?.kind, "undecidable");
    const results = [{ id: "x", model: FLUX, created_at: new Date().toISOString() }];
    rig.fake.spoil("poll", { kind: "answer", answer: { body: { results, next: null } } });
    assert.equal((await look(rig, 0))?.kind, "undecidable");
    // An hour after its end a prediction is told without its input.
    const removed = results.map((each) => ({ ...each, input: {}, data_removed: true }));
    rig.fake.spoil("poll", { kind: "answer", answer: { body: { results: removed, next: null } } });
    assert.equal((await look(rig, 0))?.kind, "undecidable");
  });
});

describe("cancel()", () => {
  test("says whether it came in time", async () => {
    await using rig = await setup();
    const { provider, context } = rig;
    assert.equal(await provider.cancel?.(await accepted(rig), context), "canceled");
    rig.fake.pollsUntilDone = 0;
    const late = await accepted(rig);
    await rig.poll(late);
    assert.equal(await provider.cancel?.(late, context), "too-late");
  });
});
