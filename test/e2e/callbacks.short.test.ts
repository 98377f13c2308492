import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import { textAt } from "../../src/providers/reading.ts";
import type { FakeUpstream } from "../support/fakes/fake-upstream.ts";
import { FILM } from "../support/fakes/media.ts";
import { MINIMAX_KEY, openMinimax } from "../support/fakes/minimax.ts";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";

// MiniMax is the one upstream that wants an answer of its own to a callback before it takes a job.

const WISH = { model: "hailuo-2.3", input: { prompt: "a fox" } };

test("an upstream's challenge is met, and its callbacks bring the film sooner", async (t) => {
  await using fake = await openMinimax();
  fake.pollsUntilDone = 0;
  const gateway = await openGateway(t, fake);
  const { task_id: id } = await ask(gateway, "/api/generate/submit", WISH);
  await until(() => fake.taken === 1);
  await tell(fake, 0, { task_id: "job-1", status: "success", file_id: "f-job-1" });
  await assertFilm(gateway, String(id));
});

test("a callback names the job of a submit whose answer was lost", async (t) => {
  await using fake = await openMinimax();
  fake.pollsUntilDone = 0;
  const gateway = await openGateway(t, fake);
  fake.spoil("submit", { kind: "drop-after" });
  const { task_id: id } = await ask(gateway, "/api/generate/submit", WISH);
  await until(() => fake.taken === 1);
  await until(() => gateway.output.includes("A submit was not answered"));
  await tell(fake, 0, { task_id: "job-1", status: "processing" });
  await assertFilm(gateway, String(id));
  assert.equal(fake.taken, 1, "it was bought once");
});

function openGateway(
  t: Parameters<typeof tryGatewayProcess>[0],
  fake: FakeUpstream,
): Promise<GatewayProcess> {
  const environment = { MINIMAX_API_KEY: MINIMAX_KEY, MINIMAX_BASE_URL: fake.url };
  return tryGatewayProcess(t, { alone: true, environment });
}

/** Calls back about the submit with that number. */
async function tell(fake: FakeUpstream, submit: number, body: JsonObject): Promise<void> {
  const submits = fake.seen.filter(({ path }) => path === "/v1/video_generation");
  const url = textAt(submits[submit]?.json, "callback_url");
  assert.ok(url !== null, "it was told where to call back");
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
}

async function assertFilm(gateway: GatewayProcess, id: string): Promise<void> {
  let task: JsonObject = {};
  await until(async () => {
    task = await ask(gateway, `/api/generate/status/${id}`);
    return task.status === "finished" || task.status === "failed";
  });
  assert.equal(task.status, "finished", JSON.stringify(task));
  const bytes = await (await fetch(textAt(task, "files", 0, "file_url") ?? "")).arrayBuffer();
  assert.deepEqual(Buffer.from(bytes), FILM);
}

const LOOKS_MAX = 600;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  assert.fail("It does not come about");
}

async function ask(gateway: GatewayProcess, path: string, body?: unknown): Promise<JsonObject> {
  const answer = await fetch(gateway.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json: unknown = await answer.json();
  assert.ok(isJsonObject(json) && isJsonObject(json.data), JSON.stringify(json));
  return json.data;
}
