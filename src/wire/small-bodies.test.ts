import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGolden } from "../../test/support/golden.ts";
import { SAMPLE_MS, sampleTask } from "../../test/support/wire-samples.ts";
import { API_ERRORS, GatewayError } from "../core/error.ts";
import { balanceData } from "./balance.ts";
import { cancelData } from "./cancel.ts";
import { errorBody, successBody } from "./envelope.ts";
import { modelData, modelDetailData } from "./model.ts";
import { quoteData } from "./quote.ts";
import { receiptData } from "./receipt.ts";
import { wireTime } from "./time.ts";

test("receiptData() repeats the first answer, however far the task has come", () => {
  const fresh = receiptData(sampleTask());
  assert.deepEqual(receiptData(sampleTask({ stage: "failed", errorMessage: "late" })), fresh);
  matchGolden("http-submit", successBody(fresh));
});

test("cancelData() shows the task as it ended", () => {
  const end = {
    stage: "failed",
    errorCode: "canceled",
    errorMessage: "Canceled on request",
  } as const;
  const ended = sampleTask({ ...end, cancelAtMs: SAMPLE_MS, finishedAtMs: SAMPLE_MS });
  matchGolden("http-cancel", successBody(cancelData(ended)));
});

test("wireTime() writes each moment by its own second", () => {
  const times = [0, 999, 1_000, 999, -1, 1_762_943_400_000, 1_762_943_400_999];
  assert.deepEqual(times.map(wireTime), [
    "1970-01-01T00:00:00",
    "1970-01-01T00:00:00",
    "1970-01-01T00:00:01",
    "1970-01-01T00:00:00",
    "1969-12-31T23:59:59",
    "2025-11-12T10:30:00",
    "2025-11-12T10:30:00",
  ]);
});

test("balanceData() rounds down, never below zero, and keeps the exact amount beside", () => {
  matchGolden("http-balance", {
    plenty: successBody(balanceData("owner@example.com", 17_276_999)),
    none: successBody(balanceData("owner@example.com", 0)),
    below: successBody(balanceData("owner@example.com", -1_500)),
  });
});

test("quoteData() rounds up and tells an unknown price", () => {
  matchGolden("http-quote", {
    known: successBody(quoteData("grok-imagine", 30_001)),
    free: successBody(quoteData("grok-imagine", 0)),
    unknown: successBody(quoteData("grok-imagine", null)),
  });
});

test("modelData() and modelDetailData() show a model", () => {
  const model = {
    id: "kling-3.0/pro",
    media: "video",
    summary: "Films.",
    input: { type: "object", required: ["prompt"] },
    rules: [],
    price: { summary: "30 credits", quote: () => 30_000 },
    softLimitMs: 3_600_000,
    examples: [{ prompt: "a fox" }],
    deprecation: null,
  } as const;
  matchGolden("http-model", {
    listed: modelData(model, { providers: ["kling"], why: "kling by KLING_API_KEY" }),
    alone: modelDetailData(
      { ...model, price: null, deprecation: "Use another" },
      { providers: [], why: "set KLING_API_KEY" },
      {
        hardLimitMs: 86_400_000,
        inputBytesMax: 1_000,
        submitsPerMinute: 60,
        openTasksMax: null,
        members: {
          prompt: { required: true, lengthMin: 1, lengthMax: 1000 },
          image_urls: { required: false, itemsMin: 1, itemsMax: 4 },
          duration: { required: false, values: [5, 10] },
        },
      },
    ),
  });
});

test("errorBody() has code, message and type, and never data", () => {
  const bodies = Object.keys(API_ERRORS).map((code) => {
    const known = Object.entries(API_ERRORS).find(([name]) => name === code);
    return [code, { status: known?.[1].status, type: known?.[1].type }];
  });
  matchGolden("http-errors", Object.fromEntries(bodies));
  const error = new GatewayError("rate_limited", "Rate limit exceeded", { cause: "secret" });
  assert.deepEqual(errorBody(error), {
    code: 429,
    error: { message: "Rate limit exceeded", type: "rate_limit_error" },
  });
});

test("wireTime() is UTC to the second without a zone", () => {
  assert.equal(wireTime(SAMPLE_MS), "2025-11-12T10:30:00");
  assert.equal(wireTime(0), "1970-01-01T00:00:00");
});
