import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, type TestContext, test } from "node:test";
import { nonceOf } from "./fate.ts";
import { type Answer, type SimulatorRig, trySimulator } from "./try-simulator.ts";

const PROMPT = "A paper boat zq-s1-7";

/** How each dialect is submitted to, and where the id stands in its answer. */
const DIALECTS = [
  {
    name: "vidgo",
    submit: (prompt: string) => ({
      path: "/api/generate/submit",
      json: { model: "grok-imagine", input: { prompt } },
    }),
    idOf: (answer: Answer) => answer.json?.data?.task_id,
  },
  {
    name: "openai-videos",
    submit: (prompt: string) => ({ path: "/v1/videos", json: { model: "sora-2", prompt } }),
    idOf: (answer: Answer) => answer.json?.id,
  },
  {
    name: "binary",
    submit: (prompt: string) => ({ path: "/v1/music", json: { prompt } }),
    idOf: (answer: Answer) => answer.bytes.subarray(0, 3).toString() === "ID3",
  },
  {
    name: "queue",
    submit: (prompt: string) => ({ path: "/fal-ai/flux/dev", json: { prompt } }),
    idOf: (answer: Answer) => answer.json?.request_id,
  },
  {
    name: "tasks",
    submit: (prompt: string) => ({ path: "/text-to-video/kling-3.0", json: { prompt } }),
    idOf: (answer: Answer) => answer.json?.data?.id,
  },
] as const;

for (const dialect of DIALECTS) {
  describe(`startSimulator() as ${dialect.name}`, () => {
    const submit = (rig: SimulatorRig, prompt: string, headers = {}): Promise<Answer> => {
      const { path, json } = dialect.submit(prompt);
      return rig.call(path, { json, headers, timeoutMs: 1_500 });
    };
    const bills = async (rig: SimulatorRig): Promise<readonly string[]> =>
      (await rig.ledger()).map((entry) => entry.nonce);

    test("bills an accepted submit before it answers", async (context) => {
      const rig = await trySimulator(context);
      const answer = await submit(rig, PROMPT);
      assert.equal(answer.status, 200);
      assert.ok(dialect.idOf(answer));
      const [entry, ...rest] = await rig.ledger();
      assert.deepEqual(rest, []);
      assert.equal(entry?.nonce, "zq-s1-7");
      assert.equal(entry?.dialect, dialect.name);
      assert.ok((entry?.price ?? 0) > 0 && (entry?.remotePort ?? 0) > 0);
    });

    test("bills nothing that it refuses", async (context) => {
      const rig = await trySimulator(context);
      const answer = await submit(rig, `${PROMPT} #refuse`);
      assert.ok(answer.status === 400 || answer.status === 422, `${answer.status}`);
      const empty = await submit(rig, "");
      assert.ok(empty.status === 400 || empty.status === 422, `${empty.status}`);
      assert.deepEqual(await bills(rig), []);
    });

    for (const [fate, status] of [
      ["accept-then-reset", null],
      ["accept-then-500", 500],
      ["hang", null],
    ] as const) {
      test(`bills once and answers ${status ?? "nothing"} with #${fate}`, async (context) => {
        const rig = await trySimulator(context);
        const answer = await submit(rig, `${PROMPT} #${fate}`);
        assert.equal(answer.status, status);
        assert.deepEqual(await bills(rig), ["zq-s1-7"]);
      });
    }

    test("answers what is no JSON with #garbage", async (context) => {
      const rig = await trySimulator(context);
      const answer = await submit(rig, `${PROMPT} #garbage`);
      assert.equal(answer.status, 200);
      assert.equal(answer.json, undefined);
      assert.deepEqual(await bills(rig), ["zq-s1-7"]);
    });

    test("bills after the connection is gone with #accept-late", async (context) => {
      const rig = await trySimulator(context, { lateMs: 20 });
      const answer = await submit(rig, `${PROMPT} #accept-late`);
      assert.equal(answer.status, null);
      await until(async () => (await bills(rig)).length === 1);
    });

    test("asks for patience twice with #429 and #429-retry-after", async (context) => {
      const rig = await trySimulator(context);
      for (const [mark, after] of [
        ["429", null],
        ["429-retry-after", "1"],
      ] as const) {
        const prompt = `zq-s1-${mark === "429" ? 1 : 2} #${mark}`;
        const answers = [];
        for (let round = 0; round < 3; round += 1) answers.push(await submit(rig, prompt));
        assert.deepEqual(
          answers.map(({ status }) => status),
          [429, 429, 200],
        );
        assert.equal(answers[0]?.headers.get("retry-after"), after);
      }
      assert.deepEqual(await bills(rig), ["zq-s1-1", "zq-s1-2"]);
    });

    test("bills one key once, and twice where keys are not honoured", async (context) => {
      const rig = await trySimulator(context);
      const other = await trySimulator(context, { idempotency: false });
      for (const each of [rig, other]) {
        const first = await submit(each, PROMPT, { "idempotency-key": "k-1" });
        const second = await submit(each, PROMPT, { "idempotency-key": "k-1" });
        assert.equal(second.status, 200);
        assert.equal(
          each === rig && dialect.name !== "binary",
          dialect.idOf(first) === dialect.idOf(second) && dialect.name !== "binary",
        );
      }
      assert.equal((await bills(rig)).length, 1);
      assert.equal((await bills(other)).length, 2);
    });
  });
}

