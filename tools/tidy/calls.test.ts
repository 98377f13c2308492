import assert from "node:assert/strict";
import { test } from "node:test";
import { callsRule } from "./calls.ts";
import { tryRule } from "./try-rule.ts";

const ROOM = "src/engine/settle.ts";

/** Cases: a name, the code, and the start of what is said about it; `null` when it may stand. */
const CASES: readonly (readonly [string, string, string | null])[] = [
  ["the environment", "const home = process.env.HOME;", "process.env outside its home"],
  ["the environment by key", 'const home = process.env["HOME"];', "process.env outside its home"],
  ["an exit", "process.exit(1);", "process.exit outside its home"],
  ["the wall clock", "const now = Date.now();", "Date.now outside its home"],
  ["the wall clock as a value", "const now = Date.now;", "Date.now outside its home"],
  ["the present as a date", "const now = new Date();", "Date outside its home"],
  ["a given time as a date", "const then = new Date(5);", null],
  ["a stopwatch", "performance.now();", "performance.now outside its home"],
  ["chance", "Math.random();", "Math.random outside its home"],
  ["a random id", "crypto.randomUUID();", "crypto.randomUUID outside its home"],
  ["a request", 'await fetch("http://x");', "fetch outside its home"],
  ["a request by the global object", 'globalThis.fetch("http://x");', "fetch outside its home"],
  ["a fetch that is handed in", "const ask = (fetch) => fetch(1);", null],
  ["a fetch taken from the context", "function ask({ fetch }) { return fetch(1); }", null],
  ["a timer", "setTimeout(() => {}, 5);", "setTimeout outside its home"],
  ["a repeated timer", "setInterval(() => {}, 5);", "setInterval outside its home"],
  [
    "a timer by import",
    'import { setTimeout } from "node:timers/promises";',
    "imports node:timers/promises outside its home",
  ],
  ["a turn for others", 'import { setImmediate as turn } from "node:timers/promises";', null],
  ["a line on the console", 'console.log("x");', "console outside its home"],
  ["a plain error", 'throw new Error("x");', "throws Error"],
  ["a type error", 'throw new TypeError("x");', "throws TypeError"],
  ["an error of the catalogue", 'throw new GatewayError("internal", "x");', null],
  ["an error passed on", "throw error;", null],
  ["an error as a value", 'const e = new Error("x");', "new Error outside lib/"],
  ["a catch", "try { go(); } catch { stop(); }", "catches outside"],
  ["a finally", "try { go(); } finally { stop(); }", null],
  ["a catch on a promise", "await go().catch(() => null);", "catches outside"],
];

for (const [name, code, expected] of CASES) {
  test(`callsRule() ${expected === null ? "accepts" : "refuses"} ${name}`, () => {
    const found = tryRule(callsRule, { [ROOM]: code });
    if (expected === null) assert.deepEqual(found, []);
    else
      assert.deepEqual(
        found.map((each) => each.startsWith(`${ROOM}:1 ${expected}`)),
        [true],
      );
  });
}

test("callsRule() says what to write instead", () => {
  const found = tryRule(callsRule, { [ROOM]: "\nconst now = Date.now();" });
  assert.deepEqual(found, [`${ROOM}:2 Date.now outside its home: take a Clock (lib/clock.ts)`]);
});

for (const home of ["src/lib/clock.ts", "src/engine/settle.test.ts", "tools/demo.ts"]) {
  test(`callsRule() lets ${home} reach for the world`, () => {
    const code = 'Date.now(); try { throw new Error("x"); } catch {}';
    assert.deepEqual(tryRule(callsRule, { [home]: code }), []);
  });
}

for (const home of [
  "src/engine/scheduler.ts",
  "src/providers/xai/provider.ts",
  "src/store/sqlite/thread.ts",
]) {
  test(`callsRule() lets ${home} catch`, () => {
    assert.deepEqual(tryRule(callsRule, { [home]: "try { go(); } catch {}" }), []);
  });
}
