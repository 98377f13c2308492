import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";

const MAIN = join(import.meta.dirname, "main.ts");

test("main.ts keeps its ledger over restarts and ends when told", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-upstream-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const ledger = join(folder, "ledger.jsonl");
  for (const end of ["SIGTERM", "stdin"] as const) {
    const { origin, child } = await start(context, ["--ledger", ledger, "--work", "0-1"]);
    const body = JSON.stringify({ prompt: `zq-${end.toLowerCase()}-1`, model: "sora-2" });
    const headers = { authorization: "Bearer k", "content-type": "application/json" };
    const response = await fetch(`${origin}/v1/videos`, { method: "POST", headers, body });
    assert.equal(response.status, 200);
    if (end === "stdin") child.stdin?.end();
    else child.kill(end);
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
  }
  const nonces = readFileSync(ledger, "utf8").trim().split("\n");
  assert.deepEqual(
    nonces.map((line) => JSON.parse(line).nonce),
    ["zq-sigterm-1", "zq-stdin-1"],
  );
});

for (const [words, message] of [
  [[], /--ledger is missing/],
  [["--ledger", "x", "--mix", "hung=1"], /--mix does not know hung=1/],
  [["--ledger", "x", "--work", "fast"], /--work fast is not usable/],
] as const) {
  test(`main.ts says what is wrong with [${words.join(" ")}]`, () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words], { encoding: "utf8" });
    assert.equal(status, 2);
    assert.match(stderr, message);
  });
}

async function start(
  context: TestContext,
  words: readonly string[],
): Promise<{ readonly origin: string; readonly child: ReturnType<typeof spawn> }> {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ["pipe", "pipe", "inherit"] });
  context.after(() => child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout })) {
    return { origin: JSON.parse(line).origin, child };
  }
  throw new Error("The simulator ended before it listened");
}
