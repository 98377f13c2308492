import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createFalClient } from "@fal-ai/client";
import { FAL_KEY, openFal } from "../../../test/support/fakes/fal.ts";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { Observation } from "../../core/outcome.ts";
import { type Json, parseJson } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import flux from "./fixtures/flux.json" with { type: "json" };
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { falProvider } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const FLUX = {
  provider: "fal",
  recorded: null,
  model: "flux-2-pro",
  upstreamModel: "fal-ai/flux/schnell",
  mapping: {
    input: {
      prompt: "{prompt}",
      image_size: { $of: "size", "1:1": "square_hd", "16:9": "landscape_16_9" },
      num_images: 2,
    },
    output: "images.*.url",
    ignore: ["resolution"],
  },
};
const FILM = {
  provider: "fal",
  recorded: null,
  model: "grok-imagine",
  upstreamModel: "fal-ai/toy-video/image",
  mapping: {
    input: { prompt: "{prompt}", duration: "{duration|text}", image_url: "{image_urls.0|file}" },
    output: "video",
    ignore: ["mode", "aspect_ratio"],
  },
};
const SUBJECT = {
  provider: falProvider({
    routes: [FLUX, FILM],
    media: { "flux-2-pro": "image", "grok-imagine": "video" },
  }),
  openFake: openFal,
  secret: { key: FAL_KEY },
  files: { [LAKE]: PICTURE },
  upstreamModels: { "flux-2-pro": FLUX.upstreamModel, "grok-imagine": FILM.upstreamModel },
};
const INPUT = { prompt: "a fox", size: "16:9", resolution: "1K" };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    pictures: { model: "flux-2-pro", input: INPUT },
    "film from a picture": {
      model: "grok-imagine",
      input: { prompt: "go", image_urls: [LAKE] },
    },
  },
});

