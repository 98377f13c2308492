import assert from "node:assert/strict";
import { test } from "node:test";
import { readBlock, readEvents, type ServerEvent } from "./server-events.ts";

test("readBlock() reads type, id and data, and passes over comments", () => {
  assert.deepEqual(readBlock('event: task.finished\nid: 7\ndata: {"a":1}'), {
    type: "task.finished",
    id: "7",
    data: '{"a":1}',
  });
  assert.deepEqual(readBlock("data: a\ndata: b"), { type: "message", id: "", data: "a\nb" });
  assert.equal(readBlock(": beat"), null);
});

test("readEvents() joins events that arrive in pieces, also within a character", async () => {
  const bytes = new TextEncoder().encode("data: ä\r\n\r\n: beat\n\ndata: second\n\ndata: cut");
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const heard: ServerEvent[] = [];
  await readEvents(body, (event) => heard.push(event));
  assert.deepEqual(
    heard.map(({ data }) => data),
    ["ä", "second"],
  );
});
