import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { errorOf, startHttp } from "../../test/support/http.ts";

const rig = await startHttp({ after });
const { models } = rig.services.catalogue;

/** Anything that a client might write where a value is expected. */
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(1e308, -1, 0.1, "\u0000", "\ud800", "__proto__", "x".repeat(20_000), [[[[]]]]),
);

/** A documented input with some members replaced, added or taken away. */
const mutatedInput = fc.constantFrom(...models).chain((model) => {
  const example = model.examples[0] ?? {};
  const names = [...Object.keys(example), "prompt", "n", "duration", "image_urls", "__proto__"];
  const changes = fc.dictionary(fc.constantFrom(...names), anyValue, { maxKeys: 3 });
  return changes.map((members) => ({ model: model.id, input: { ...example, ...members } }));
});

const anyBody = fc.oneof(
  mutatedInput,
  fc.record({ model: anyValue, input: anyValue, callback_url: anyValue }, { requiredKeys: [] }),
  anyValue,
);

for (const url of ["/api/generate/submit", "/api/generate/quote"]) {
  test(`app never fails on any body for ${url}`, async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (json) => {
        const before = await rig.countTasks();
        const answer = await rig.call("POST", url, { json });
        assert.ok(answer.statusCode < 500, `${answer.statusCode} ${answer.body}`);
        if (answer.statusCode === 200) return;
        errorOf(answer);
        assert.equal(await rig.countTasks(), before, "a refusal left a task behind");
      }),
      { numRuns: 150 },
    );
  });
}

test("app never fails on any path, query or header", async () => {
  const word = fc.oneof(
    fc.webSegment(),
    fc.constantFrom("%00", "%zz", "..", "%2e%2e", "a".repeat(400), "constructor", "%F0%9F"),
  );
  const start = fc.constantFrom("api/generate/status", "api/models", "files", "api/generate", "");
  const path = fc.tuple(start, word).map(([folder, name]) => `/${folder}/${name}`);
  const headers = fc.record(
    {
      range: fc.string(),
      "if-none-match": fc.string(),
      "if-range": fc.string(),
      "idempotency-key": fc.string(),
      "content-type": fc.string(),
      origin: fc.string(),
    },
    { requiredKeys: [] },
  );
  const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS" as const);
  await fc.assert(
    fc.asyncProperty(method, path, headers, async (verb, url, sent) => {
      const clean = Object.fromEntries(
        Object.entries(sent).map(([key, value]) => [key, value.replace(/[^\x20-\x7e]/g, "")]),
      );
      const answer = await rig.call(verb, url, { headers: clean });
      assert.ok(answer.statusCode < 500, `${answer.statusCode} ${answer.body}`);
      if (answer.statusCode >= 400 && verb !== "HEAD") errorOf(answer);
    }),
    { numRuns: 500 },
  );
});

test("app logged nothing as its own fault", () => {
  assert.deepEqual(rig.errors, []);
});
