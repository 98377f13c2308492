import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { openEngineBench, PIXEL } from "../../test/support/engine.ts";
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

interface Upstream {
  /** Where the result has its bytes. */
  readonly source: ArtifactSource;
  /** What its links give in turn, the last one for good; without any, the connection breaks. */
  readonly links?: readonly Uint8Array[];
  /** Whether the submit is answered with the result, so that there is no job. */
  readonly isImmediate?: true;
}

/** The life of a task, for at most six hours. */
async function live({ source, links = [], isImmediate }: Upstream): Promise<Life> {
  const production = resultAt(source);
  const provider = scriptedProvider("upstream", [MODEL], {
    submits: [
      isImmediate === true
        ? { kind: "completed", production }
        : { kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 },
    ],
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const { context, clock, projectId } = bench;
  let polls = 0;
  let opened = 0;
  provider.open = async () => {
    const bytes = links[Math.min(opened++, links.length - 1)];
    if (bytes === undefined) throw new Error("socket hang up");
    return { body: Readable.from([bytes]), sizeBytes: null };
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

const ABSENT = { kind: "staged", name: "absent.png" } as const;
const REMOTE = { kind: "upstream", ref: "gone" } as const;
const PAGE = Buffer.from("<!doctype html><title>Sign in</title>");

describe("a result whose bytes cannot be had", () => {
  test("runClaim() asks for a fresh link, and gives up when ten were dead", async () => {
    const { task, submits, polls } = await live({ source: ABSENT });
    assert.deepEqual([task.stage, task.errorCode], ["failed", "result_expired"]);
    assert.equal(polls, 10);
    assert.equal(submits, 1);
    assert.equal(task.charged, 0);
  });

  test("runClaim() tries an address that does not answer for an hour, and buys once", async () => {
    const { task, submits, tookMs } = await live({ source: REMOTE });
    assert.deepEqual([task.stage, task.errorCode], ["failed", "upstream_unavailable"]);
    assert.match(task.errorMessage ?? "", /could not be fetched within an hour/);
    assert.ok(tookMs > 3_000_000 && tookMs < 4_200_000, `${tookMs} ms`);
    assert.equal(submits, 1);
  });

  test("runClaim() asks for a fresh link when one gives a page, and buys once", async () => {
    const { task, submits, polls, tookMs } = await live({ source: REMOTE, links: [PAGE] });
    assert.deepEqual([task.stage, task.errorCode], ["failed", "invalid_output"]);
    assert.deepEqual([submits, polls], [1, 10]);
    assert.ok(tookMs > 240_000, `${tookMs} ms`);
    const healed = await live({ source: REMOTE, links: [PAGE, PAGE, PIXEL] });
    assert.deepEqual([healed.task.stage, healed.submits, healed.polls], ["finished", 1, 3]);
  });

  test("runClaim() asks about no job where the result came with the answer", async () => {
    const gone = await live({ source: ABSENT, isImmediate: true });
    assert.deepEqual([gone.task.stage, gone.task.errorCode], ["failed", "result_expired"]);
    assert.deepEqual([gone.submits, gone.polls], [1, 0]);
    const links = [PAGE, PIXEL];
    const healed = await live({ source: REMOTE, links, isImmediate: true });
    assert.deepEqual([healed.task.stage, healed.submits, healed.polls], ["finished", 1, 0]);
  });
});
