import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { type TestContext, test } from "node:test";
import { followEvents } from "./follow-events.ts";

/** Follows streams that the test opens, beats and ends by hand; time goes by hand too. */
function setup(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const stop = new AbortController();
  const streams: { from: string; line: ReadableStreamDefaultController<Uint8Array> }[] = [];
  const heard: string[] = [];
  const done = followEvents({
    place: async () => "7",
    async open(from, signal) {
      const body = new ReadableStream<Uint8Array>({
        start(line) {
          streams.push({ from, line });
          signal.addEventListener("abort", () => line.error(signal.reason), { once: true });
        },
      });
      return new Response(body);
    },
    hear: ({ id }) => heard.push(id),
    onState: () => {},
    signal: stop.signal,
  });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    heard,
    stop,
    done,
    begun: () => streams.map(({ from }) => from),
    async tell(text: string) {
      await turn();
      streams.at(-1)?.line.enqueue(new TextEncoder().encode(text));
      await turn();
    },
    async lose() {
      await turn();
      streams.at(-1)?.line.close();
      await turn();
    },
    async wait(ms: number) {
      await turn();
      t.mock.timers.tick(ms);
      await turn();
    },
  };
}

test("followEvents() begins anew where it began, when it was lost before any event", async (t) => {
  const { begun, lose, wait, stop, done } = setup(t);
  await lose();
  await wait(1_000);
  assert.deepEqual(begun(), ["7", "7"]);
  stop.abort();
  await done;
});

test("followEvents() goes on after the last event", async (t) => {
  const { begun, tell, heard, lose, wait, stop, done } = setup(t);
  await tell("id: 9\ndata: {}\n\n");
  await lose();
  await wait(1_000);
  assert.deepEqual([heard, begun()], [["9"], ["7", "9"]]);
  stop.abort();
  await done;
});

test("followEvents() opens another stream when one says nothing any more", async (t) => {
  const { begun, tell, wait, stop, done } = setup(t);
  for (let beat = 0; beat < 4; beat += 1) {
    await tell(": alive\n\n");
    await wait(15_000);
  }
  assert.equal(begun().length, 1);
  await wait(40_000);
  await wait(1_000);
  assert.equal(begun().length, 2);
  stop.abort();
  await done;
});

test("followEvents() leaves nothing behind at its signal with each loss", async (t) => {
  const { lose, wait, stop, done } = setup(t);
  for (let loss = 0; loss < 5; loss += 1) {
    await lose();
    await wait(10_000);
  }
  assert.equal(getEventListeners(stop.signal, "abort").length, 0);
  stop.abort();
  await done;
});
