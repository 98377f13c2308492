import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { COMFY_KEY, openComfyui, openComfyuiV2 } from "../../../test/support/fakes/comfyui.ts";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { Json } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import workflow from "./fixtures/workflow.json" with { type: "json" };
import { comfyuiProvider } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const EDIT = { "1": { class_type: "LoadImage", inputs: { image: "{image_urls.0|file}" } } };

function subjectOf(api: "classic" | "v2") {
  const route = { provider: "comfyui", recorded: null };
  const output = api === "v2" ? "outputs.*" : "outputs.9.images.*";
  const edit = { input: EDIT, output, ignore: ["prompt", "size", "n"] };
  return {
    provider: comfyuiProvider({
      api,
      resubmit: "find",
      routes: [
        {
          ...route,
          model: "z-image",
          upstreamModel: "sdxl",
          mapping: { input: workflow, output, ignore: [] },
        },
        { ...route, model: "gpt-4o-image-edit", upstreamModel: "edit", mapping: edit },
      ],
      media: { "z-image": "image", "gpt-4o-image-edit": "image" },
    }),
    openFake: api === "v2" ? openComfyuiV2 : openComfyui,
    secret: { key: COMFY_KEY },
    files: { [LAKE]: PICTURE },
    upstreamModels: { "z-image": "sdxl", "gpt-4o-image-edit": "edit" },
  };
}

const SMALL = { prompt: "a lake", size: "16:9" };

for (const api of ["classic", "v2"] as const) {
  testProvider({
    ...subjectOf(api),
    samples: {
      [`picture by ${api}`]: { model: "z-image", input: SMALL },
      [`edit by ${api}`]: {
        model: "gpt-4o-image-edit",
        input: { prompt: "winter", image_urls: [LAKE] },
      },
    },
  });
}

const setup = (api: "classic" | "v2"): Promise<ProviderRig> => openProviderRig(subjectOf(api));

async function accepted(rig: ProviderRig): Promise<Json> {
  const outcome = await rig.submit(rig.ready("z-image", SMALL));
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  return outcome.operation;
}

describe("prepare()", () => {
  test("fills a workflow, with a seed of the attempt's own", async () => {
    await using rig = await setup("classic");
    const nodes = (marker: string) => member(rig.ready("z-image", SMALL, { marker }), "body");
    const [first, again, other] = [nodes("m-1"), nodes("m-1"), nodes("m-2")];
    assert.deepEqual(first, again);
    assert.equal(member(first ?? null, "6", "inputs", "text"), "a lake");
    assert.equal(member(first ?? null, "5", "inputs", "width"), 1344);
    assert.deepEqual(member(first ?? null, "3", "inputs", "model"), ["4", 0]);
    const seed = member(first ?? null, "3", "inputs", "seed");
    assert.ok(Number.isSafeInteger(seed), String(seed));
    assert.notEqual(seed, member(other ?? null, "3", "inputs", "seed"));
  });
});

