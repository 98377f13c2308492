import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger, type LogFields, scrub, silentLog } from "./log.ts";

function setup(level: "info" | "warn" | "error" | "silent" = "info") {
  const lines: string[] = [];
  const log = createLogger({ level, destination: { write: (line: string) => lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "null") };
}

test("createLogger() writes one JSON line with level, time, fields and message", () => {
  const { log, lines, last } = setup();
  log.info({ taskId: "task-unified-1-a", durationMs: 12 }, "Task accepted");
  assert.equal(lines.length, 1);
  const { time, ...rest } = last();
  assert.ok(!Number.isNaN(Date.parse(time)));
  assert.deepEqual(rest, {
    level: "info",
    taskId: "task-unified-1-a",
    durationMs: 12,
    msg: "Task accepted",
  });
});

test("createLogger() drops every field that is not on its list", () => {
  const { log, last } = setup();
  const smuggled: LogFields & Record<string, unknown> = {
    taskId: "t",
    prompt: "canary",
    body: "canary",
    authorization: "canary",
    input: { a: "canary" },
  };
  log.info(smuggled, "x");
  assert.equal(last().taskId, "t");
  assert.ok(!JSON.stringify(last()).includes("canary"));
});

test("createLogger() drops a listed field whose value is not a plain one", () => {
  const { log, last } = setup();
  const fields = { detail: { secret: "canary" } };
  log.info(JSON.parse(JSON.stringify(fields)), "x");
  assert.equal(last().detail, undefined);
});

test("createLogger() leaves out lines below its level", () => {
  const { log, lines } = setup("warn");
  log.info({}, "a");
  log.warn({}, "b");
  log.error({}, "c");
  assert.equal(lines.length, 2);
});

test("createLogger() writes errors with name, message, frames and cause, scrubbed", () => {
  const { log, last } = setup();
  const cause = new TypeError("GET https://u:p@host.example/a?token=canary failed");
  log.error({ error: new Error("Bearer vg_live_canarycanary", { cause }) }, "Broken");
  const { error } = last();
  assert.equal(error.name, "Error");
  assert.equal(error.cause.name, "TypeError");
  assert.equal(error.cause.message, "GET https://host.example/a failed");
  assert.ok(error.stack.length > 0 && error.stack.every((line: string) => line.startsWith("at ")));
  assert.ok(!JSON.stringify(last()).includes("canary"));
});

test("createLogger() survives a ring of causes and a thrown text", () => {
  const { log, last } = setup();
  const error = new Error("a");
  error.cause = error;
  log.error({ error }, "x");
  assert.equal(last().error.cause.cause.cause, undefined);
  log.error({ error: "plain" }, "x");
  assert.deepEqual(last().error, { name: "NotAnError", message: "plain" });
});

test("createLogger() keeps a message on one line", () => {
  const { log, lines } = setup();
  log.info({ detail: 'a\n{"level":"error","msg":"forged"}' }, "b\r\nc");
  assert.equal(lines.join("").trimEnd().split("\n").length, 1);
});

const SCRUBBED: readonly (readonly [string, string])[] = [
  ["https://h.example/p?x=1#f", "https://h.example/p"],
  [
    "see https://h.example/p?x=1 and http://user:pw@i.example/q",
    "see https://h.example/p and http://i.example/q",
  ],
  ["key sk-abcdefghijkl", "key [secret]"],
  ["Authorization: Bearer abc.def-ghi_jkl", "Authorization: [secret]"],
  ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "[secret]"],
  ["jwt eyJhbGciOi.eyJzdWIi.c2ln", "jwt [secret]"],
  ["task-unified-1790000000-abc finished", "task-unified-1790000000-abc finished"],
  ["x".repeat(600), `${"x".repeat(500)}…`],
];

for (const [text, expected] of SCRUBBED) {
  test(`scrub() turns ${text.slice(0, 40)} into ${expected.slice(0, 40)}`, () => {
    assert.equal(scrub(text), expected);
  });
}

test("silentLog says nothing and does not throw", () => {
  silentLog.info({}, "a");
  silentLog.warn({}, "a");
  silentLog.error({ error: new Error("x") }, "a");
});
