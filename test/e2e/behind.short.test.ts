import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import { listAt, textAt } from "../../src/providers/reading.ts";
import { PICTURE } from "../support/fakes/media.ts";
import { readSqlite } from "../support/final-rows.ts";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";

// The suite `behind` asks every end-to-end test of a gateway behind a gateway; this asks the least.

const WISHES = [
  { model: "gpt-4o-image", input: { prompt: "a red fox in snow", size: "1:1" } },
  {
    model: "generate-music",
    input: { prompt: "a quiet evening", custom_mode: false, instrumental: true, mv: "V5" },
  },
] as const;

test("a gateway whose only upstream is another gateway finishes pictures and songs", async (t) => {
  const behind = await tryGatewayProcess(t, { alone: true });
  const front = await tryGatewayProcess(t, {
    alone: true,
    environment: {
      VIDGO_OFFLINE: "never",
      VIDGO_UPSTREAM_URL: behind.url,
      VIDGO_UPSTREAM_KEY: behind.key,
      VIDGO_UPSTREAM_RESUBMIT: "idempotency-key",
    },
  });
  for (const { model, input } of WISHES) {
    const { task_id: id } = await ask(front, "/api/generate/submit", { model, input });
    const path =
      model === "generate-music"
        ? `/api/generate/detail/music?task_id=${id}`
        : `/api/generate/status/${id}`;
    const task = await ended(front, path);
    assert.equal(task.status, "finished", JSON.stringify(task));
    const [file] = listAt(task, "files");
    const link = textAt(file, "audio_url") ?? textAt(file, "file_url") ?? "";
    assert.ok(link.startsWith(front.url), "the files are its own");
    assert.equal((await fetch(link)).status, 200);
  }
  const rows = readSqlite(behind.dataDir);
  t.after(() => rows.close());
  const stages = (await rows.tasks()).map(({ stage }) => stage);
  assert.deepEqual(stages, ["finished", "finished"], "the one behind has made them");
});

test("a picture that lies on the gateway in front reaches the one behind", async (t) => {
  // As on another machine: what the one in front calls its own loopback is closed to it.
  const behind = await tryGatewayProcess(t, {
    alone: true,
    environment: { VIDGO_LOOPBACK_CALLBACKS: "never" },
  });
  const front = await tryGatewayProcess(t, {
    alone: true,
    environment: {
      VIDGO_OFFLINE: "never",
      VIDGO_UPSTREAM_URL: behind.url,
      VIDGO_UPSTREAM_KEY: behind.key,
      VIDGO_UPSTREAM_RESUBMIT: "idempotency-key",
    },
  });
  const { file_url: picture } = await ask(front, "/api/common/upload/base64", {
    base64_data: PICTURE.toString("base64"),
  });
  const input = { prompt: "a hat on it", image_urls: [picture] };
  const { task_id: id } = await ask(front, "/api/generate/submit", {
    model: "nano-banana-edit",
    input,
  });
  const task = await ended(front, `/api/generate/status/${id}`);
  assert.equal(task.status, "finished", JSON.stringify(task));
  const rows = readSqlite(behind.dataDir);
  t.after(() => rows.close());
  assert.deepEqual(
    (await rows.tasks()).map(({ stage }) => stage),
    ["finished"],
  );
});

async function ended(gateway: GatewayProcess, path: string): Promise<JsonObject> {
  let task = await ask(gateway, path);
  while (task.status !== "finished" && task.status !== "failed") {
    await sleep(200);
    task = await ask(gateway, path);
  }
  return task;
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
