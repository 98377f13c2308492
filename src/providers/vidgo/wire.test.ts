import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../../test/support/hand-clock.ts";
import type { SubmitOutcome } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import type { ProviderContext } from "../provider.ts";
import { readProduction } from "./production.ts";
import { vidgoProvider } from "./provider.ts";
import { taskFailure } from "./wire.ts";

const CONTEXT: ProviderContext = {
  account: { id: "main", baseUrl: "https://api.example.com", secret: { key: "hunter2hunter2" } },
  signal: new AbortController().signal,
  clock: makeHandClock(),
  request: () => assert.fail("nothing is asked"),
  input: () => assert.fail("nothing is fetched"),
  stage: () => assert.fail("nothing is staged"),
  wake() {},
};

/** What a submit comes to that the host answers so. */
function submitAnswered(status: number, body: Json | string): Promise<SubmitOutcome> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = { status, headers: new Headers(), body: Buffer.from(text) };
  const context = { ...CONTEXT, request: async () => response };
  return vidgoProvider({ models: {}, resubmit: "blind" }).submit({ body: {} }, context);
}

test("submit() believes the code in the body when it is an error", async () => {
  const data = { task_id: "t" };
  assert.equal((await submitAnswered(200, { code: 200, data })).kind, "accepted");
  assert.equal((await submitAnswered(200, { code: 0, data })).kind, "accepted");
  const broke = { code: 402, error: { message: "no credits" }, data };
  assert.equal((await submitAnswered(200, broke)).kind, "rejected");
  assert.equal((await submitAnswered(500, { code: 200, data })).kind, "unknown");
});

test("submit() takes a success without a task for an unknown outcome", async () => {
  for (const body of ["<html>", "[]", "null", '{"data":[]}', '{"data":"x"}']) {
    assert.equal((await submitAnswered(200, body)).kind, "unknown", body);
  }
});

for (const [status, type, code, retry] of [
  [400, "validation_error", "invalid_request", "never"],
  [400, "content_moderation_error", "content_policy", "never"],
  [401, "authentication_error", "auth", "other-route"],
  [402, "insufficient_credits_error", "quota_exhausted", "other-route"],
  [403, "permission_denied_error", "permission", "other-route"],
  [404, "resource_not_found_error", "model_unavailable", "other-route"],
  [413, "payload_too_large", "invalid_request", "never"],
  [429, "rate_limit_error", "rate_limited", "same-route"],
  [503, "service_error", "upstream_unavailable", "same-route"],
] as const) {
  test(`submit() reads ${status} ${type} as ${code}`, async () => {
    const body = { code: status, error: { message: "No", type } };
    for (const http of [status, 200]) {
      const outcome = await submitAnswered(http, body);
      const error = "error" in outcome ? outcome.error : null;
      assert.deepEqual([error?.code, error?.retry], [code, retry]);
    }
  });
}

test("taskFailure() keeps the code of a fellow gateway, but not its operator's troubles", () => {
  const failed = (fields: JsonObject) => taskFailure({ status: "failed", ...fields }, CONTEXT);
  assert.equal(failed({ error_code: "input_unreachable" }).code, "input_unreachable");
  assert.equal(failed({ error_code: "quota_exhausted" }).code, "generation_failed");
  assert.equal(failed({ error_code: "nonsense" }).code, "generation_failed");
  assert.equal(
    failed({ error_message: "The prompt violates our content policy" }).code,
    "content_policy",
  );
  const { message } = failed({
    error_message: "Key hunter2hunter2 at https://x.example/y <b>no</b>",
  });
  assert.ok(!/hunter2|https?:|<b>/.test(message), message);
  assert.notEqual(failed({}).message, "");
});

test("readProduction() tells what the host charges, exact where it says so", () => {
  const file = { file_url: "https://f.example/a.png", file_type: "image" };
  const cost = (facts: JsonObject) => readProduction({ files: [file], ...facts }, SOURCE)?.cost;
  assert.deepEqual(cost({ credits: "8.48", credits_amount: 9 }), {
    ...{ amount: "8.48", unit: "credits" },
  });
  assert.deepEqual(cost({ credits_amount: 12 }), { amount: "12", unit: "credits" });
  assert.equal(cost({}), undefined);
});

const SOURCE = { taskId: "t", media: "music", baseUrl: "https://api.example.com" };

/** Items as the music documentation shows them, and what becomes of each. */
const ITEMS: readonly (readonly [JsonObject, JsonObject, number])[] = [
  [{ file_url: "https://f.example/a.png", file_type: "image" }, { kind: "media", file: 0 }, 1],
  [
    { audio_id: "a", audio_url: "https://f.example/a.mp3", image_url: "https://f.example/a.jpg" },
    { kind: "track", audioId: "a", audio: 0, image: 1 },
    2,
  ],
  [{ wav_url: "https://f.example/a.wav" }, { kind: "link", field: "wav_url", file: 0 }, 1],
  [{ video_url: "https://f.example/a.mp4" }, { kind: "link", field: "video_url", file: 0 }, 1],
  [
    { separate_vocals: '{"vocal_url":"https://f.example/v.mp3","instrumental_url":""}' },
    { kind: "bundle", field: "separate_vocals", files: { vocal_url: 0, instrumental_url: null } },
    1,
  ],
  [
    { generate_cover: '[{"file_url":"https://f.example/1.png","file_type":"image"}]' },
    { kind: "images", field: "generate_cover", files: [0] },
    1,
  ],
  [{ title: "Rain", text: "La la" }, { kind: "text", fields: { title: "Rain", text: "La la" } }, 0],
  [{ persona_id: "p" }, { kind: "text", fields: { persona_id: "p" } }, 0],
];

for (const [item, expected, files] of ITEMS) {
  test(`readProduction() reads ${Object.keys(item).join(", ")}`, () => {
    const production = readProduction({ files: [item] }, SOURCE);
    assert.partialDeepStrictEqual(production?.outputs, [expected]);
    assert.equal(production?.artifacts.length, files);
    assert.ok(production?.artifacts.every(({ source }) => source.kind === "url"));
  });
}

test("readProduction() notes what later tasks can build on", () => {
  const files = [{ audio_id: "a", audio_url: "https://f.example/a.mp3" }, { persona_id: "p" }];
  assert.deepEqual(readProduction({ files }, SOURCE)?.creations, [
    { id: "a", kind: "audio", file: 0, ref: { id: "a", task_id: "t" } },
    { id: "p", kind: "persona", file: null, ref: { id: "p", task_id: "t" } },
  ]);
});

test("readProduction() leaves nothing behind: an item that it cannot read spoils the whole", () => {
  const good = { file_url: "https://f.example/a.png", file_type: "image" };
  for (const bad of [null, 5, {}, { weight: 3 }]) {
    assert.equal(readProduction({ files: [good, bad] }, SOURCE), null, JSON.stringify(bad));
  }
  assert.deepEqual(readProduction({ files: [] }, SOURCE)?.outputs, []);
});

test("readProduction() fetches the host's own links through the account", () => {
  const files = [{ file_url: "https://api.example.com/files/1.png", file_type: "image" }];
  const [artifact] = readProduction({ files }, SOURCE)?.artifacts ?? [];
  assert.deepEqual(artifact?.source, {
    kind: "upstream",
    ref: { url: "https://api.example.com/files/1.png" },
  });
});
