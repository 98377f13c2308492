import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { present } from "../../src/lib/assert.ts";
import { requirePart } from "../support/require.ts";

const root = resolve(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const KEY = "a-key-for-the-samples-of-the-readme-0123456789";
const RUN_LIMIT_MS = 300_000;

/** The code of the first block of a language in the README that has `mark` in it. */
function sample(language: string, mark: string): string {
  const blocks = readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  for (const [, word, code = ""] of blocks) {
    if (word === language && code.includes(mark)) return code;
  }
  throw new Error(`README has no ${language} block with ${mark}`);
}

interface Running {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts the program as a stranger would, on a free port with a folder of its own. */
async function start(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-readme-"));
  const child = spawn(process.execPath, [join(root, "src/main.ts"), "serve"], {
    env: { ...process.env, PORT: "0", VIDGO_DATA_DIR: folder, VIDGO_BOOTSTRAP_KEY: KEY },
    stdio: ["ignore", "pipe", "inherit"],
    timeout: RUN_LIMIT_MS,
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  let said = "";
  const url = await new Promise<string | null>((done) => {
    child.stdout.on("data", (part: Buffer) => {
      said += part.toString();
      const found = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said);
      if (found !== null) done(found[0]);
    });
    child.once("close", () => done(null));
  });
  assert.ok(url, `the gateway ended before it was ready: ${said}`);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

let gateway: Running | null = null;

before(async () => {
  gateway = await start();
});

after(async () => {
  await gateway?.stop();
});

/** Runs a sample beside the gateway; it is given nothing but address and key. */
async function run(program: string, words: readonly string[]): Promise<string> {
  const { url } = present(gateway, "gateway");
  const child = spawn(program, words, {
    env: { PATH: process.env.PATH, VIDGO_URL: url, VIDGO_KEY: KEY },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  assert.equal(code, 0, said);
  return said;
}

/** Fetches the first file that a sample printed. */
async function firstFile(said: string): Promise<{ readonly type: string; readonly bytes: Buffer }> {
  const link = present(/http:\/\/[^\s"',\]]+\/files\/[^\s"',\]]+/.exec(said), said)[0];
  const answer = await fetch(link);
  assert.equal(answer.status, 200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { type: present(answer.headers.get("content-type"), "content-type"), bytes };
}

function found(program: string, ...words: readonly string[]): boolean {
  return spawnSync(program, words).status === 0;
}

const curl = requirePart("curl", found("curl", "--version"), "curl is not installed");
const python = requirePart(
  "python-requests",
  found("python3", "-c", "import requests"),
  "python3 with the package requests is not installed",
);

test("the curl sample of the README makes a picture", curl, async () => {
  const said = await run("bash", ["-euo", "pipefail", "-c", sample("sh", "gpt-4o-image")]);
  assert.match(said, /"status":"finished"/);
  const { type, bytes } = await firstFile(said);
  assert.equal(type, "image/png");
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
});

test("the samples of the README end with the refusal, when the key is wrong", curl, () => {
  const { url } = present(gateway, "gateway");
  const env = { PATH: process.env.PATH, VIDGO_URL: url, VIDGO_KEY: "a-key-that-nobody-made" };
  for (const [program, words] of [
    ["bash", ["-c", sample("sh", "gpt-4o-image")]],
    [process.execPath, ["--input-type=module", "-e", sample("js", "sora-2")]],
  ] as const) {
    const { signal, stdout, stderr } = spawnSync(program, words, { env, timeout: 30_000 });
    assert.equal(signal, null, `${program} goes on for ever`);
    assert.match(`${stdout}${stderr}`, /Unauthorized - Invalid API key/);
  }
});

test("the JavaScript sample of the README makes a video", async () => {
  const code = sample("js", "sora-2");
  const said = await run(process.execPath, ["--input-type=module", "-e", code]);
  assert.match(said, /^finished http/);
  const { type, bytes } = await firstFile(said);
  assert.equal(type, "video/mp4");
  assert.equal(bytes.toString("latin1", 4, 8), "ftyp");
});

test("the Python sample of the README makes a song", python, async () => {
  const said = await run("python3", ["-c", sample("python", "generate-music")]);
  assert.match(said, /^finished \['http/);
  const { type, bytes } = await firstFile(said);
  assert.equal(type, "audio/mpeg");
  assert.ok(bytes.length > 100_000, `${bytes.length} bytes`);
});
