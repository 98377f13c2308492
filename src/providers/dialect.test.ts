import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import type { Json } from "../lib/json.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "./dialect.ts";
import { type ProviderContext, UpstreamFailure, type UpstreamRequest } from "./provider.ts";
import { numberAt, textAt } from "./reading.ts";

const DIALECT: Dialect = {
  headers: bearer,
  readWords: (answer) => ({
    code: textAt(answer, "code") ?? "",
    message: textAt(answer, "message") ?? "",
    retryAfterMs: numberAt(answer, "wait_ms"),
  }),
  statusOf: (answer) => numberAt(answer, "status"),
  meanings: [
    [/^naughty:/, "policy-input"],
    [/broke/, "balance", 403],
    [/^full:/, "busy"],
  ],
};

/** A context whose upstream answers so, and what it was asked. */
function setup(status: number, body: Json | string, headers: Record<string, string> = {}) {
  const asked: UpstreamRequest[] = [];
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const context: ProviderContext = {
    account: { id: "main", baseUrl: "https://api.example.com", secret: { key: "k-secret" } },
    signal: new AbortController().signal,
    clock: makeHandClock(),
    async request(request) {
      asked.push(request);
      return { status, headers: new Headers(headers), body: Buffer.from(text) };
    },
    input: () => assert.fail("nothing is fetched"),
    stage: () => assert.fail("nothing is staged"),
    wake() {},
  };
  return { context, asked };
}

test("ask() posts JSON and gets the rest, as the account and for so long", async () => {
  const { context, asked } = setup(200, {});
  await ask(context, DIALECT, { url: "a", json: { n: 1 }, headers: { "x-more": "1" } });
  await ask(context, DIALECT, { url: "b" });
  await ask(context, DIALECT, { url: "c", method: "DELETE", timeoutMs: 7 });
  const authorization = "Bearer k-secret";
  assert.deepEqual(
    asked.map(({ method, headers, body, timeoutMs }) => [method, headers, body, timeoutMs]),
    [
      [
        "POST",
        { authorization, "content-type": "application/json", "x-more": "1" },
        '{"n":1}',
        60_000,
      ],
      ["GET", { authorization }, undefined, 15_000],
      ["DELETE", { authorization }, undefined, 7],
    ],
  );
});

test("bearer() sends nothing where there is no key", () => {
  assert.deepEqual(bearer({ id: "a", baseUrl: "", secret: { key: "" } }), {});
});

type Reading = readonly [code: string, retry: string, retryAfterMs: number | null];

/** Answers, and code, retry and wait of the error that they come to; `null` for a success. */
const READINGS: readonly (readonly [number, Json, Reading | null])[] = [
  [204, {}, null],
  [200, { status: 402 }, ["quota_exhausted", "other-route", null]],
  [400, { code: "naughty", message: "No" }, ["content_policy", "never", null]],
  [400, { message: "broke" }, ["invalid_request", "never", null]],
  [403, { message: "broke" }, ["quota_exhausted", "other-route", null]],
  [429, { code: "full", wait_ms: 9_000 }, ["concurrency_limited", "same-route", 9_000]],
  // A failure of the server says nothing by its words.
  [500, { code: "naughty", status: 400 }, ["upstream_unavailable", "same-route", null]],
  [302, {}, ["upstream_unavailable", "same-route", null]],
];

for (const [status, body, expected] of READINGS) {
  test(`ask() reads ${status} ${JSON.stringify(body)}`, async () => {
    const { context } = setup(status, body);
    const { error } = await ask(context, DIALECT, { url: "a" });
    const seen = error === null ? null : [error.code, error.retry, error.retryAfterMs];
    assert.deepEqual(seen, expected);
  });
}

test("ask() obeys the header before the words about when to come again", async () => {
  const { context } = setup(429, { code: "full", wait_ms: 9_000 }, { "retry-after": "3" });
  const { error } = await ask(context, DIALECT, { url: "a" });
  assert.equal(error?.retryAfterMs, 3_000);
});

test("submitted() and observed() take what cannot be read for no answer", async () => {
  for (const body of ["<html>", "{}"]) {
    const { context } = setup(200, body);
    const reply = await ask(context, DIALECT, { url: "a" });
    assert.equal((await submitted(reply, () => null)).kind, "unknown");
    assert.equal((await observed(reply, () => null)).kind, "unreachable");
  }
});

test("openResult() tells a result that is gone from one that cannot be had just now", async () => {
  for (const [status, code] of [
    [410, "result_expired"],
    [503, "upstream_unavailable"],
  ] as const) {
    const { context } = setup(status, "");
    await assert.rejects(
      openResult(context, DIALECT, "a"),
      (error) => error instanceof UpstreamFailure && error.error.code === code,
    );
  }
});