describe("submit()", () => {
  test("uploads a customer's file and names it in the workflow, never its URL", async () => {
    for (const [api, image] of [
      ["classic", /^vidgo-[0-9a-f]{32}\.png$/],
      ["v2", { __type: "core/ASSET", info: { id: "asset-1" } }],
    ] as const) {
      await using rig = await setup(api);
      const input = { prompt: "winter", image_urls: [LAKE] };
      await rig.submit(rig.ready("gpt-4o-image-edit", input));
      const [sent, job] = rig.fake.seen;
      assert.ok(sent?.body.includes(PICTURE), "the bytes");
      const graph = member(job?.json ?? null, api === "v2" ? "workflow" : "prompt") ?? null;
      const named = member(graph, "1", "inputs", "image");
      if (image instanceof RegExp) assert.match(String(named), image);
      else assert.deepEqual(named, image);
      assert.ok(!rig.fake.seen.some(({ body }) => body.includes("media.example.com")));
    }
  });

  test("knows that a key was used, and that the answer to it is lost", async () => {
    await using rig = await setup("v2");
    rig.fake.spoil("submit", { kind: "drop-after" });
    const prepared = rig.ready("z-image", SMALL);
    assert.equal((await rig.submit(prepared)).kind, "unknown");
    const again = await rig.submit(prepared);
    assert.ok(again.kind === "rejected", JSON.stringify(again));
    const { code, billed, retry } = again.error;
    assert.deepEqual([code, billed, retry], ["unknown_outcome", "unknown", "never"]);
    assert.equal(rig.fake.taken, 1);
  });

  test("sends the same key again where the first request never came", async () => {
    await using rig = await setup("v2");
    const prepared = rig.ready("z-image", SMALL);
    rig.fake.spoil("submit", { kind: "status", status: 500 });
    assert.equal((await rig.submit(prepared)).kind, "unknown");
    assert.equal((await rig.submit(prepared)).kind, "accepted");
    assert.equal(rig.fake.taken, 1);
  });
});

describe("poll()", () => {
  test("is patient with an empty history while the queue has the job", async () => {
    await using rig = await setup("classic");
    let operation = await accepted(rig);
    rig.fake.pollsUntilDone = 3;
    const paths: string[] = [];
    for (let poll = 0; poll < 9; poll += 1) {
      const seen = await rig.poll(operation);
      paths.push(rig.fake.seen.at(-1)?.path.replace(/\/history.*/, "history") ?? "");
      if (seen.kind === "completed") break;
      assert.ok(seen.kind === "pending", JSON.stringify(seen));
      operation = seen.operation ?? operation;
    }
    const round = ["history", "/queue"];
    assert.deepEqual(paths, [...round, ...round, ...round, "history"]);
  });

  test("tells why a workflow failed, and that it may be run again", async () => {
    for (const [api, billed] of [
      ["classic", "no"],
      ["v2", "unknown"],
    ] as const) {
      await using rig = await setup(api);
      rig.fake.ending = "CUDA out of memory";
      rig.fake.pollsUntilDone = 0;
      const seen = await rig.poll(await accepted(rig));
      assert.ok(seen.kind === "failed", JSON.stringify(seen));
      const { code, message } = seen.error;
      assert.deepEqual([code, message], ["generation_failed", "CUDA out of memory"]);
      assert.equal(seen.error.billed, billed);
    }
  });

  test("tells customers nothing of the server in the words of a failure", async () => {
    for (const api of ["classic", "v2"] as const) {
      await using rig = await setup(api);
      rig.fake.ending = `http://10.0.0.7:8188/view refused ${COMFY_KEY}\u001b[31m`;
      rig.fake.pollsUntilDone = 0;
      const seen = await rig.poll(await accepted(rig));
      assert.equal(seen.kind === "failed" ? seen.error.message : "", "… refused … [31m", api);
    }
  });

  test("takes the results at the path alone, and of the wanted kind", async () => {
    for (const api of ["classic", "v2"] as const) {
      await using rig = await setup(api);
      const { artifacts } = await rig.run(rig.ready("z-image", SMALL));
      assert.equal(artifacts.length, 1, api);
    }
  });
});

describe("cancel()", () => {
  test("takes a waiting job out of the queue, and interrupts by the job's own link", async () => {
    await using classic = await setup("classic");
    const operation = await accepted(classic);
    assert.equal(await classic.provider.cancel?.(operation, classic.context), "canceled");
    const sent = classic.fake.seen.at(-1);
    assert.deepEqual([sent?.path, sent?.json], ["/queue", { delete: [member(operation, "id")] }]);
    await using v2 = await setup("v2");
    const job = await accepted(v2);
    assert.equal(await v2.provider.cancel?.(job, v2.context), "canceled");
    v2.fake.pollsUntilDone = 0;
    await v2.poll(job);
    assert.equal(await v2.provider.cancel?.(job, v2.context), "too-late");
  });
});
