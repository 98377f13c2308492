import assert from "node:assert/strict";
import { test } from "node:test";
import { systemResolve } from "./resolve.ts";

test("systemResolve() finds what only this machine knows", async () => {
  const found = await systemResolve("localhost", new AbortController().signal);
  assert.ok(found.some(({ address, family }) => address === "127.0.0.1" && family === 4));
});

test("systemResolve() gives up with its caller", async () => {
  await assert.rejects(systemResolve("a.invalid", AbortSignal.abort(new Error("enough"))), {
    message: "enough",
  });
});
