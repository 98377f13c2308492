import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { Production } from "../core/outcome.ts";
import { present } from "../lib/assert.ts";
import { statusData } from "../wire/status.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const FIELDS = { title: "Dawn", text: "La la\nlo" };
const WORDS: Production = {
  artifacts: [],
  outputs: [{ kind: "text", fields: FIELDS }],
  creations: [],
  meta: null,
};

test("runClaim() keeps words as a JSON document, so that the status lists a file", async (t) => {
  const provider = scriptedProvider("upstream", ["generate-lyrics"], {
    submits: [{ kind: "completed", production: WORDS }],
  });
  const bench = await openEngineBench({ providers: [provider] });
  t.after(() => bench[Symbol.asyncDispose]());
  const { context, projectId, clock } = bench;
  const { task } = await submitTask(
    context,
    { projectId, keyId: "key", mode: "live" },
    { model: "generate-lyrics", input: { prompt: "dawn" }, ...NOTHING_MORE },
  );
  const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
  for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);

  const view = present(await context.store.tasks.find(projectId, task.id), task.id);
  const { status, files } = statusData(view, clock.nowMs(), context.fileUrl);
  const [row] = view.files;
  assert.ok(row !== undefined && view.files.length === 1);
  assert.equal(status, "finished");
  assert.deepEqual(files, [{ file_url: context.fileUrl(row), file_type: "other" }]);
  assert.deepEqual([row.mediaType, row.extension], ["application/json", "json"]);
  const bytes = await buffer(present(await bench.files.open(row.storageKey), row.storageKey));
  assert.equal(bytes.length, row.sizeBytes);
  assert.deepEqual(JSON.parse(bytes.toString()), FIELDS);
});

test("runClaim() leaves a result no second name, so that a removed file is gone", async (t) => {
  const provider = scriptedProvider("upstream", ["grok-imagine-image"], { submits: [] });
  const bench = await openEngineBench({ providers: [provider] });
  t.after(() => bench[Symbol.asyncDispose]());
  const { context, projectId, clock, staging } = bench;
  const name = await bench.stagePicture();
  const other = await bench.stagePicture();
  provider.submit = async () => ({ kind: "completed", production: pictures(name) });
  const { task } = await submitTask(
    context,
    { projectId, keyId: "key", mode: "live" },
    { model: "grok-imagine-image", input: { prompt: "dawn" }, ...NOTHING_MORE },
  );
  const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
  for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);

  const { files } = present(await context.store.tasks.find(projectId, task.id), task.id);
  const [row] = files;
  assert.ok(row !== undefined);
  assert.ok((await bench.files.localPath(row.storageKey)) !== null, "the file is kept");
  assert.equal(existsSync(present(staging.pathOf(name), name)), false);
  assert.ok(existsSync(present(staging.pathOf(other), other)), "others are left alone");
});

const NOTHING_MORE = { callbackUrl: null, idempotency: null, loopback: false };
