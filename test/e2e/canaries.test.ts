import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isJsonObject } from "../../src/lib/json.ts";
import { tryGatewayProcess } from "../support/gateway-process.ts";
import { serveHttp } from "../support/vice-server.ts";

const PROMPT = "a fox that whispers canary-prompt-5c1f";
const TOKEN = "canary-token-77aa";

test("no key, prompt, secret or signed link is in the log or where it must not be", async (t) => {
  const arrived = Promise.withResolvers<void>();
  await using hook = await serveHttp((_request, response) => {
    response.writeHead(500).end(`echo ${TOKEN}`);
    arrived.resolve();
  });
  const providerKey = "sk-canary-provider-0123456789abcdef";
  const gateway = await tryGatewayProcess(t, {
    environment: {
      ...{ VIDGO_LOG: "info", VIDGO_OFFLINE: "always", OPENAI_API_KEY: providerKey },
      VIDGO_SIGNUP: "open",
    },
  });
  const answers: string[] = [];
  const ask = async (path: string, body?: unknown, key: string = gateway.key) => {
    const answer = await fetch(gateway.url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) answers.push(text);
    const read: unknown = JSON.parse(text);
    return isJsonObject(read) && isJsonObject(read.data) ? read.data : {};
  };
  const callback = `http://127.0.0.1:${hook.port}/hook?token=${TOKEN}`;
  const input = { prompt: PROMPT, size: "1:1" };
  const made = await ask("/api/generate/submit", {
    model: "z-image",
    input,
    callback_url: callback,
  });
  await arrived.promise;
  const { files } = await ask(`/api/generate/status/${made.task_id}`);
  const [file] = Array.isArray(files) ? files : [];
  assert.ok(isJsonObject(file) && typeof file.file_url === "string");
  await fetch(file.file_url);
  const { secret } = await ask("/api/webhooks/secret");
  assert.ok(typeof secret === "string");
  const stranger = "canary-stranger-key-0123456789abcdef0123";
  await ask("/api/user/balance", undefined, stranger);
  await ask("/api/generate/submit", { model: "z-image", input: { prompt: [PROMPT] } });
  await ask("/api/generate/submit", { model: "nothing", input });
  const password = "canary-password-91d2";
  const account = { name: "Ada", email: "ada@example.com", password };
  const entered = await fetch(`${gateway.url}/api/session/sign-up`, {
    method: "POST",
    headers: { origin: gateway.url, "x-vidgo-console": "1", "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  const session = /=([\w-]{43});/.exec(entered.headers.get("set-cookie") ?? "")?.[1] ?? "";
  await gateway.stop();
  const link = new URL(file.file_url).pathname.split("/").at(-1) ?? "";
  const secrets = { key: gateway.key, providerKey, secret, stranger, password, session };
  const canaries = { ...secrets, PROMPT, TOKEN, link };
  for (const [name, canary] of Object.entries(canaries)) {
    assert.ok(canary.length > 8, name);
    assert.ok(!gateway.output.includes(canary), `${name} is in the log`);
    assert.ok(!answers.join("\n").includes(canary), `${name} is in an error`);
  }
  assert.match(gateway.output, /A callback was tried/, "the log was on");
  const database = readdirSync(gateway.dataDir)
    .filter((name) => name.startsWith("vidgo.db"))
    .map((name) => readFileSync(join(gateway.dataDir, name), "latin1"))
    .join("");
  assert.ok(database.includes(PROMPT), "the database was looked into");
  for (const canary of Object.values(secrets)) {
    assert.ok(!database.includes(canary), `${canary} is in the database`);
  }
});