describe("startSimulator() and its jobs", () => {
  test("gives each Vidgo task bytes of its own, as the ledger says", async (context) => {
    const rig = await trySimulator(context);
    for (const [index, model] of ["grok-imagine", "gpt-4o-image"].entries()) {
      const id = await submitVidgo(rig, `zq-a-${index}`, model);
      const status = await rig.call(`/api/generate/status/${id}`);
      assert.equal(status.json.data.status, "finished");
      const file = await rig.call(status.json.data.files[0].file_url);
      const sum = createHash("sha256").update(file.bytes).digest("hex");
      assert.equal(sum, (await rig.ledger())[index]?.sha256);
    }
    const sums = (await rig.ledger()).map(({ sha256 }) => sha256);
    assert.equal(new Set(sums).size, 2);
  });

  test("answers for songs on music detail only", async (context) => {
    const rig = await trySimulator(context);
    const id = await submitVidgo(rig, "zq-a-1", "generate-music");
    assert.equal((await rig.call(`/api/generate/status/${id}`)).status, 400);
    const detail = await rig.call(`/api/generate/detail/music?task_id=${id}`);
    assert.match(detail.json.data.files[0].audio_url, /\.mp3$/);
    assert.equal("progress" in detail.json.data, false);
  });

  test("is slow to finish when its work takes time", async (context) => {
    const rig = await trySimulator(context, { workMs: { min: 60_000, max: 60_000 } });
    const id = await submitVidgo(rig, "zq-a-1", "sora-2");
    const { data } = (await rig.call(`/api/generate/status/${id}`)).json;
    assert.deepEqual([data.status, data.files], ["not_started", []]);
  });

  const statuses = async (rig: SimulatorRig, id: string, times: number): Promise<unknown[]> => {
    const seen = [];
    for (let round = 0; round < times; round += 1) {
      const answer = await rig.call(`/api/generate/status/${id}`);
      seen.push(answer.status === 200 ? answer.json.data.status : answer.status);
    }
    return seen;
  };

  for (const [fate, expected] of [
    ["status-back", ["running", "not_started", "finished"]],
    ["unknown-status", ["pondering", "finished", "finished"]],
    ["poll-500", [502, 502, 502, "finished"]],
    ["never", ["running", "running", "running"]],
    ["forget", [404, 404]],
    ["fail", ["failed", "failed"]],
  ] as const) {
    test(`shows ${expected.join(", ")} with #${fate}`, async (context) => {
      const rig = await trySimulator(context);
      const id = await submitVidgo(rig, `zq-a-1 #${fate}`, "sora-2");
      assert.deepEqual(await statuses(rig, id, expected.length), expected);
    });
  }

  test("gives one id to two submits with #id-collision", async (context) => {
    const rig = await trySimulator(context);
    const first = await submitVidgo(rig, "zq-a-1", "sora-2");
    const second = await submitVidgo(rig, "zq-a-2 #id-collision", "sora-2");
    assert.equal(second, first);
    assert.equal((await rig.ledger()).length, 2);
  });

  for (const [fate, check] of [
    ["expired-url", async (rig, link) => assert.equal((await rig.call(link)).status, 410)],
    ["redirect-url", async (rig, link) => assert.match(await locationOf(rig, link), /direct=1$/)],
    ["private-url", async (rig, link) => assert.match(await locationOf(rig, link), /169\.254/)],
    ["wrong-type", async (rig, link) => assert.match(await textAt(rig, link), /^<!doctype html>/)],
    ["empty", async (rig, link) => assert.equal((await rig.call(link)).bytes.length, 0)],
    ["truncated", async (rig, link) => assert.equal((await rig.call(link)).status, null)],
    ["oversize", async (rig, link) => assert.ok(await floods(new URL(link, rig.simulator.origin)))],
  ] as readonly (readonly [string, (rig: SimulatorRig, link: string) => Promise<void>])[]) {
    test(`spoils the result with #${fate}`, async (context) => {
      const rig = await trySimulator(context);
      const id = await submitVidgo(rig, `zq-a-1 #${fate}`, "sora-2");
      const status = await rig.call(`/api/generate/status/${id}`);
      await check(rig, status.json.data.files[0].file_url);
    });
  }

  test("gives results an origin of their own when asked to", async (context) => {
    const rig = await trySimulator(context, { filesApart: true });
    const id = await submitVidgo(rig, "zq-a-1 #truncated", "sora-2");
    const status = await rig.call(`/api/generate/status/${id}`);
    const link = status.json.data.files[0].file_url;
    assert.notEqual(new URL(link).origin, rig.simulator.origin);
    const transfers = [];
    for (let round = 0; round < 3; round += 1) transfers.push((await rig.call(link)).status);
    assert.deepEqual(transfers, [null, null, 200]);
  });

  test("renews an expired link when asked again", async (context) => {
    const rig = await trySimulator(context);
    const id = await submitVidgo(rig, "zq-a-1 #expired-url", "sora-2");
    await rig.call(`/api/generate/status/${id}`);
    const again = await rig.call(`/api/generate/status/${id}`);
    assert.equal((await rig.call(again.json.data.files[0].file_url)).status, 200);
  });

  test("lists OpenAI videos newest first, in pages, unless lists are off", async (context) => {
    const rig = await trySimulator(context);
    const ids = [];
    for (let index = 0; index < 3; index += 1) {
      const json = { model: "sora-2", prompt: `zq-a-${index}` };
      ids.unshift((await rig.call("/v1/videos", { json })).json.id);
    }
    const first = (await rig.call("/v1/videos?limit=2&order=desc")).json;
    assert.deepEqual(
      first.data.map((video: { id: string }) => video.id),
      ids.slice(0, 2),
    );
    assert.equal(first.has_more, true);
    const second = (await rig.call(`/v1/videos?limit=2&after=${first.last_id}`)).json;
    assert.deepEqual([second.data.length, second.has_more], [1, false]);
    assert.equal(nonceOf(second.data[0].prompt), "zq-a-0");
    const off = await trySimulator(context, { list: false });
    assert.equal((await off.call("/v1/videos")).status, 404);
  });

  test("takes a form as vLLM-Omni does, and forgets deleted videos", async (context) => {
    const rig = await trySimulator(context);
    const body = new FormData();
    body.set("prompt", "zq-a-1");
    const { id } = (await rig.call("/v1/videos", { body })).json;
    assert.equal((await rig.call(`/v1/videos/${id}`)).json.status, "completed");
    const content = await rig.call(`/v1/videos/${id}/content`);
    assert.equal(content.headers.get("content-type"), "video/mp4");
    await rig.call(`/v1/videos/${id}`, { method: "DELETE" });
    assert.equal((await rig.call(`/v1/videos/${id}`)).status, 404);
  });

  test("finds tasks by the client's reference, unless that is off", async (context) => {
    for (const reference of [true, false]) {
      const rig = await trySimulator(context, { reference });
      const json = { prompt: "zq-a-1", options: { external_task_id: "mine-1" } };
      await rig.call("/text-to-video/kling-3.0", { json });
      const found = (await rig.call("/tasks?external_task_ids=mine-1")).json.data;
      assert.equal(found.length, reference ? 1 : 0);
    }
  });

  test("follows fal's links from submit to response", async (context) => {
    const rig = await trySimulator(context);
    const links = (await rig.call("/fal-ai/flux/dev", { json: { prompt: "zq-a-1" } })).json;
    assert.equal((await rig.call(links.status_url)).json.status, "COMPLETED");
    const response = (await rig.call(links.response_url)).json;
    assert.equal((await rig.call(response.images[0].url)).bytes.subarray(1, 4).toString(), "PNG");
    assert.equal((await rig.call(links.cancel_url, { method: "PUT" })).status, 400);
  });

  test("refuses calls without a key", async (context) => {
    const rig = await trySimulator(context);
    for (const path of ["/api/user/balance", "/v1/videos", "/fal-ai/flux", "/tasks"]) {
      const answer = await rig.call(path, { headers: { authorization: "none" } });
      assert.equal(answer.status, 401, path);
    }
    assert.equal((await rig.call("/nothing")).status, 404);
  });
});

