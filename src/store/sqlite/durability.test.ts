import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { requirePart } from "../../../test/support/require.ts";
import { makeFixture } from "../conformance/fixture.ts";
import type { Store } from "../store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

const CHILD = new URL("../../../test/support/sqlite-child.ts", import.meta.url).pathname;

test("kill -9 in the middle of submits loses no acknowledged task", async (t) => {
  const ends = makeEnds(t);
  const dataDir = makeFolder(ends);
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    acknowledged.push(...(await runAndKill(dataDir, `r${round}_`)));
  }
  const store = await reopen(ends, dataDir);
  const f = await makeFixture({ store, look: () => Promise.resolve([]) }, "after_");
  for (const id of acknowledged) {
    assert.ok(await store.tasks.find(f.projectId, id), `${id} was acknowledged and is there`);
  }
  assert.ok(acknowledged.length >= 900, `${acknowledged.length} were acknowledged`);
});

test("a restart frees the leases of the process that died", async (t) => {
  const ends = makeEnds(t);
  const dataDir = makeFolder(ends);
  const lines = await runAndKill(dataDir, "dead_", 1);
  assert.equal(lines.length, 1);
  const store = await reopen(ends, dataDir);
  const f = await makeFixture({ store, look: () => Promise.resolve([]) }, "after_");
  const [claim] = await f.claim(1);
  assert.equal(claim?.task.id, "task-unified-1_dead_000003", "the leased task comes first");
  assert.equal(claim?.fence, 2);
});

