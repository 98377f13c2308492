import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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
    red: /a corpus of 5,000 inner targets makes no connection/,
  },
  {
    name: "10: only names are judged, no literal addresses",
    file: "src/lib/outbound-connect.ts",
    right: "  for (const { address } of addresses) {",
    wrong: "  for (const { address } of isIP(host) === 0 ? addresses : []) {",
    watch: "src/lib/outbound.test.ts",
    red: /the address at the other end is judged|a corpus of 5,000 inner targets/,
  },
  {
    name: "11: redirects are followed",
    file: "src/lib/outbound.ts",
    right: "const dispatcher = client ?? context.keptAgent(undici, request.reach);",
    wrong:
      "const dispatcher = (client ?? context.keptAgent(undici, request.reach)).compose(" +
      '(await import("undici")).interceptors.redirect({ maxRedirections: 3 }));',
    watch: "src/webhooks/deliver.test.ts",
    red: /never visits where a redirect leads/,
  },
  {
    name: "12: bytes are removed before their link says that they are gone",
    file: "src/store/transactions/files.ts",
    right: "deleted_at IS NULL AND expires_at <= $1",
    wrong: "deleted_at IS NULL AND created_at <= $1",
    watch: "src/store/sqlite/sqlite-store.test.ts",
    red: /expired\(\)/,
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
    right: "AND open_tasks + $2 <= $6",
    wrong: "AND $6 > 0",
    watch: "src/http/rates.test.ts",
    red: /never open more tasks than the project may have/,
  },
  {
    name: "16: slow requests are never cut",
    file: "src/http/app.ts",
    right: "const REQUEST_TIMEOUT_MS = 30_000;",
    wrong: "const REQUEST_TIMEOUT_MS = 9e9;",
    watch: "test/doors/slow-clients.test.ts",
    red: /1,000 slow clients are cut off/,
  },
];

const ROOT = resolve(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "vidgo-planted-"));
after(() => rmSync(copy, { recursive: true, force: true }));
const LEFT_OUT = ["node_modules", ".git", "data"];
for (const part of readdirSync(ROOT)) {
  if (!LEFT_OUT.includes(part)) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
}
symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));

/** Runs a test file of the copy; gives the names of the tests that failed. */
async function failures(file: string): Promise<readonly string[]> {
  const words = ["--test", "--test-reporter=tap", "--test-timeout=150000", file];
  const child = spawn(process.execPath, words, {
    cwd: copy,
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env.PATH ?? "", HOME: copy },
  });
  let text = "";
  for await (const part of child.stdout) text += part;
  // A file that cannot be loaded is red too, and shows nothing.
  const names = [...text.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map((match) => match[1] ?? "");
  return names.filter((name) => !name.endsWith(".test.ts"));
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