describe("startSimulator() and callbacks", () => {
  for (const [fate, states] of [
    ["", ["finished"]],
    ["#callback-twice", ["finished", "finished"]],
    ["#callback-early", ["finished", "finished"]],
    ["#callback-forged", ["failed", "finished"]],
    ["#fail", ["failed"]],
  ] as const) {
    test(`calls back ${states.join(", ")} ${fate}`, async (context) => {
      const rig = await trySimulator(context);
      const receiver = await receive(context);
      const json = {
        model: "sora-2",
        input: { prompt: `zq-a-1 ${fate}` },
        callback_url: receiver.url,
      };
      const id = (await rig.call("/api/generate/submit", { json })).json.data.task_id;
      await until(async () => receiver.bodies.length === states.length);
      assert.deepEqual(
        receiver.bodies.map((body) => body.status),
        states,
      );
      const forged = receiver.bodies.filter((body) => body.task_id !== id);
      assert.equal(forged.length, fate === "#callback-forged" ? 1 : 0);
    });
  }

  test("never calls back with #callback-never, while another does", async (context) => {
    const rig = await trySimulator(context);
    const receiver = await receive(context);
    const path = `/fal-ai/flux?fal_webhook=${encodeURIComponent(receiver.url)}`;
    await rig.call(path, { json: { prompt: "zq-a-1 #callback-never" } });
    await rig.call(path, { json: { prompt: "zq-a-2" } });
    await until(async () => receiver.bodies.length > 0);
    assert.deepEqual(
      receiver.bodies.map((body) => nonceOf(body.payload.prompt)),
      ["zq-a-2"],
    );
  });
});

async function submitVidgo(rig: SimulatorRig, prompt: string, model: string): Promise<string> {
  const json = { model, input: { prompt } };
  return (await rig.call("/api/generate/submit", { json })).json.data.task_id;
}

async function locationOf(rig: SimulatorRig, link: string): Promise<string> {
  return (await rig.call(link)).headers.get("location") ?? "";
}

async function textAt(rig: SimulatorRig, link: string): Promise<string> {
  return (await rig.call(link)).bytes.toString("utf8");
}

/** Whether more comes than any film of ours may be; stops reading then. */
async function floods(url: URL): Promise<boolean> {
  const response = await fetch(url);
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > 64 * 1024 * 1024) return true;
  }
  return false;
}

async function receive(context: TestContext): Promise<{
  readonly url: string;
  readonly bodies: ReturnType<typeof JSON.parse>[];
}> {
  const bodies: ReturnType<typeof JSON.parse>[] = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close().closeAllConnections());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, bodies };
}

/** Looks again and again until it holds; the test's own limit bounds it. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
