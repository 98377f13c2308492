import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { after, before, type TestContext, test } from "node:test";
import { type GatewayProcess, startGatewayProcess } from "../../test/support/gateway-process.ts";
import { smallPicture } from "../../test/support/upload.ts";
import { present } from "../lib/assert.ts";
import { createCatalogue } from "../models/catalogue.ts";
import { type Client, createClient, type ModelId } from "./client.ts";

let gateway: GatewayProcess | null = null;

before(async () => {
  gateway = await startGatewayProcess();
});

after(async () => {
  await gateway?.close();
});

function client(key?: string): Client {
  const { url, key: right } = present(gateway, "gateway");
  return createClient({ baseUrl: `${url}/`, key: key ?? right });
}

test("generate() makes a picture, tells progress, and download() fetches it", async () => {
  const seen: number[] = [];
  const made = await client().generate(
    { model: "gpt-4o-image", input: { prompt: "a red fox", size: "1:1" } },
    { onProgress: ({ progress }) => seen.push(progress) },
  );
  assert.ok(made.ok, JSON.stringify(made));
  assert.equal(made.value.status, "finished");
  assert.equal(seen.at(-1), 100);
  assert.deepEqual(
    seen.toSorted((a, b) => a - b),
    seen,
  );
  const bytes = await client().download(present(made.value.files[0], "file").file_url);
  assert.ok(bytes.ok);
  assert.equal(Buffer.from(bytes.value).toString("latin1", 1, 4), "PNG");
});

test("submit() with the same key makes one task", async () => {
  const wish = { model: "grok-imagine-image", input: { prompt: "a lake" } } as const;
  const options = { idempotencyKey: "once-and-only-once" };
  const first = await client().submit(wish, options);
  const second = await client().submit(wish, options);
  assert.ok(first.ok && second.ok);
  assert.equal(first.value.task_id, second.value.task_id);
});

test("submit() gives a refusal as a value with status, type and message", async () => {
  const wish = { model: "gpt-4o-image", input: { prompt: "" } } as const;
  const refused = await client().submit(wish);
  assert.ok(!refused.ok && refused.error.kind === "refused");
  assert.equal(refused.error.status, 400);
  assert.equal(refused.error.type, "validation_error");
  assert.match(refused.error.message, /^prompt /);
  const stranger = await client("no-such-key-0123456789012345678901").balance();
  assert.ok(!stranger.ok && stranger.error.kind === "refused");
  assert.equal(stranger.error.status, 401);
});

test("wait() gives a failed task as an error, and stops when its time is over", async () => {
  const image_urls = ["http://127.0.0.1:49151/nothing.png"];
  const wish = { model: "nano-banana-edit", input: { prompt: "x", image_urls } } as const;
  const failed = await client().generate(wish);
  assert.ok(!failed.ok && failed.error.kind === "failed", JSON.stringify(failed));
  assert.equal(failed.error.code, "input_unreachable");
  const film = { model: "sora-2", input: { prompt: "waves", duration: 15 } } as const;
  const stopped = await client().generate(film, { timeoutMs: 1 });
  assert.ok(!stopped.ok && stopped.error.kind === "stopped");
  const taskId = present(stopped.error.taskId, "task id");
  const canceled = await client().cancel(taskId);
  assert.ok(canceled.ok);
  const ended = await client().wait(taskId);
  assert.ok(!ended.ok && ended.error.kind === "failed");
  assert.equal(ended.error.code, "canceled");
});

test("quote(), balance(), models(), upload(), musicDetail() and status() answer", async () => {
  const api = client();
  const quote = await api.quote({ model: "sora-2", input: { prompt: "waves", duration: 10 } });
  assert.ok(quote.ok && typeof quote.value.credits === "string");
  const balance = await api.balance();
  assert.ok(balance.ok && balance.value.credits_amount > 0);
  const models = await api.models();
  assert.ok(models.ok && models.value.models.length === 113);
  const upload = await api.upload(new Uint8Array(await smallPicture("png")), "a.png");
  assert.ok(upload.ok && upload.value.original_name === "a.png");
  for (const answer of [await api.status("task-none"), await api.musicDetail("task-none")]) {
    assert.ok(!answer.ok && answer.error.kind === "refused" && answer.error.status === 404);
  }
});

test("the types of inputs know every model and refuse what is unknown", () => {
  const known = createCatalogue().models.map(({ id }) => id);
  // @ts-expect-error: no such model
  const stranger: ModelId = "grok-imagine-9";
  assert.ok(!known.includes(stranger));
  const submit = client().submit;
  // Never called: only the compiler looks at these.
  const wrong = (): unknown => [
    // @ts-expect-error: 11 s is no duration of this model
    submit({ model: "sora-2", input: { prompt: "x", duration: 11 } }),
    // @ts-expect-error: the prompt is missing
    submit({ model: "sora-2", input: {} }),
    // @ts-expect-error: a member of another model
    submit({ model: "z-image", input: { prompt: "x", kling_elements: [] } }),
  ];
  assert.equal(typeof wrong, "function");
});

