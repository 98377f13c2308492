import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGolden } from "../../test/support/golden.ts";
import { SAMPLE_MS, sampleFiles, sampleTask, sampleUrl } from "../../test/support/wire-samples.ts";
import type { Attempt } from "../core/task.ts";
import { creditsData, keyItem, TASK_COLUMNS, taskDetail, taskItem } from "./admin.ts";

const ATTEMPT: Attempt = {
  id: "att_a",
  taskId: "task",
  number: 1,
  provider: "xai",
  account: "one",
  upstreamModel: "grok",
  state: "failed",
  prepared: { secret: "never shown" },
  operation: { job: "j1" },
  production: null,
  troubles: 0,
  errorCode: "content_policy",
  errorMessage: "Refused upstream",
  intentAtMs: SAMPLE_MS,
  endedAtMs: SAMPLE_MS + 1_000,
};

test("keyItem() shows a key without its secret", () => {
  const key = {
    id: "key_a",
    name: "shop",
    mode: "test",
    prefix: "vg_test_abcd",
    last4: "wxyz",
    bootstrap: false,
    createdAtMs: SAMPLE_MS,
    lastUsedAtMs: null,
    revokedAtMs: null,
    expiresAtMs: null,
    scopes: ["submit", "read"],
    networks: [],
  } as const;
  const used = {
    ...key,
    lastUsedAtMs: SAMPLE_MS,
    revokedAtMs: SAMPLE_MS + 60_000,
    expiresAtMs: SAMPLE_MS + 90_000,
    networks: ["10.0.0.0/8"],
  };
  matchGolden("admin-keys", [keyItem(key), keyItem(used)]);
});

test("taskItem() shows a task in the list, with the reason only when it failed", () => {
  const failed = sampleTask({
    stage: "failed",
    progress: 40,
    charged: 0,
    errorCode: "canceled",
    errorMessage: "The task was canceled",
    finishedAtMs: SAMPLE_MS,
  });
  const items = [taskItem(sampleTask({ errorMessage: "of an earlier try" })), taskItem(failed)];
  matchGolden("admin-tasks", items);
  for (const column of TASK_COLUMNS) assert.ok(items.every((item) => column in item));
});

test("taskDetail() shows what happened to a task, and no request that was prepared", () => {
  const tried = {
    id: "try_a",
    deliveryId: "del_a",
    number: 1,
    startedAtMs: SAMPLE_MS,
    durationMs: 12,
    status: null,
    errorClass: "dns",
    excerpt: "",
  };
  const facts = {
    task: sampleTask({ stage: "finished", finishedAtMs: SAMPLE_MS, charged: 30_500 }),
    files: sampleFiles("video/mp4"),
    attempts: [ATTEMPT],
    tries: [tried],
  };
  matchGolden("admin-task", taskDetail(facts, sampleUrl));
});

test("creditsData() gives the exact amount", () => {
  assert.deepEqual(creditsData(-1_500), { credits: "-1.5" });
});
