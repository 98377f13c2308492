import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { ArtifactSource, Production } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import { present } from "../lib/assert.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

interface Life {
  readonly task: Task;
  readonly submits: number;
  readonly polls: number;
  readonly tookMs: number;
}

/** The life of a task whose result has its bytes at `source`, for at most six hours. */
async function live(source: ArtifactSource): Promise<Life> {
  const provider = scriptedProvider("upstream", [MODEL], {
    submits: [{ kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 }],
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const { context, clock, projectId } = bench;
  const production = resultAt(source);
  let polls = 0;
  provider.open = async () => {
    throw new Error("socket hang up");
  };
  provider.poll = async () => {
    polls += 1;
    return { kind: "completed", production };
  };
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null };
  const { task } = await submitTask(context, submitter, {
    ...wish,
    idempotency: null,
    loopback: false,
  });
  const startMs = clock.nowMs();
  for (;;) {
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
    const now = present(await context.store.tasks.find(projectId, task.id), task.id).task;
    const tookMs = clock.nowMs() - startMs;
    const submits = provider.calls.filter((call) => call === "submit").length;
    if (now.finishedAtMs !== null || tookMs > 6 * 3_600_000) {
      return { task: now, submits, polls, tookMs };
    }
    const dueMs = await context.store.tasks.nextDueMs();
    await clock.advance(Math.max(1, present(dueMs, "due") - clock.nowMs()));
  }
}

function resultAt(source: ArtifactSource): Production {
  const production = pictures("absent.png");
  return { ...production, artifacts: [{ source, media: "image" }] };
}

describe("a result whose bytes cannot be had", () => {
  test("runClaim() asks for a fresh link, and gives up when ten were dead", async () => {
    const { task, submits, polls } = await live({ kind: "staged", name: "absent.png" });
    assert.deepEqual([task.stage, task.errorCode], ["failed", "result_expired"]);
    assert.equal(polls, 10);
    assert.equal(submits, 1);
    assert.equal(task.charged, 0);
  });

  test("runClaim() tries an address that does not answer for an hour, and buys once", async () => {
    const { task, submits, tookMs } = await live({ kind: "upstream", ref: "gone" });
    assert.deepEqual([task.stage, task.errorCode], ["failed", "upstream_unavailable"]);
    assert.match(task.errorMessage ?? "", /could not be fetched within an hour/);
    assert.ok(tookMs > 3_000_000 && tookMs < 4_200_000, `${tookMs} ms`);
    assert.equal(submits, 1);
  });
});
