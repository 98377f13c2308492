import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { readCallback } from "../../src/client/webhook.ts";
import { isJsonObject } from "../../src/lib/json.ts";
import { tryGatewayProcess } from "../support/gateway-process.ts";
import { serveHttp } from "../support/vice-server.ts";

const ROOT = resolve(import.meta.dirname, "../..");

test("vidgo listen carries the end of a task to a local URL, signed", async (t) => {
  const gateway = await tryGatewayProcess(t);
  const arrived = Promise.withResolvers<void>();
  await using hook = await serveHttp((_request, response) => {
    response.end();
    arrived.resolve();
  });
  const url = `http://127.0.0.1:${hook.port}/hook`;
  const child = spawn(process.execPath, [join(ROOT, "src/main.ts"), "listen", "--forward", url], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH ?? "", VIDGO_URL: gateway.url, VIDGO_KEY: gateway.key },
  });
  t.after(() => child.kill("SIGKILL"));
  child.stdout.setEncoding("utf8");
  await once(child.stderr, "data");
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = {
      authorization: `Bearer ${gateway.key}`,
      "content-type": "application/json",
    };
    const answer: unknown = await (await fetch(gateway.url + path, { ...init, headers })).json();
    assert.ok(isJsonObject(answer) && isJsonObject(answer.data));
    return answer.data;
  };
  const body = JSON.stringify({ model: "z-image", input: { prompt: "a red fox", size: "1:1" } });
  const submitted = await ask("/api/generate/submit", { method: "POST", body });
  await arrived.promise;
  const [seen] = hook.seen;
  assert.ok(seen);
  const { secret } = await ask("/api/webhooks/secret");
  assert.ok(typeof secret === "string");
  const nowS = Math.floor(Date.now() / 1000);
  const read = readCallback({ headers: seen.headers, body: seen.body, secret, nowS });
  assert.equal(read?.task_id, submitted.task_id);
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  assert.equal(code, 130);
});
