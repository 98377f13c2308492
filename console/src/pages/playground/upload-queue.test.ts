import assert from "node:assert/strict";
import { test } from "node:test";
import { arrived } from "./upload-queue.ts";

const there = (url: string) => ({ url, fault: null });
const onItsWay = { url: null, fault: null };
const failed = { url: null, fault: "too large" };

test("arrived() keeps the order in which files were chosen", () => {
  assert.deepEqual(arrived([onItsWay, there("b")]), { urls: [], rest: [onItsWay, there("b")] });
  assert.deepEqual(arrived([there("a"), there("b"), onItsWay]), {
    urls: ["a", "b"],
    rest: [onItsWay],
  });
});

test("arrived() lets nobody wait for one that failed, and keeps it in sight", () => {
  assert.deepEqual(arrived([failed, there("b"), onItsWay, there("d")]), {
    urls: ["b"],
    rest: [failed, onItsWay, there("d")],
  });
});
