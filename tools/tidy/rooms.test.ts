import assert from "node:assert/strict";
import { test } from "node:test";
import { ROOMS, roomsRule } from "./rooms.ts";
import { tryRule } from "./try-rule.ts";

/** What is said when the file at `path` imports `target`, which is there. */
function importing(path: string, statement: string, target: string): readonly string[] {
  return tryRule(roomsRule, { [path]: statement, [target]: "export const x = 1;" });
}

const REFUSED: readonly (readonly [string, string, string, RegExp])[] = [
  ["src/lib/json.ts", "../core/task.ts", "src/core/task.ts", /lib may not import core.*nothing/],
  ["src/core/task.ts", "../wire/task.ts", "src/wire/task.ts", /core may not import wire/],
  ["src/store/rows.ts", "../files/link.ts", "src/files/link.ts", /store may not import files/],
  [
    "src/providers/x.ts",
    "../store/store.ts",
    "src/store/store.ts",
    /providers may not import store/,
  ],
  ["src/engine/a.ts", "../http/app.ts", "src/http/app.ts", /engine may not import http/],
  [
    "src/engine/a.ts",
    "../store/sqlite/a.ts",
    "src/store/sqlite/a.ts",
    /not know the sqlite driver/,
  ],
  [
    "src/client/a.ts",
    "../engine/b.ts",
    "src/engine/b.ts",
    /client may not import engine: it knows wire/,
  ],
  ["src/http/a.ts", "../gateway.ts", "src/gateway.ts", /http may not import gateway/],
  ["src/core/a.ts", "../../tools/b.ts", "tools/b.ts", /core reaches out of src\/ to tools\/b.ts/],
  ["console/src/a.ts", "../../src/core/b.ts", "src/core/b.ts", /console may not import core/],
  ["src/attic/a.ts", "../lib/json.ts", "src/lib/json.ts", /room attic has no row/],
  [
    "src/providers/xai/provider.ts",
    "../fal/wire.ts",
    "src/providers/fal/wire.ts",
    /provider xai may not import provider fal/,
  ],
  ["src/providers/upstream.ts", "./fal/wire.ts", "src/providers/fal/wire.ts", /only registry.ts/],
];

for (const [path, specifier, target, expected] of REFUSED) {
  test(`roomsRule() refuses ${target} in ${path}`, () => {
    const found = importing(path, `import { x } from "${specifier}";`, target);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0] ?? "", expected);
  });
}

const ACCEPTED: readonly (readonly [string, string, string])[] = [
  ["src/http/a.ts", 'import { x } from "../engine/b.ts";', "src/engine/b.ts"],
  [
    "src/providers/xai/a.ts",
    'import type { X } from "../../models/model.ts";',
    "src/models/model.ts",
  ],
  [
    "src/providers/registry.ts",
    'import { x } from "./fal/provider.ts";',
    "src/providers/fal/provider.ts",
  ],
  ["src/gateway.ts", 'import { x } from "./store/sqlite/a.ts";', "src/store/sqlite/a.ts"],
  ["src/core/a.test.ts", 'import { x } from "../http/b.ts";', "src/http/b.ts"],
];

for (const [path, statement, target] of ACCEPTED) {
  test(`roomsRule() accepts ${target} in ${path}`, () => {
    assert.deepEqual(importing(path, statement, target), []);
  });
}

test("roomsRule() takes types where it refuses values", () => {
  const target = "src/models/model.ts";
  const path = "src/providers/registry.ts";
  assert.deepEqual(importing(path, 'import type { X } from "../models/model.ts";', target), []);
  assert.deepEqual(importing(path, 'import { type X } from "../models/model.ts";', target), []);
  assert.equal(importing(path, 'import { x } from "../models/model.ts";', target).length, 1);
});

test("ROOMS points down only: no two rooms know each other", () => {
  for (const [name, room] of Object.entries(ROOMS)) {
    for (const other of room.knows) {
      assert.ok(!ROOMS[other]?.knows.includes(name), `${name} and ${other} know each other`);
    }
  }
});

test("roomsRule() refuses a cycle and spells it out", () => {
  const files = {
    "src/core/a.ts": 'import { b } from "./b.ts";',
    "src/core/b.ts": 'import { c } from "./c.ts";',
    "src/core/c.ts": 'import { a } from "./a.ts";',
  };
  assert.deepEqual(tryRule(roomsRule, files), [
    "src/core/a.ts:1 a cycle of imports: core/a.ts → core/b.ts → core/c.ts → core/a.ts",
  ]);
});

test("roomsRule() takes no worker that imports from its starter for a cycle", () => {
  const files = {
    "src/core/pool.ts": 'new Worker(new URL("./worker.ts", import.meta.url));',
    "src/core/worker.ts": 'import { a } from "./pool.ts";',
  };
  assert.deepEqual(tryRule(roomsRule, files), []);
});

test("roomsRule() refuses an import of a file that is not there", () => {
  const found = tryRule(roomsRule, { "src/core/a.ts": '\nimport { b } from "./b.ts";' });
  assert.deepEqual(found, ["src/core/a.ts:2 ./b.ts is not there"]);
});

test("roomsRule() finds files that no command reaches, once there is a program", () => {
  const files = {
    "src/core/used.ts": "",
    "src/core/worker.ts": "",
    "src/core/tested.ts": "",
    "src/core/lost.ts": "",
    "src/core/tested.test.ts": 'import { x } from "./tested.ts";',
    "test/support/clock.ts": "",
  };
  assert.deepEqual(tryRule(roomsRule, files), []);
  const main = 'import "./core/used.ts"; new URL("./core/worker.ts", import.meta.url);';
  const found = tryRule(roomsRule, { ...files, "src/main.ts": main });
  const dead = found.filter((each) => each.includes("reach"));
  assert.deepEqual(dead, [
    "src/core/tested.ts:1 only tests reach this file: use it or delete it",
    "src/core/lost.ts:1 nothing reaches this file: use it or delete it",
    "test/support/clock.ts:1 nothing reaches this file: use it or delete it",
  ]);
});
