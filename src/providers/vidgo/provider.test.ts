import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, type TestContext, test } from "node:test";
import { type SimulatorRig, trySimulator } from "../../../bench/upstream/try-simulator.ts";
import { makeHandClock } from "../../../test/support/hand-clock.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { createOutbound } from "../../lib/outbound.ts";
import {
  type Provider,
  type ProviderContext,
  type ProviderRequest,
  UpstreamFailure,
} from "../provider.ts";
import { createUpstream } from "../upstream.ts";
import { vidgoProvider } from "./provider.ts";

const MODELS = {
  "grok-imagine": "video",
  "gpt-4o-image": "image",
  "generate-music": "music",
} as const;
const KEY = "upstream-secret-key";

interface Setup {
  readonly provider: Provider;
  readonly context: ProviderContext;
  readonly rig: SimulatorRig;
}

async function setup(testContext: TestContext): Promise<Setup> {
  const rig = await trySimulator(testContext);
  const provider = vidgoProvider({ models: MODELS, resubmit: "idempotency-key" });
  return { rig, provider, context: contextAt(testContext, rig.simulator.origin) };
}

function contextAt(testContext: TestContext, baseUrl: string): ProviderContext {
  const outbound = createOutbound({ userAgent: "vidgo-test", ownPorts: () => [] });
  testContext.after(() => outbound.close());
  const account = { id: "main", baseUrl, secret: { key: KEY } };
  const ask = createUpstream(outbound);
  const { signal } = new AbortController();
  return {
    account,
    signal,
    clock: makeHandClock(),
    request: (request) => ask({ account, request }, signal),
    input: () => assert.fail("nothing is fetched"),
    stage: () => assert.fail("nothing is staged"),
    wake() {},
  };
}

function prepared(
  provider: Provider,
  input: JsonObject,
  change: Partial<ProviderRequest> = {},
): Json {
  const preparation = provider.prepare({
    taskId: "task-1",
    marker: "att_1",
    model: "grok-imagine",
    upstreamModel: change.model ?? "grok-imagine",
    input,
    mode: "live",
    callbackUrl: null,
    sources: [],
    ...change,
  });
  assert.equal(preparation.kind, "ready");
  return preparation.kind === "ready" ? preparation.prepared : null;
}

