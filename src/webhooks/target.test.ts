import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutbound } from "../lib/outbound.ts";
import { createCallbackJudge } from "./target.ts";

const judge = createCallbackJudge(
  createOutbound({
    userAgent: "test",
    ownPorts: () => [8787],
    resolve: async () => assert.fail("looked up"),
  }),
);

const FRAGMENT = "must not carry a fragment: what stands behind # is never sent";
const CALLBACKS: readonly (readonly [string, boolean, string | null])[] = [
  ["https://hooks.example.com/vidgo?token=a%20b", false, null],
  ["http://hooks.example.com:3000/", false, null],
  ["https://does-not-resolve.invalid/", false, null],
  ["ftp://hooks.example.com/", false, "must be an http or https URL"],
  ["hooks.example.com/x", false, "must be an absolute http or https URL"],
  ["https://u:p@hooks.example.com/", false, "must not carry a user name or password"],
  ["https://hooks.example.com:6379/", false, "must not use port 6379"],
  ["https://hooks.example.com/#/vidgo", false, FRAGMENT],
  ["http://127.0.0.1:3000/", false, "must lead to a public address"],
  ["http://localhost:3000/", false, "must lead to a public address"],
  ["http://127.0.0.1:3000/", true, null],
  ["http://localhost:3000/", true, null],
  ["http://localhost:8787/", true, "must lead to a public address"],
  ["http://10.0.0.1/", true, "must lead to a public address"],
];

for (const [url, loopback, expected] of CALLBACKS) {
  test(`createCallbackJudge() judges ${url}${loopback ? " asked for from here" : ""}`, () => {
    assert.equal(judge(url, loopback), expected);
  });
}
