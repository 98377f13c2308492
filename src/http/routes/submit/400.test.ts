import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type CallOptions, errorOf, startHttp } from "../../../../test/support/http.ts";

const BODY = { model: "grok-imagine", input: { prompt: "a red fox" } };
const JSON_HEADERS = { "content-type": "application/json" };
const raw = (payload: string | Buffer): CallOptions => ({ payload, headers: JSON_HEADERS });

const rig = await startHttp({ after });

const REFUSALS: readonly (readonly [string, CallOptions, RegExp])[] = [
  ["an empty body", raw(""), /^Body is empty; expected a JSON object$/],
  ["no body at all", {}, /^Body is empty; expected a JSON object$/],
  [
    "malformed JSON",
    raw('{"model": "grok-imagine",\n "input": }'),
    /^Body is not valid JSON at line 2, column 11: expected a value$/,
  ],
  ["a body that is not UTF-8", raw(Buffer.from([0x22, 0xff, 0x22])), /^Body is not UTF-8/],
  ["an array", { json: [BODY] }, /^Body is an array; expected a JSON object$/],
  ["a missing model", { json: { input: {} } }, /^model is required$/],
  ["a model of the wrong type", { json: { ...BODY, model: 5 } }, /^model is a number; expected/],
  ["an input of the wrong type", { json: { ...BODY, input: "x" } }, /^input is a string; expected/],
  ["a missing prompt", { json: { model: "grok-imagine" } }, /prompt is required/],
  [
    "a value out of the list",
    { json: { ...BODY, input: { prompt: "x", duration: 7 } } },
    /duration must be one of: 6, 10/,
  ],
  [
    "a callback_url of the wrong type",
    { json: { ...BODY, callback_url: ["https://a.example"] } },
    /^callback_url is an array; expected/,
  ],
  [
    "a callback_url that may not be called",
    { json: { ...BODY, callback_url: "ftp://a.example" } },
    /^callback_url must be an http or https URL$/,
  ],
  [
    "a callback_url with a user name",
    { json: { ...BODY, callback_url: "https://me:secret@a.example/hook" } },
    /^callback_url must not carry a user name or password$/,
  ],
  [
    "a callback_url that is too long",
    { json: { ...BODY, callback_url: `https://a.example/${"x".repeat(2_048)}` } },
    /^callback_url must not be longer than 2048 characters$/,
  ],
  [
    "a callback_url inside a private network",
    { json: { ...BODY, callback_url: "http://169.254.169.254/latest" } },
    /^callback_url must /,
  ],
  [
    "a callback_url to this machine through a proxy",
    {
      json: { ...BODY, callback_url: "http://127.0.0.1:9999/hook" },
      headers: { "x-forwarded-for": "1.2.3.4" },
    },
    /^callback_url must /,
  ],
  [
    "a callback_url to the gateway itself",
    { json: { ...BODY, callback_url: "http://127.0.0.1:8787/hook" } },
    /^callback_url must /,
  ],
  [
    "an Idempotency-Key with a space",
    { json: BODY, headers: { "idempotency-key": "a b" } },
    /^Idempotency-Key is not a key; expected 1 to 255 visible ASCII characters$/,
  ],
  [
    "an Idempotency-Key that is too long",
    { json: BODY, headers: { "idempotency-key": "x".repeat(256) } },
    /^Idempotency-Key is not a key/,
  ],
  [
    "an empty Idempotency-Key",
    { json: BODY, headers: { "idempotency-key": "" } },
    /^Idempotency-Key is not a key/,
  ],
  [
    "a reserved name",
    raw('{"model": "grok-imagine", "input": {"prompt": "x", "__proto__": {"a": 1}}}'),
    /^Body\.input has the reserved name __proto__$/,
  ],
  [
    "a reserved name that is escaped",
    raw('{"model": "grok-imagine", "input": {"\\u005f_proto__": 1}}'),
    /has the reserved name __proto__$/,
  ],
  [
    "a constructor with a prototype",
    raw('{"model": "m", "constructor": {"prototype": {"a": 1}}}'),
    /^Body has the reserved name constructor$/,
  ],
  [
    "a NUL in a text",
    { json: { ...BODY, input: { prompt: "a\u0000b" } } },
    /^Body\.input\.prompt has a NUL character in its text$/,
  ],
  [
    "half a surrogate pair",
    { json: { ...BODY, input: { prompt: "a\ud800b" } } },
    /^Body\.input\.prompt has half a surrogate pair in its text$/,
  ],
  [
    "a number beyond a double",
    raw('{"model": "grok-imagine", "input": {"prompt": "x", "duration": 1e999}}'),
    /^Body\.input\.duration is a number beyond the range of a double$/,
  ],
  [
    "nesting beyond 32 levels",
    raw(`{"model": "m", "input": ${"[".repeat(40)}${"]".repeat(40)}}`),
    /^Body is nested deeper than 32 levels$/,
  ],
  [
    "nesting that would break a recursive parser",
    raw("[".repeat(100_000) + "]".repeat(100_000)),
    /^Body is nested deeper than 32 levels$/,
  ],
  [
    "more than 10,000 values",
    { json: { ...BODY, input: { prompt: Array.from({ length: 10_001 }, () => 1) } } },
    /^Body has more than 10000 values$/,
  ],
];

for (const [name, options, message] of REFUSALS) {
  test(`submit refuses ${name} and leaves nothing behind`, async () => {
    const before = await rig.store.tasks.balance(rig.projectId);
    const answer = await rig.call("POST", "/api/generate/submit", options);
    assert.equal(answer.statusCode, 400);
    const error = errorOf(answer);
    assert.match(error.message, message);
    assert.equal(error.type, "validation_error");
    assert.equal(await rig.countTasks(), 0);
    assert.equal(await rig.store.tasks.balance(rig.projectId), before);
  });
}

test("submit takes words that only look reserved", async (t) => {
  const rig = await startHttp(t);
  const json = { ...BODY, constructor: "x", input: { prompt: "__proto__ \\u0000 1e999 é" } };
  assert.equal((await rig.call("POST", "/api/generate/submit", { json })).statusCode, 200);
});

test("submit forgets a refused Idempotency-Key", async (t) => {
  const rig = await startHttp(t);
  const headers = { "idempotency-key": "again" };
  const refused = { json: { model: "grok-imagine" }, headers };
  assert.equal((await rig.call("POST", "/api/generate/submit", refused)).statusCode, 400);
  const good = await rig.call("POST", "/api/generate/submit", { json: BODY, headers });
  assert.equal(good.statusCode, 200);
});
