import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createGate } from "./gate.ts";

test("tryEnter() lets in up to the limits of a key and of all", () => {
  const gate = createGate({ totalMax: 3, perKeyMax: 2 });
  const places = ["a", "a", "a", "b", "b"].map((key) => gate.tryEnter(key));
  assert.deepEqual(
    places.map((place) => place !== null),
    [true, true, false, true, false],
  );
});

test("a place that is given back is given to one who waits for its key", async () => {
  const gate = createGate({ totalMax: 2, perKeyMax: 1 });
  const first = await gate.enter("a");
  const order: string[] = [];
  const second = gate.enter("a").then((place) => {
    order.push("second a");
    return place;
  });
  await gate.enter("b").then(() => order.push("b"));
  first[Symbol.dispose]();
  await second;
  assert.deepEqual(order, ["b", "second a"]);
});

test("a busy key does not hold up the others behind it", async () => {
  const gate = createGate({ totalMax: 2, perKeyMax: 1 });
  const busy = await gate.enter("busy");
  void gate.enter("busy").then((place) => place[Symbol.dispose]());
  using _other = await gate.enter("other");
  busy[Symbol.dispose]();
});

test("of those who wait, the group that is inside with the fewest goes first", async () => {
  const gate = createGate({ totalMax: 3, perKeyMax: 1 });
  const first = await gate.enter("a1", undefined, "a");
  await gate.enter("a2", undefined, "a");
  await gate.enter("c1", undefined, "c");
  const order: string[] = [];
  const wait = (key: string, group: string) =>
    gate.enter(key, undefined, group).then((place) => {
      order.push(key);
      return place;
    });
  const waiting = [wait("a3", "a"), wait("a4", "a"), wait("b1", "b"), wait("b2", "b")];
  first[Symbol.dispose]();
  const place = await waiting[2];
  place?.[Symbol.dispose]();
  await waiting[3];
  assert.deepEqual(order, ["b1", "b2"]);
});

test("enter() gives up with the signal's reason and leaves no trace", async () => {
  const gate = createGate({ totalMax: 1, perKeyMax: 1 });
  const held = await gate.enter("a");
  const stop = new AbortController();
  const waiting = gate.enter("a", stop.signal);
  stop.abort("enough");
  assert.equal(await waiting.catch((reason: unknown) => reason), "enough");
  held[Symbol.dispose]();
  assert.notEqual(gate.tryEnter("a"), null);
  assert.equal(
    await gate.enter("b", AbortSignal.abort("before")).catch((reason) => reason),
    "before",
  );
});

test("a place given back twice counts once", () => {
  const gate = createGate({ totalMax: 1, perKeyMax: 1 });
  const place = gate.tryEnter("a");
  place?.[Symbol.dispose]();
  place?.[Symbol.dispose]();
  assert.notEqual(gate.tryEnter("a"), null);
  assert.equal(gate.tryEnter("a"), null);
});

test("createGate() keeps its limits and lets everybody in, in any order of events", async () => {
  const keys = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      keys,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (all, totalMax, perKeyMax) => {
        const gate = createGate({ totalMax, perKeyMax });
        const inside: string[] = [];
        await Promise.all(
          all.map(async (key) => {
            using _place = await gate.enter(key);
            inside.push(key);
            assert.ok(inside.length <= totalMax);
            assert.ok(inside.filter((other) => other === key).length <= perKeyMax);
            await Promise.resolve();
            inside.splice(inside.indexOf(key), 1);
          }),
        );
        assert.deepEqual(inside, []);
      },
    ),
    { numRuns: 200 },
  );
});
