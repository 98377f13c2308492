import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";

// Each bug is written into a copy of the tree, where the test that watches for it must go red.
// A test that stays green there proves nothing here.

interface Bug {
  readonly name: string;
  readonly file: string;
  /** The right lines, which must be there, and the wrong ones. */
  readonly right: string;
  readonly wrong: string;
  /** The test file, and the name of the test that must fail. */
  readonly watch: string;
  readonly red: RegExp;
}

const BUGS: readonly Bug[] = [
  {
    name: "4: the outbox outside the transaction that ends the task",
    file: "src/store/transactions/settle.ts",
    right: "  yield* insertDelivery(settlement, ended, {",
    wrong: "  if (settlement.nowMs < 0) yield* insertDelivery(settlement, ended, {",
    watch: "src/store/sqlite/sqlite-store.test.ts",
    red: /claimDue\(\) gives all that is needed to send/,
  },
  {
    name: "9: targets judged at submit only",
    file: "src/lib/outbound-connect.ts",
    right: "    const refusal = judgeAddress(address, port, context.policy);",
    wrong: "    const refusal = port < 0 ? judgeAddress(address, port, context.policy) : null;",
    watch: "src/lib/outbound.test.ts",
    red: /./,
  },
  {
    name: "10: only names are judged, no literal addresses",
    file: "src/lib/outbound-connect.ts",
    right: "  for (const { address } of addresses) {",
    wrong: "  for (const { address } of isIP(host) === 0 ? addresses : []) {",
    watch: "src/lib/outbound.test.ts",
    red: /./,
  },
  {
    name: "11: redirects are taken for success",
    file: "src/core/delivery.ts",
    right: "if (status !== null && status >= 200 && status < 300)",
    wrong: "if (status !== null && status >= 200 && status < 400)",
    watch: "src/webhooks/deliver.test.ts",
    red: /redirects and most 4xx are refusals/,
  },
  {
    name: "12: files are called deleted before they are",
    file: "src/http/routes/files/route.ts",
    right: "expiresAtMs",
    wrong: "createdAtMs",
    watch: "src/http/routes/files/200.test.ts",
    red: /./,
  },
  {
    name: "13: a task is found without its project",
    file: "src/store/transactions/read.ts",
    right: "`SELECT * FROM task WHERE id = $1 AND project_id = $2`",
    wrong: "`SELECT * FROM task WHERE id = $1 AND $2 <> ''`",
    watch: "tools/documents/access-matrix.test.ts",
    red: /other project: GET \/api\/generate\/status/,
  },
  {
    name: "14: a new webhook-id for each try",
    file: "src/webhooks/deliver.ts",
    right: "const { eventId: id, projectId, secret } = delivery;",
    wrong: "const { projectId, secret, tries } = delivery; const id = String(tries);",
    watch: "src/webhooks/deliver.test.ts",
    red: /signs with every secret, the event's id/,
  },
  {
    name: "15: limits looked at beside the transaction that accepts",
    file: "src/store/transactions/accept.ts",
    right: "AND open_tasks < $5",
    wrong: "AND $5 > 0",
    watch: "src/http/rates.test.ts",
    red: /never open more tasks than the project may have/,
  },
  {
    name: "16: slow requests are never cut",
    file: "src/http/app.ts",
    right: "const REQUEST_TIMEOUT_MS = 30_000;",
    wrong: "const REQUEST_TIMEOUT_MS = 0;",
    watch: "src/http/app.limits.test.ts",
    red: /cuts slow headers and bodies/,
  },
];

const ROOT = resolve(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "vidgo-planted-"));
after(() => rmSync(copy, { recursive: true, force: true }));
for (const part of ["src", "test", "tools", "package.json", "tsconfig.json"]) {
  cpSync(join(ROOT, part), join(copy, part), { recursive: true });
}
symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));

/** Runs a test file of the copy; gives the names of the tests that failed. */
async function failures(file: string): Promise<readonly string[]> {
  const words = ["--test", "--test-reporter=tap", "--test-timeout=60000", file];
  const child = spawn(process.execPath, words, {
    cwd: copy,
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env.PATH ?? "", HOME: copy },
  });
  let text = "";
  for await (const part of child.stdout) text += part;
  return [...text.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map((match) => match[1] ?? "");
}

for (const bug of BUGS) {
  test(`planted bug ${bug.name}`, async (t) => {
    const path = join(copy, bug.file);
    const sound = readFileSync(path, "utf8");
    assert.ok(sound.includes(bug.right), `${bug.file} no longer says: ${bug.right}`);
    writeFileSync(path, sound.replace(bug.right, bug.wrong));
    t.after(() => writeFileSync(path, sound));
    const failed = await failures(bug.watch);
    assert.ok(
      failed.some((name) => bug.red.test(name)),
      `${bug.watch} stayed green; red were: ${failed.join(", ") || "none"}`,
    );
    t.diagnostic(`red: ${failed.filter((name) => bug.red.test(name))[0]}`);
  });
}