/** A server of one's own; gives its URL. */
async function listen(context: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

/** A gateway that gives the same answers to each request, one after another. */
async function serve(
  context: TestContext,
  answers: readonly { status: number; body: unknown; headers?: Record<string, string> }[],
) {
  const seen: IncomingMessage[] = [];
  const url = await listen(context, (request, response) => {
    const answer = present(answers[Math.min(seen.length, answers.length - 1)], "answer");
    seen.push(request);
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
  });
  return { seen, url, api: createClient({ baseUrl: url, key: "k" }) };
}

const BUSY = { status: 503, body: {}, headers: { "retry-after": "0" } };
const RECEIPT = { task_id: "t", status: "not_started", created_time: "2026-11-20T10:30:00" };

test("submit() tries again with the same Idempotency-Key after 429 and 5xx", async (context) => {
  const accepted = { status: 200, body: { code: 200, data: RECEIPT } };
  const { seen, api } = await serve(context, [BUSY, { ...BUSY, status: 429 }, accepted]);
  const made = await api.submit({ model: "grok-imagine-image", input: { prompt: "x" } });
  assert.deepEqual(made, { ok: true, value: RECEIPT });
  const keys = seen.map(({ headers }) => headers["idempotency-key"]);
  assert.equal(keys.length, 3);
  assert.match(String(keys[0]), /^[0-9a-f-]{36}$/);
  assert.equal(new Set(keys).size, 1);
});

test("submit() gives up after four tries, and at once after a 4xx", async (context) => {
  const { seen, api } = await serve(context, [BUSY]);
  const made = await api.submit({ model: "grok-imagine-image", input: { prompt: "x" } });
  assert.ok(!made.ok && made.error.kind === "refused" && made.error.status === 503);
  assert.equal(seen.length, 4);
  const other = await serve(context, [{ status: 402, body: { code: 402, error: {} } }]);
  await other.api.submit({ model: "grok-imagine-image", input: { prompt: "x" } });
  assert.equal(other.seen.length, 1);
});

test("submit() asks again with the same Idempotency-Key when the answer breaks off", async (t) => {
  const keys: unknown[] = [];
  const url = await listen(t, (request, response) => {
    keys.push(request.headers["idempotency-key"]);
    const body = JSON.stringify({ code: 200, data: RECEIPT });
    response.writeHead(200, { "content-length": body.length });
    if (keys.length > 1) return response.end(body);
    return response.write(body.slice(0, 20), () => response.destroy());
  });
  const api = createClient({ baseUrl: url, key: "k" });
  const made = await api.submit({ model: "grok-imagine-image", input: { prompt: "x" } });
  assert.deepEqual(made, { ok: true, value: RECEIPT });
  assert.equal(keys.length, 2);
  assert.equal(new Set(keys).size, 1);
});

test("a page that is no answer of a gateway is no refusal", async (context) => {
  const { api } = await serve(context, [{ status: 200, body: "Sign in to this network" }]);
  const answer = await api.balance();
  assert.ok(!answer.ok && answer.error.kind === "unreachable", JSON.stringify(answer));
});

test("generate() names the task that it could not wait for to its end", async (context) => {
  const accepted = { status: 200, body: { code: 200, data: RECEIPT } };
  const { api } = await serve(context, [accepted, BUSY]);
  const made = await api.generate({ model: "grok-imagine-image", input: { prompt: "x" } });
  assert.ok(!made.ok && made.error.kind === "refused");
  assert.equal(made.error.taskId, RECEIPT.task_id);
});

test("wait() ends in time while the gateway does not answer", async (context) => {
  const url = await listen(context, () => undefined);
  const api = createClient({ baseUrl: url, key: "k" });
  const stopped = { ok: false, error: { kind: "stopped", taskId: "t" } };
  assert.deepEqual(await api.wait("t", { timeoutMs: 50 }), stopped);
  assert.deepEqual(await api.wait("t", { signal: AbortSignal.timeout(50) }), stopped);
});

test("a signal ends the call", async (context) => {
  const { api } = await serve(context, [BUSY]);
  const signal = AbortSignal.abort();
  const made = await api.submit(
    { model: "grok-imagine-image", input: { prompt: "x" } },
    { signal },
  );
  assert.deepEqual(made, { ok: false, error: { kind: "stopped", taskId: null } });
});

test("download() never sends the key to the host of a file", async (context) => {
  const { api, seen, url } = await serve(context, [{ status: 200, body: "bytes" }]);
  const bytes = await api.download(`${url}/files/x.png`);
  assert.ok(bytes.ok && Buffer.from(bytes.value).toString() === '"bytes"');
  assert.equal(seen[0]?.headers.authorization, undefined);
});

test("what cannot be reached is a value", async () => {
  const api = createClient({
    baseUrl: "http://127.0.0.1",
    key: "k",
    fetch: () => Promise.reject(new TypeError("fetch failed")),
  });
  const answer = await api.balance();
  assert.ok(!answer.ok && answer.error.kind === "unreachable");
  assert.match(answer.error.message, /fetch failed/);
});
