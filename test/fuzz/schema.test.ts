import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import { errorOf, type Method, startHttp } from "../support/http.ts";

/** How many requests a run makes, and where it begins: set both to run one again. */
const REQUESTS = Number(process.env.VIDGO_TEST_FUZZ ?? "100000");
const SEED = Number(process.env.VIDGO_TEST_SEED ?? Date.now() % 2 ** 31);

const rig = await startHttp({ after });
const bootstrap = await rig.addKey(rig.projectId, "test", {
  scopes: ["submit", "read", "cancel", "files", "webhooks", "admin"],
});
const openapi: unknown = (await rig.call("GET", "/openapi.json", { key: null })).json();
assert.ok(isJsonObject(openapi) && isJsonObject(openapi.paths));

interface Operation {
  readonly method: Method;
  readonly path: string;
  readonly hasBody: boolean;
}

const METHODS: Readonly<Record<string, Method>> = { get: "GET", post: "POST", delete: "DELETE" };
const documented: readonly Operation[] = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.keys(isJsonObject(item) ? item : {}).flatMap((verb) => {
    const method = METHODS[verb];
    return method === undefined ? [] : [{ method, path, hasBody: method === "POST" }];
  }),
);
const { models } = rig.services.catalogue;
const task = await rig.acceptTask();

/** What somebody may write where a value is expected. */
const oddValue = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      1e308,
      -1,
      0,
      0.1,
      2 ** 53,
      "",
      "\u0000",
      "\ud800",
      "__proto__",
      "constructor",
      "\u202e",
      "../../etc/passwd",
      "' OR 1=1 --",
      "http://127.0.0.1/",
      "data:,",
      null,
      true,
      [],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(20_000), "é".repeat(5_000), [[[[[[]]]]]]) },
);
const NAMES = ["prompt", "n", "duration", "image_urls", "size", "mv", "__proto__", "extra", ""];

/** An input as documented, with members put in, changed or taken away. */
const submitBody = fc.constantFrom(...models).chain((model) => {
  const example: JsonObject = model.examples[0] ?? {};
  const names = [...Object.keys(example), ...NAMES];
  const changes = fc.dictionary(fc.constantFrom(...names), oddValue, { maxKeys: 3 });
  const outside = fc.dictionary(
    fc.constantFrom("status", "project_id", "cost", "callback_url", "model", "input"),
    oddValue,
    { maxKeys: 1 },
  );
  return fc.tuple(changes, outside).map(([members, rest]) => ({
    model: model.id,
    input: { ...example, ...members },
    ...rest,
  }));
});
const otherBody = fc.dictionary(
  fc.constantFrom("url", "host", "body", "retry_4xx", "from", "to", "states", "base64_data", "x"),
  oddValue,
  { maxKeys: 4 },
);
const oddText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom("now", "0", "-1", "99999999999999999999", "%00", "a".repeat(300), task.id),
);
const request = fc.record({
  operation: fc.constantFrom(...documented),
  name: oddText,
  query: fc.dictionary(
    fc.constantFrom("limit", "cursor", "status", "task_id", "state", "__proto__", "q"),
    oddText,
    { maxKeys: 2 },
  ),
  submit: submitBody,
  other: fc.oneof(otherBody, oddValue),
  pick: fc.nat({ max: 9 }),
});

type Wish = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function bodyOf({ operation, submit, other, pick }: Wish): unknown {
  const isSubmit = /submit|quote/.test(operation.path);
  return isSubmit === pick < 8 ? submit : other;
}

function urlOf({ operation, name, query }: Wish): string {
  const path = operation.path.replace(/\{[^}]+\}/g, () => encodeURIComponent(name.toWellFormed()));
  const pairs = Object.entries(query).map(([key, value]) => [key, value.toWellFormed()]);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}

test(`${REQUESTS} requests after our own document: none answers 5xx`, async (t) => {
  t.diagnostic(`VIDGO_TEST_SEED=${SEED}`);
  const counts = new Map<number, number>();
  const startBytes = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(request, async (wish) => {
      const { method, hasBody } = wish.operation;
      const url = urlOf(wish);
      const json = hasBody ? { json: bodyOf(wish) ?? {} } : {};
      // Nothing is fetched: an upload of a URL would leave the machine.
      if (url.includes("/upload/url") || url.includes("/ping")) return;
      const answer = await rig.call(method, url, { key: bootstrap.secret, ...json });
      counts.set(answer.statusCode, (counts.get(answer.statusCode) ?? 0) + 1);
      assert.ok(answer.statusCode < 500, `${method} ${url} ${answer.statusCode} ${answer.body}`);
      if (answer.statusCode < 400 || url.includes("/upload/")) return;
      errorOf(answer);
    }),
    { numRuns: REQUESTS, seed: SEED },
  );
  const table = [...counts].sort().map(([status, count]) => `${status}: ${count}`);
  const grownMiB = (process.memoryUsage().rss - startBytes) / 2 ** 20;
  t.diagnostic(`${table.join(", ")}; ${grownMiB.toFixed(0)} MiB more memory`);
  assert.deepEqual(rig.errors, []);
});
