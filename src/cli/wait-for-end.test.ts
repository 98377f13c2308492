import assert from "node:assert/strict";
import { test } from "node:test";
import { GatewayError } from "../core/error.ts";
import { systemClock } from "../lib/clock.ts";
import type { JsonObject } from "../lib/json.ts";
import type { CommandContext } from "./command.ts";
import { REFUSED } from "./operator.ts";
import { waitForEnd } from "./wait-for-end.ts";

test("waitForEnd() gives the task that ended just before it could be canceled", async () => {
  const giveUp = new AbortController();
  const context: CommandContext = {
    ...{ words: [], environment: {}, clock: systemClock, folder: ".", program: "vidgo" },
    ...{ started: () => {}, signal: giveUp.signal },
    terminal: { print: () => {}, note: () => {}, isScreen: false, width: null },
  };
  let status = "running";
  const operator = {
    home: "here" as const,
    async ask(method: string): Promise<JsonObject> {
      if (method === "POST") {
        throw new GatewayError("conflict", "Task has already ended", { cause: REFUSED });
      }
      const task = { status };
      status = "finished";
      giveUp.abort();
      return task;
    },
    submit: () => assert.fail("nothing is submitted"),
    save: () => assert.fail("nothing is saved"),
    async [Symbol.asyncDispose]() {},
  };
  const ended = await waitForEnd(context, operator, "task_1");
  assert.deepEqual(ended, { kind: "ended", task: { status: "finished" } });
});
