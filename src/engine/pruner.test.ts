import assert from "node:assert/strict";
import { mkdir, rm, utimes } from "node:fs/promises";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import { runClaim } from "./attempt.ts";
import { pruneRows, removeExpired, removeOrphans } from "./pruner.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";
const DAY_MS = 86_400_000;

test("pruneRows() wipes a prompt when its days are over, and a key after seven", async () => {
  const provider = scriptedProvider("upstream", [MODEL], {});
  await using bench = await openEngineBench({ providers: [provider] });
  const { context, clock, files, projectId } = bench;
  const { store } = context;
  const production = pictures(await bench.stagePicture());
  provider.submit = async () => ({ kind: "completed", production });
  const submit = async (): Promise<string> => {
    const submitter = { projectId, keyId: "key", mode: "live" } as const;
    const input = { prompt: "a boat" };
    const idempotency = { key: "once", fingerprint: "a" };
    const rest = { callbackUrl: null, idempotency, loopback: false };
    return (await submitTask(context, submitter, { model: MODEL, input, ...rest })).task.id;
  };
  const promptOf = async (id: string): Promise<unknown> =>
    (await store.tasks.find(projectId, id))?.task.input.prompt;

  const taskId = await submit();
  const ask = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 1, node: "node" };
  for (const claim of await store.tasks.claimDue(ask)) await runClaim(context, claim);
  const view = await store.tasks.find(projectId, taskId);
  assert.equal(view?.task.stage, "finished");

  const keeping = { store, clock, keepInputMs: 2 * DAY_MS };
  await clock.advance(2 * DAY_MS - 1);
  await pruneRows(keeping);
  assert.equal(await promptOf(taskId), "a boat");
  await clock.advance(1);
  await pruneRows(keeping);
  assert.equal(await promptOf(taskId), undefined);

  await clock.advance(5 * DAY_MS - 1);
  await pruneRows(keeping);
  assert.equal(await submit(), taskId, "the key is kept for seven days");
  await clock.advance(1);
  await pruneRows(keeping);
  assert.notEqual(await submit(), taskId);

  const [file] = view?.files ?? [];
  assert.ok(file);
  assert.notEqual(await files.size(file.storageKey), null);
  assert.equal(await removeExpired({ ...context, files }), false);
  assert.equal(await files.size(file.storageKey), null, "bytes end with their file's life");
});

test("removeExpired() goes on with the other files when one cannot be removed", async () => {
  await using bench = await openEngineBench({ providers: [] });
  const { files, staging, context, clock, projectId } = bench;
  const add = async (id: string): Promise<string> => {
    const storageKey = `${projectId}/uploads/${id}/0-abc`;
    await files.adopt(storageKey, staging.pathOf(await bench.stagePicture()) ?? "");
    await context.store.files.add({ ...UPLOAD, id, projectId, storageKey });
    return storageKey;
  };
  const [stuck, other] = [await add("file_a"), await add("file_b")];
  const path = (await files.localPath(stuck)) ?? "";
  await rm(path);
  await mkdir(path);
  await clock.advance(DAY_MS);
  await removeExpired({ ...context, files });
  assert.equal(await files.size(other), null);
  assert.equal((await context.store.files.find("file_b"))?.deletedAtMs, clock.nowMs());
  assert.equal((await context.store.files.find("file_a"))?.deletedAtMs, null);
  await rm(path, { recursive: true });
  await removeExpired({ ...context, files });
  assert.equal((await context.store.files.find("file_a"))?.deletedAtMs, clock.nowMs());
});

const UPLOAD = {
  ...{ taskId: null, position: 0, mediaType: "image/png", extension: "png", sizeBytes: 1 },
  ...{ sha256: "abc", width: 1, height: 1, durationS: null },
  ...{ createdAtMs: 0, expiresAtMs: 1, deletedAtMs: null },
};

test("removeOrphans() leaves what is copied anew while it looks for its row", async () => {
  await using bench = await openEngineBench({ providers: [] });
  const { files, staging, context } = bench;
  const key = "p/task/att/0-abc";
  const adopt = async (): Promise<void> =>
    files.adopt(key, staging.pathOf(await bench.stagePicture()) ?? "");
  await adopt();
  await utimes((await files.localPath(key)) ?? "", 1_000_000, 1_000_000);
  const known = async (): Promise<ReadonlySet<string>> => {
    await adopt();
    return new Set();
  };
  const store = { ...context.store, files: { ...context.store.files, known } };
  const { signal } = new AbortController();
  await removeOrphans({ store, files }, signal);
  assert.notEqual(await files.size(key), null);
  await bench.clock.advance(3_600_001);
  await removeOrphans({ store: context.store, files }, signal);
  assert.equal(await files.size(key), null, "and removes it when nobody claims it for an hour");
});