test(
  "every acknowledged submit was synced to the disk",
  requirePart("strace", hasStrace(), "strace is not installed"),
  (t) => {
    const ends = makeEnds(t);
    const dataDir = makeFolder(ends);
    const out = join(dataDir, "calls");
    const watch = ["-f", "-qq", "-o", out, "-e", "trace=fsync,fdatasync,write"];
    const child = [process.execPath, CHILD, join(dataDir, "data"), "s_", "100", "1"];
    execFileSync("strace", [...watch, "--", ...child]);
    let synced = false;
    let acknowledged = 0;
    for (const line of readFileSync(out, "utf8").split("\n")) {
      if (/fdatasync|fsync/.test(line)) synced = true;
      if (!/write\(1, "accepted/.test(line)) continue;
      assert.ok(synced, `a sync comes between two acknowledgements: ${line}`);
      synced = false;
      acknowledged += 1;
    }
    assert.equal(acknowledged, 100);
  },
);

test(
  "a failed sync ends the store, and nothing is acknowledged after it",
  requirePart("strace", hasStrace(), "strace is not installed"),
  (t) => {
    const dataDir = join(makeFolder(makeEnds(t)), "data");
    const inject = "inject=fsync,fdatasync:error=EIO:when=30+";
    const watch = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", inject];
    const child = [process.execPath, CHILD, dataDir, "s_", "100", "1"];
    const { status, stdout } = spawnSync("strace", [...watch, "--", ...child]);
    const told = String(stdout).trim().split("\n");
    assert.equal(status, 1);
    assert.match(told.at(-1) ?? "", /^fatal .*disk I\/O error/);
    assert.ok(told.length > 5 && told.length < 40, `${told.length} lines before the first failure`);
  },
);

test("a second process is refused until the first is dead", async (t) => {
  const ends = makeEnds(t);
  const dataDir = makeFolder(ends);
  const { child, line } = await startChild(dataDir, "first_");
  ends.defer(() => {
    child.kill("SIGKILL");
  });
  await line;
  await assert.rejects(openSqliteStore({ dataDir, onFatal: assert.fail }), {
    code: "unavailable",
    message: /another Vidgo process is using it.*DATABASE_URL to a PostgreSQL database/,
  });
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  await (await reopen(ends, dataDir)).ping();
});

test("a second store of the same process is refused too", async (t) => {
  const ends = makeEnds(t);
  const dataDir = makeFolder(ends);
  const store = await reopen(ends, dataDir);
  await assert.rejects(openSqliteStore({ dataDir, onFatal: assert.fail }), { code: "unavailable" });
  await store.ping();
  await assert.rejects(openSqliteStore({ dataDir, onFatal: assert.fail }), { code: "unavailable" });
});

test("lists are back when their thread could not start once, and the store closes", async (t) => {
  const ends = makeEnds(t);
  const dataDir = makeFolder(ends);
  const store = await openSqliteStore({ dataDir, onFatal: assert.fail });
  const f = await makeFixture({ store, look: () => Promise.resolve([]) }, "");
  const path = join(dataDir, "vidgo.db");
  renameSync(path, `${path}.away`);
  const busy = { code: "unavailable", message: /^(?!.*vidgo\.db)/ };
  await assert.rejects(store.keys.list(f.projectId), busy);
  renameSync(`${path}.away`, path);
  assert.deepEqual(await store.keys.list(f.projectId), []);
  await store.close();
  await assert.rejects(store.keys.list(f.projectId), busy);
  await (await reopen(ends, dataDir)).ping();
});

test("a folder that cannot be used is named", async (t) => {
  const dataDir = join(makeFolder(makeEnds(t)), "data");
  mkdirSync(join(dataDir, "lock.db"), { recursive: true });
  await assert.rejects(openSqliteStore({ dataDir, onFatal: assert.fail }), {
    code: "unavailable",
    message: new RegExp(`^Cannot write in ${dataDir}`),
  });
});

test("a database that is none is refused, and the folder is free again", async (t) => {
  const ends = makeEnds(t);
  const dataDir = makeFolder(ends);
  writeFileSync(join(dataDir, "vidgo.db"), "not a database".repeat(1_000));
  const open = () => openSqliteStore({ dataDir, onFatal: assert.fail });
  await assert.rejects(open(), {
    code: "unavailable",
    message: /^file is not a database \(.+vidgo\.db\)$/,
  });
  rmSync(join(dataDir, "vidgo.db"));
  const store = await open();
  await store.close();
});

test(
  "a full disk refuses submits, keeps what was accepted and heals by itself",
  requirePart("mount", canMount(), "mounting a small disk needs root"),
  async (t) => {
    const ends = makeEnds(t);
    const dataDir = makeFolder(ends);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", dataDir]);
    ends.defer(() => {
      execFileSync("umount", [dataDir]);
    });
    const store = await reopen(ends, dataDir);
    const f = await makeFixture({ store, look: () => Promise.resolve([]) }, "");
    const accepted: string[] = [];
    const fill = { prompt: "x".repeat(100_000) };
    const full = await (async () => {
      for (let index = 0; index < 1_000; index += 1) {
        const made = f.submission({ hold: 1, input: fill });
        const failure = await store.tasks.accept(made).then(
          () => null,
          (error: unknown) => error,
        );
        if (failure !== null) return failure;
        accepted.push(made.task.id);
      }
      return null;
    })();
    assert.ok(full instanceof Error && "code" in full && full.code === "unavailable");
    for (const id of accepted) assert.ok(await store.tasks.find(f.projectId, id));
    execFileSync("mount", ["-o", "remount,size=64m", dataDir]);
    const task = await f.accept({ hold: 1, input: fill });
    assert.ok(await store.tasks.find(f.projectId, task.id));
    assert.equal(await store.tasks.balance(f.projectId), 1_000_000 - accepted.length - 1);
  },
);

/** What ends with a test, the last first. */
function makeEnds(t: TestContext): AsyncDisposableStack {
  const ends = new AsyncDisposableStack();
  t.after(() => ends.disposeAsync());
  return ends;
}

function makeFolder(ends: AsyncDisposableStack): string {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-store-"));
  ends.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function reopen(ends: AsyncDisposableStack, dataDir: string): Promise<Store> {
  const store = await openSqliteStore({ dataDir, onFatal: assert.fail });
  ends.defer(() => store.close());
  return store;
}

interface Started {
  readonly child: ChildProcess;
  readonly lines: AsyncIterable<string>;
  /** Resolves with the first line: the child has its store. */
  readonly line: Promise<string>;
}

async function startChild(dataDir: string, mark: string): Promise<Started> {
  const child = spawn(process.execPath, [CHILD, dataDir, mark, "0", "16"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const line = new Promise<string>((resolve) => lines.once("line", resolve));
  return { child, lines, line };
}

/** Lets a child accept until it told of `enough` tasks and kills it; gives what it told of. */
async function runAndKill(dataDir: string, mark: string, enough = 300): Promise<string[]> {
  const { child, lines } = await startChild(dataDir, mark);
  // Its output ends a moment before it lets go of the folder.
  const gone = once(child, "exit");
  const told: string[] = [];
  for await (const line of lines) {
    const [word, id] = line.split(" ");
    if (word === "accepted" && id !== undefined) told.push(id);
    if (told.length === enough) child.kill("SIGKILL");
  }
  await gone;
  return enough === 1 ? told.slice(0, 1) : told;
}

function hasStrace(): boolean {
  return spawnSync("strace", ["-V"]).status === 0;
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-mount-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "tmpfs", folder]).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
}
