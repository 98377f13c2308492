import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { test } from "node:test";
import { createWebhookSecrets } from "../../src/webhooks/secrets.ts";
import { signWebhook } from "../../src/webhooks/signature.ts";
import { requirePart } from "../support/require.ts";

const secret = createWebhookSecrets(Buffer.alloc(32, 9)).at("proj_1", 0);
const ROOT = resolve(import.meta.dirname, "../..");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

const EXAMPLES = [
  {
    file: "receive-webhook.ts",
    program: process.execPath,
    flags: ["--conditions=vidgo-source"],
    options: { skip: false as const },
  },
  {
    file: "receive-webhook.py",
    program: "python3",
    flags: [],
    options: requirePart("python3", hasPython, "python3 is not installed"),
  },
];

for (const { file, program, flags, options } of EXAMPLES) {
  test(`examples/${file} takes what is signed and nothing else`, options, async (t) => {
    const child = spawn(program, [...flags, resolve(ROOT, "examples", file)], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env.PATH ?? "", PORT: "0", VIDGO_WEBHOOK_SECRET: secret },
    });
    t.after(() => child.kill("SIGKILL"));
    child.stdout.setEncoding("utf8");
    const [address] = await once(child.stdout, "data");
    const body = JSON.stringify({ task_id: "task-1", status: "finished", files: [] });
    const timestampS = Math.floor(Date.now() / 1000);
    const headers = signWebhook({ id: "evt_1", timestampS, body }, [secret]);
    const send = async (sent: RequestInit) =>
      (await fetch(String(address).trim(), { method: "POST", ...sent })).status;
    assert.equal(await send({ body, headers }), 204);
    assert.equal(await send({ body: `${body} `, headers }), 401);
    assert.equal(await send({ body }), 401);
    const old = signWebhook({ id: "evt_1", timestampS: timestampS - 400, body }, [secret]);
    assert.equal(await send({ body, headers: old }), 401);
    const odd = { ...headers, "webhook-timestamp": "²", "webhook-signature": "v1,é" };
    assert.equal(await send({ body, headers: odd }), 401);
  });

  test(`examples/${file} takes nothing while its secret is empty`, options, async (t) => {
    const child = spawn(program, [...flags, resolve(ROOT, "examples", file)], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env.PATH ?? "", PORT: "0", VIDGO_WEBHOOK_SECRET: "" },
    });
    t.after(() => child.kill("SIGKILL"));
    child.stdout.setEncoding("utf8");
    const [address] = await once(child.stdout, "data");
    const body = JSON.stringify({ task_id: "task-1", status: "finished", files: [] });
    const timestampS = Math.floor(Date.now() / 1000);
    const mark = createHmac("sha256", "").update(`evt_1.${timestampS}.${body}`).digest("base64");
    const headers = {
      "webhook-id": "evt_1",
      "webhook-timestamp": String(timestampS),
      "webhook-signature": `v1,${mark}`,
    };
    const answer = await fetch(String(address).trim(), { method: "POST", body, headers });
    assert.equal(answer.status, 401);
  });
}
