import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import OpenAI from "openai";
import { trySimulator } from "../../../bench/upstream/try-simulator.ts";
import type { SimulatorOptions } from "../../../bench/upstream/world.ts";
import { FILM as BYTES, PICTURE } from "../../../test/support/fakes/media.ts";
import { openOpenaiVideos, VIDEOS_KEY } from "../../../test/support/fakes/openai-videos.ts";
import { openProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { createOutbound } from "../../lib/outbound.ts";
import { testProvider } from "../conformance.ts";
import type { ProviderContext, ProviderRequest } from "../provider.ts";
import { createUpstream } from "../upstream.ts";
import { matchVideos } from "./match.ts";
import { openaiVideosProvider } from "./provider.ts";

const TREE = "https://media.example.com/tree.png";
const PROVIDER = openaiVideosProvider({
  models: { "sora-2": "wan-2.2", "grok-imagine-video-1.5": "ltx-2" },
  resubmit: "reconcile",
  graceMs: 1_000,
});
const SUBJECT = { provider: PROVIDER, openFake: openOpenaiVideos, secret: { key: VIDEOS_KEY } };
const FILM = { prompt: "a fox zq-t-1", aspect_ratio: "16:9", duration: 10 };

testProvider({
  ...SUBJECT,
  samples: {
    film: { model: "sora-2", input: FILM },
    "film from a picture": {
      model: "grok-imagine-video-1.5",
      input: { prompt: "leaves move", image_urls: [TREE], resolution: "1080p" },
    },
  },
  files: { [TREE]: PICTURE },
});

test("the maker's client makes, lists, fetches and deletes a film of the fake", async () => {
  await using fake = await openOpenaiVideos();
  fake.pollsUntilDone = 1;
  const options = { baseURL: `${fake.url}/v1`, maxRetries: 0 };
  const { videos } = new OpenAI({ apiKey: VIDEOS_KEY, ...options });
  const image = new File([new Uint8Array(PICTURE)], "frame.png", { type: "image/png" });
  const wish = { model: "sora-2", prompt: "a fox", seconds: "4", size: "1280x720" } as const;
  const made = await videos.create({ ...wish, input_reference: image });
  assert.equal(made.status, "queued");
  assert.partialDeepStrictEqual((await videos.list()).data, [{ id: made.id, ...wish }]);
  assert.equal((await videos.retrieve(made.id)).status, "in_progress");
  assert.equal((await videos.retrieve(made.id)).status, "completed");
  const content = await videos.downloadContent(made.id);
  assert.deepEqual(Buffer.from(await content.arrayBuffer()), BYTES);
  assert.equal((await videos.delete(made.id)).deleted, true);
  await assert.rejects(videos.retrieve(made.id), OpenAI.NotFoundError);
  const stranger = new OpenAI({ apiKey: "sk-other", ...options });
  await assert.rejects(stranger.videos.create(wish), OpenAI.AuthenticationError);
  assert.equal(fake.taken, 1);
});

const REQUEST: ProviderRequest = {
  taskId: "t",
  marker: "att",
  model: "sora-2",
  upstreamModel: "wan-2.2",
  input: {},
  mode: "live",
  callbackUrl: null,
  sources: [],
};

/** Inputs and the fields that they become. */
const FIELDS: readonly (readonly [JsonObject, JsonObject])[] = [
  [FILM, { model: "wan-2.2", prompt: "a fox zq-t-1", seconds: "10", size: "1280x720" }],
  [{ prompt: "x", aspect_ratio: "9:16" }, { size: "720x1280" }],
  [{ prompt: "x", aspect_ratio: "1:1", resolution: "1080p" }, { size: "1088x1080" }],
  [{ prompt: "x", aspect_ratio: "16:9", resolution: "480p" }, { size: "848x480" }],
  [{ prompt: "x", aspect_ratio: "3:2" }, { size: "1088x720" }],
  [{ prompt: "x", aspect_ratio: "9:16", resolution: "4k" }, { size: "2160x3840" }],
  [{ prompt: "x", aspect_ratio: "16:9", resolution: "768P" }, { size: "1360x768" }],
  [{ prompt: "x", aspect_ratio: "16:9", resolution: "2K" }, { size: "2560x1440" }],
];

describe("openaiVideosProvider()", () => {
  for (const [input, expected] of FIELDS) {
    test(`writes ${JSON.stringify(expected)}`, () => {
      const preparation = PROVIDER.prepare({ ...REQUEST, input });
      assert.ok(preparation.kind === "ready");
      assert.partialDeepStrictEqual(preparation.prepared, { fields: expected });
    });
  }

  test("says that a resolution without a ratio has no effect", () => {
    for (const [input, notes] of [
      [{ resolution: "1080p" }, 1],
      [{ resolution: "1080p", aspect_ratio: "auto" }, 1],
      [{ resolution: "1080p", aspect_ratio: "16:9" }, 0],
      [{}, 0],
    ] as const) {
      const preparation = PROVIDER.prepare({ ...REQUEST, input: { prompt: "x", ...input } });
      assert.equal(preparation.kind === "ready" ? preparation.notes.length : -1, notes);
    }
  });

  for (const [input, message] of [
    [{ prompt: "x", style: "comic" }, /^style is not supported/],
    [{ prompt: "x", mode: "fun" }, /^mode fun is not supported/],
    [{ prompt: "x", aspect_ratio: "wide" }, /^aspect_ratio wide/],
    [{ prompt: "x", aspect_ratio: "16:9", resolution: "8k" }, /^resolution 8k is not supported/],
    [{ prompt: "x", image_urls: [TREE, TREE] }, /^image_urls must have one picture/],
  ] as const) {
    test(`refuses what the protocol has no words for: ${message.source}`, () => {
      const preparation = PROVIDER.prepare({ ...REQUEST, input });
      assert.ok(preparation.kind === "refused");
      assert.match(preparation.error.message, message);
      assert.equal(preparation.error.retry, "other-route");
    });
  }

  test("sends no authorization to a server without a key", async () => {
    await using rig = await openProviderRig({ ...SUBJECT, secret: { key: "" } });
    await rig.submit(rig.ready("sora-2", FILM));
    assert.equal(rig.fake.seen[0]?.headers.authorization, undefined);
  });
});

describe("openaiVideosProvider().find()", () => {
  const PREPARED = { fields: { model: "sora-2", prompt: "a fox zq-t-1" }, image: null };

  test("finds the submit whose answer was lost", async (context) => {
    const { find, submit } = await setup(context);
    await submit("a fox zq-t-1 #accept-then-reset");
    await submit("another zq-t-2");
    const fields = { ...PREPARED.fields, prompt: "a fox zq-t-1 #accept-then-reset" };
    const outcome = await find({ ...PREPARED, fields });
    assert.deepEqual(outcome, { kind: "found", operation: { id: "video_00000001" } });
  });

  test("says absent when nothing of the kind is there", async (context) => {
    const { find, submit } = await setup(context);
    await submit("another zq-t-2");
    assert.deepEqual(await find(PREPARED), { kind: "absent" });
  });

  test("does not choose between two that look the same", async (context) => {
    const { find, submit } = await setup(context);
    await submit("a fox zq-t-1");
    await submit("a fox zq-t-1");
    assert.equal((await find(PREPARED))?.kind, "undecidable");
  });

  test("takes nothing that is older than the submit", async (context) => {
    const { find, submit } = await setup(context);
    await submit("a fox zq-t-1");
    assert.deepEqual(await find(PREPARED, Date.now() + 3_600_000), { kind: "absent" });
  });

  test("decides nothing where times are told otherwise, or not at all", async () => {
    const query = { marker: "att", prepared: PREPARED, sentAtMs: Date.now() };
    for (const created_at of [null, "2026-11-20T10:30:00Z"]) {
      const like = { id: "1", prompt: PREPARED.fields.prompt, created_at };
      assert.equal(matchVideos({ data: [like] }, query).kind, "undecidable");
      const other = { ...like, prompt: "another" };
      assert.deepEqual(matchVideos({ data: [other] }, query), { kind: "absent" });
    }
  });

  test("decides nothing without a list", async (context) => {
    const { find } = await setup(context, { list: false });
    assert.equal((await find(PREPARED))?.kind, "undecidable");
  });
});

type Query = Parameters<NonNullable<typeof PROVIDER.find>>[0];

async function setup(testContext: TestContext, options: Partial<SimulatorOptions> = {}) {
  const rig = await trySimulator(testContext, options);
  const outbound = createOutbound({ userAgent: "vidgo-test", ownPorts: () => [] });
  testContext.after(() => outbound.close());
  const account = { id: "main", baseUrl: rig.simulator.origin, secret: { key: "k" } };
  const ask = createUpstream(outbound);
  const { signal } = new AbortController();
  const context: ProviderContext = {
    account,
    signal,
    clock: { nowMs: Date.now, monotonicMs: () => performance.now(), sleep: async () => {} },
    request: (asked) => ask({ account, request: asked }, signal),
    input: () => assert.fail("nothing is fetched"),
    stage: () => assert.fail("nothing is staged"),
    wake() {},
  };
  return {
    submit: (prompt: string) => rig.call("/v1/videos", { json: { model: "sora-2", prompt } }),
    find: (prepared: Query["prepared"], sentAtMs = Date.now()) =>
      PROVIDER.find?.({ marker: "att", prepared, sentAtMs }, context),
  };
}
