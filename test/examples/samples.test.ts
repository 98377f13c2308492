import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { present } from "../../src/lib/assert.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { requirePart } from "../support/require.ts";

const samples = resolve(import.meta.dirname, "../../examples");

let gateway: GatewayProcess | null = null;

before(async () => {
  gateway = await startGatewayProcess();
});

after(async () => {
  await gateway?.close();
});

/** A language, how its sample is started, and how one sees that it can be. */
interface Language {
  readonly name: string;
  readonly file: string;
  readonly start: readonly string[];
  readonly check: readonly string[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: "python-requests",
    file: "quickstart.py",
    start: ["python3"],
    check: ["python3", "-c", "import requests"],
  },
  {
    name: "javascript",
    file: "quickstart.mjs",
    start: [process.execPath],
    check: [process.execPath, "--version"],
  },
  { name: "curl", file: "quickstart.sh", start: ["sh"], check: ["curl", "--version"] },
  { name: "go", file: "quickstart.go", start: ["go", "run"], check: ["go", "version"] },
  {
    name: "php-curl",
    file: "quickstart.php",
    start: ["php"],
    check: ["php", "-r", "exit(function_exists('curl_init') ? 0 : 1);"],
  },
  { name: "ruby", file: "quickstart.rb", start: ["ruby"], check: ["ruby", "--version"] },
];

for (const language of LANGUAGES) {
  const [program = "", ...words] = language.check;
  const isThere = spawnSync(program, words).status === 0;
  const part = requirePart(language.name, isThere, `${language.name} is not installed`);

  test(`the ${language.name} sample submits, polls and saves a picture`, part, async () => {
    const folder = mkdtempSync(join(tmpdir(), "vidgo-sample-"));
    try {
      assert.match(await run(language, folder), /saved result\.png/);
      const bytes = readFileSync(join(folder, "result.png"));
      assert.equal(bytes.toString("latin1", 1, 4), "PNG");
      assert.ok(bytes.length > 10_000, `${bytes.length} bytes`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test(`the ${language.name} sample fails with a wrong key and saves nothing`, part, async () => {
    const folder = mkdtempSync(join(tmpdir(), "vidgo-sample-"));
    try {
      const wrong = { VIDGO_KEY: "wrong-key-0123456789-0123456789-0123456789" };
      await assert.rejects(run(language, folder, wrong));
      assert.throws(() => readFileSync(join(folder, "result.png")));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Runs a sample beside the gateway in a folder of its own; gives what it printed. */
async function run(
  language: Language,
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { url, key } = present(gateway, "gateway");
  const [program = "", ...words] = language.start;
  const child = spawn(program, [...words, join(samples, language.file)], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      VIDGO_URL: url,
      VIDGO_KEY: key,
      GOFLAGS: "-modcacherw",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  assert.equal(code, 0, said);
  return said;
}