describe("the fake speaks the protocol", () => {
  test("the vendor's client submits, follows, fetches and cancels", async () => {
    await using fake = await openFal();
    const client = createFalClient({
      credentials: FAL_KEY,
      fetch: (url, init) => fetch(String(url).replace("https://queue.fal.run", fake.url), init),
    });
    const app = "fal-ai/flux/schnell";
    const job = await client.queue.submit(app, { input: { prompt: "a fox" } });
    assert.equal(job.request_id, "job-1");
    const requestId = job.request_id;
    const words: string[] = [];
    for (let poll = 0; poll < 3; poll += 1) {
      words.push((await client.queue.status(app, { requestId })).status);
    }
    assert.deepEqual(words, ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
    const { data } = await client.queue.result(app, { requestId });
    assert.match(data.images[0]?.url ?? "", /job-1-0\.png$/);
    await assert.rejects(client.queue.cancel(app, { requestId }), /Bad Request|ALREADY/);
    const second = await client.queue.submit(app, { input: { prompt: "a hen" } });
    await client.queue.cancel(app, { requestId: second.request_id });
    assert.equal(fake.jobs.get(second.request_id)?.canceled, true);
    assert.equal(fake.taken, 2);
  });
});

async function accepted(rig: ProviderRig): Promise<Json> {
  const outcome = await rig.submit(rig.ready("flux-2-pro", INPUT));
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  return outcome.operation;
}

/** Polls a job that is done: its state, then its result. */
async function ended(rig: ProviderRig): Promise<Observation> {
  rig.fake.pollsUntilDone = 0;
  const first = await accepted(rig);
  const seen = await rig.poll(first);
  assert.ok(seen.kind === "pending" && seen.operation !== undefined, JSON.stringify(seen));
  return rig.poll(seen.operation);
}

describe("submit()", () => {
  test("asks for no repetitions, by its own path, without a customer's URL", async () => {
    await using rig = await setup();
    await accepted(rig);
    const film = { prompt: "go", image_urls: [LAKE], duration: 10 };
    await rig.submit(rig.ready("grok-imagine", film));
    const [first, second] = rig.fake.seen;
    assert.equal(first?.path, "/fal-ai/flux/schnell");
    assert.equal(first?.headers["x-fal-no-retry"], "1");
    assert.deepEqual(first?.json, { prompt: "a fox", image_size: "landscape_16_9", num_images: 2 });
    const image_url = `data:image/png;base64,${PICTURE.toString("base64")}`;
    assert.deepEqual(second?.json, { prompt: "go", duration: "10", image_url });
  });
});

describe("poll()", () => {
  test("reads a recorded result by the route's path", async () => {
    await using rig = await setup();
    rig.fake.pollsUntilDone = 0;
    const seen = await rig.poll(await accepted(rig));
    assert.ok(seen.kind === "pending" && seen.operation !== undefined);
    rig.fake.spoil("poll", { kind: "answer", answer: { body: flux } });
    const end = await rig.poll(seen.operation);
    assert.ok(end.kind === "completed");
    assert.deepEqual(
      end.production.artifacts.map(({ source }) => source),
      flux.images.map(({ url }) => ({ kind: "url", url })),
    );
  });

  test("takes completed for the end, not for success", async () => {
    for (const [ending, code, billed, retry] of [
      ["content_policy_violation", "content_policy", "unknown", "never"],
      ["image_load_error", "generation_failed", "unknown", "never"],
      ["runner_disconnected", "generation_failed", "no", "same-route"],
      ["runner_connection_timeout", "upstream_timeout", "no", "same-route"],
    ] as const) {
      await using rig = await setup();
      rig.fake.ending = ending;
      const seen = await ended(rig);
      assert.ok(seen.kind === "failed", JSON.stringify(seen));
      const { error } = seen;
      assert.deepEqual([error.code, error.billed, error.retry], [code, billed, retry], ending);
    }
  });

  test("learns nothing of a job from a result that cannot be fetched just now", async () => {
    await using rig = await setup();
    rig.fake.pollsUntilDone = 0;
    const seen = await rig.poll(await accepted(rig));
    assert.ok(seen.kind === "pending" && seen.operation !== undefined);
    for (const status of [401, 429, 500, 503]) {
      rig.fake.spoil("poll", { kind: "status", status });
      assert.equal((await rig.poll(seen.operation)).kind, "unreachable", String(status));
    }
    const html = Buffer.from("<html>Request blocked</html>");
    for (const [status, error_type] of [
      [429, "rate_limited"],
      [500, "internal_error"],
      [400, null],
    ] as const) {
      const body = error_type === null ? html : { detail: "Not now", error_type };
      rig.fake.spoil("poll", { kind: "answer", answer: { status, body } });
      assert.equal((await rig.poll(seen.operation)).kind, "unreachable", String(status));
    }
    assert.equal((await rig.poll(seen.operation)).kind, "completed");
  });

  test("asks at the account's own address, whatever host a job's addresses name", async () => {
    await using rig = await setup();
    const named = JSON.stringify(await accepted(rig));
    const operation = parseJson(named.replaceAll(rig.fake.url, "https://queue.fal.run")) ?? null;
    assert.match(JSON.stringify(operation), /queue\.fal\.run/);
    assert.equal(await rig.provider.cancel?.(operation, rig.context), "canceled");
    rig.fake.pollsUntilDone = 0;
    const seen = await rig.poll(operation);
    assert.ok(seen.kind === "pending" && seen.operation !== undefined, JSON.stringify(seen));
    assert.equal((await rig.poll(seen.operation)).kind, "completed");
  });
});

describe("cancel()", () => {
  test("says whether it came in time", async () => {
    await using rig = await setup();
    const { provider, context } = rig;
    assert.equal(await provider.cancel?.(await accepted(rig), context), "canceled");
    const late = await accepted(rig);
    rig.fake.pollsUntilDone = 0;
    await rig.poll(late);
    assert.equal(await provider.cancel?.(late, context), "too-late");
  });
});
