import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { present } from "../../src/lib/assert.ts";
import { isJsonObject } from "../../src/lib/json.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { smallPicture } from "../support/upload.ts";

let gateway: GatewayProcess | null = null;

before(async () => {
  gateway = await startGatewayProcess();
});

after(async () => {
  await gateway?.close();
});

async function ask(path: string, body?: FormData | string): Promise<unknown> {
  const { url, key } = present(gateway, "gateway");
  const type = typeof body === "string" ? { "content-type": "application/json" } : {};
  const headers = { authorization: `Bearer ${key}`, ...type };
  const sent = body === undefined ? {} : { method: "POST", body };
  const answer = await fetch(url + path, { headers, ...sent });
  const told: unknown = await answer.json();
  assert.ok(isJsonObject(told) && told.code === 200, JSON.stringify(told));
  return told.data;
}

test("an upload's file_url is an input like any other", async () => {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(await smallPicture("png"))]), "small.png");
  const uploaded = await ask("/api/common/upload/stream", form);
  assert.ok(isJsonObject(uploaded));
  const input = { prompt: "the same with snow", image_urls: [uploaded.file_url] };
  const submit = JSON.stringify({ model: "flux-kontext-pro-edit", input });
  const receipt = await ask("/api/generate/submit", submit);
  assert.ok(isJsonObject(receipt));
  let task: unknown = receipt;
  while (isJsonObject(task) && task.status !== "finished" && task.status !== "failed") {
    task = await ask(`/api/generate/status/${receipt.task_id}`);
  }
  assert.ok(isJsonObject(task));
  assert.equal(task.status, "finished", String(task.error_message));
});
