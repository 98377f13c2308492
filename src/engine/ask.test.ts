import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { scriptedProvider, upstreamError } from "../../test/support/scripted-provider.ts";
import type { UpstreamError } from "../core/outcome.ts";
import { present } from "../lib/assert.ts";
import { UpstreamFailure } from "../providers/provider.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

/** How a task ends whose submit is sent twice under one key, by what the two come to. */
async function endAfter(
  first: Error,
  second: Error | null,
  pauseMs = 60_000,
): Promise<UpstreamError["code"] | null> {
  const provider = scriptedProvider("upstream", [MODEL], {
    traits: { resubmit: "idempotency-key" },
    submits: second === null ? [first] : [first, second],
  });
  const settings = { hardLimitMs: 10 * pauseMs };
  await using bench = await openEngineBench({ providers: [provider], settings });
  const { context, clock, projectId } = bench;
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null };
  const { task } = await submitTask(context, submitter, {
    ...wish,
    idempotency: null,
    loopback: false,
  });
  for (let round = 0; round < 2; round += 1) {
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
    await clock.advance(pauseMs);
  }
  const sent = provider.calls.filter((call) => call === "submit").length;
  assert.equal(sent, second === null ? 1 : 2, provider.calls.join());
  return present(await context.store.tasks.find(projectId, task.id), task.id).task.errorCode;
}

test("a file that is gone by the second submit says nothing about the first", async () => {
  const gone = upstreamError({ code: "input_unreachable", retry: "never" });
  const code = await endAfter(new Error("socket hang up"), new UpstreamFailure(gone));
  assert.equal(code, "unknown_outcome");
});

test("a key that its upstream may have forgotten is not sent again", async () => {
  const code = await endAfter(new Error("socket hang up"), null, 86_400_000);
  assert.equal(code, "unknown_outcome");
});