describe("vidgoProvider()", () => {
  for (const [model, expected] of [
    ["grok-imagine", { kind: "media", media: "video", file: 0 }],
    ["gpt-4o-image", { kind: "media", media: "image", file: 0 }],
    ["generate-music", { kind: "track", audio: 0, image: null, durationS: 0.6, title: "A song" }],
  ] as const) {
    test(`brings a task of ${model} from submit to bytes`, async (testContext) => {
      const { provider, context, rig } = await setup(testContext);
      const plan = prepared(provider, { prompt: "a fox zq-t-1" }, { model });
      const submitted = await provider.submit(plan, context);
      assert.equal(submitted.kind, "accepted");
      const operation = submitted.kind === "accepted" ? submitted.operation : null;
      const seen = await provider.poll?.(operation, context);
      assert.ok(seen?.kind === "completed");
      assert.partialDeepStrictEqual(seen.production.outputs[0], expected);
      const [artifact] = seen.production.artifacts;
      assert.equal(artifact?.source.kind, "upstream");
      const ref = artifact?.source.kind === "upstream" ? artifact.source.ref : null;
      const opened = await provider.open?.(ref, context);
      const chunks: Uint8Array[] = [];
      for await (const chunk of opened?.body ?? []) chunks.push(chunk);
      assert.equal(Buffer.concat(chunks).length, opened?.sizeBytes);
      const [entry] = await rig.ledger();
      assert.equal(entry?.headers["idempotency-key"], "att_1");
    });
  }

  test("buys once when the same attempt is sent again", async (testContext) => {
    const { provider, context, rig } = await setup(testContext);
    const plan = prepared(provider, { prompt: "a fox zq-t-1" });
    const first = await provider.submit(plan, context);
    assert.deepEqual(await provider.submit(plan, context), first);
    assert.equal((await rig.ledger()).length, 1);
  });

  for (const [mark, kind, code] of [
    ["refuse", "rejected", "content_policy"],
    ["429-retry-after", "rejected", "rate_limited"],
    ["accept-then-500", "unknown", "upstream_unavailable"],
    ["garbage", "unknown", "unknown_outcome"],
  ] as const) {
    test(`calls a submit ${kind} (${code}) with #${mark}`, async (testContext) => {
      const { provider, context } = await setup(testContext);
      const plan = prepared(provider, { prompt: `zq-t-1 #${mark}` });
      const outcome = await provider.submit(plan, context);
      assert.equal(outcome.kind, kind);
      assert.equal("error" in outcome ? outcome.error.code : null, code);
      if (mark === "429-retry-after" && "error" in outcome) {
        assert.deepEqual([outcome.error.retry, outcome.error.retryAfterMs], ["same-route", 1_000]);
      }
    });
  }

  test("throws what is no refusal when the connection breaks", async (testContext) => {
    const { provider, context } = await setup(testContext);
    const plan = prepared(provider, { prompt: "zq-t-1 #accept-then-reset" });
    await assert.rejects(provider.submit(plan, context), (error) => {
      return !(error instanceof UpstreamFailure);
    });
  });

  for (const [mark, expected] of [
    ["never", { kind: "pending", phase: "running", progress: 99 }],
    ["unknown-status", { kind: "pending", unknownStatus: "pondering" }],
    ["forget", { kind: "lost" }],
    ["poll-500", { kind: "unreachable" }],
    ["fail", { kind: "failed", error: { code: "generation_failed", billed: "no" } }],
  ] as const) {
    test(`sees ${expected.kind} with #${mark}`, async (testContext) => {
      const { provider, context } = await setup(testContext);
      const submitted = await provider.submit(
        prepared(provider, { prompt: `zq-t-1 #${mark}` }),
        context,
      );
      assert.ok(submitted.kind === "accepted");
      const seen = await provider.poll?.(submitted.operation, context);
      assert.partialDeepStrictEqual(seen, expected);
    });
  }

  test("names the host's ids where a task builds on an earlier song", () => {
    const provider = vidgoProvider({ models: MODELS, resubmit: "blind" });
    const source = { provider: "vidgo", account: "main", path: null };
    const plan = prepared(
      provider,
      { audio_id: "ours", task_id: "task-ours", mv: "V5" },
      { sources: [{ ...source, id: "ours", taskId: "task-ours", ref: { id: "a", task_id: "t" } }] },
    );
    assert.deepEqual(plan, {
      marker: "att_1",
      taskId: "task-1",
      media: "video",
      body: { model: "grok-imagine", input: { audio_id: "a", task_id: "t", mv: "V5" } },
    });
  });

  test("says whether a cancel came in time", async (testContext) => {
    const answers = [200, 409, 404].map((code) => [code, { code, data: {} }] as const);
    const server = createServer((_request, response) => {
      const [status, body] = answers.shift() ?? [500, {}];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    }).listen(0, "127.0.0.1");
    testContext.after(() => server.close());
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const context = contextAt(testContext, `http://127.0.0.1:${port}`);
    const provider = vidgoProvider({ models: MODELS, resubmit: "blind" });
    for (const expected of ["canceled", "too-late", "unsupported"]) {
      assert.equal(await provider.cancel?.({ task_id: "t", media: "video" }, context), expected);
    }
  });

  test("reports a dead link as expired, so that the task is asked again", async (testContext) => {
    const { provider, context, rig } = await setup(testContext);
    const ref = { url: `${rig.simulator.origin}/results/none/1.mp4` };
    await assert.rejects(
      async () => provider.open?.(ref, context),
      (error) => error instanceof UpstreamFailure && error.error.code === "result_expired",
    );
  });
});
