import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import { errorOf, type Method, startHttp } from "../support/http.ts";
import { smallPicture } from "../support/upload.ts";
import { serveHttp } from "../support/vice-server.ts";

/** How many requests a run makes, and where it begins: set both to run one again. */
const REQUESTS = Number(process.env.VIDGO_TEST_FUZZ ?? "100000");
const SEED = Number(process.env.VIDGO_TEST_SEED ?? Date.now() % 2 ** 31);

const PICTURE = await smallPicture("png");
// Names lead nowhere, so that nothing leaves the machine; this server can be reached.
const target = await serveHttp(({ url }, response) => {
  const status = Number(/^\/(\d{3})$/.exec(url)?.[1] ?? 200);
  response.writeHead(status, { location: "/200", "content-type": "image/png" });
  response.end(url === "/picture" ? PICTURE : "<svg onload=alert(1)>");
});
after(() => target[Symbol.asyncDispose]());
const rig = await startHttp({ after }, {}, { mediaToo: true, resolve: async () => [] });
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
const reachable = fc
  .constantFrom("200", "204", "302", "404", "500", "picture", "picture?a=%00", "picture#x")
  .map((path) => `http://127.0.0.1:${target.port}/${path}`);
const fetchBody = fc.record(
  {
    url: fc.oneof(reachable, oddValue),
    file_url: fc.oneof(reachable, oddValue),
    upload_path: oddValue,
    file_name: oddValue,
  },
  { requiredKeys: [] },
);
const otherBody = fc.dictionary(
  fc.constantFrom("url", "host", "body", "retry_4xx", "from", "to", "states", "base64_data", "x"),
  oddValue,
  { maxKeys: 4 },
);
/** A form, sound or broken somewhere. */
const form = fc
  .record({
    name: fc.constantFrom("file", "upload_path", "file_name", 'a"b', "__proto__", ""),
    fileName: fc.constantFrom("a.png", "../../x", "\u0000", "CON", 'a"; x="', ""),
    bytes: fc.oneof(fc.constant(PICTURE), fc.uint8Array({ maxLength: 300 }).map(Buffer.from)),
    cutAt: fc.oneof(fc.constant(null), fc.nat({ max: 400 })),
  })
  .map(({ name, fileName, bytes, cutAt }) => {
    const head = `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"`;
    const whole = Buffer.concat([
      Buffer.from(`${head}\r\nContent-Type: image/png\r\n\r\n`),
      bytes,
      Buffer.from("\r\n--b--\r\n"),
    ]);
    return cutAt === null ? whole : whole.subarray(0, cutAt);
  });
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
  fetch: fetchBody,
  form,
  pick: fc.nat({ max: 9 }),
});

type Wish = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function bodyOf({ operation, submit, other, fetch, pick }: Wish): unknown {
  const isSubmit = /submit|quote/.test(operation.path);
  if (/ping|upload\/url/.test(operation.path)) return pick < 9 ? fetch : other;
  return isSubmit === pick < 8 ? submit : other;
}

function urlOf({ operation, name, query }: Wish): string {
  const path = operation.path.replace(/\{[^}]+\}/g, () => encodeURIComponent(name.toWellFormed()));
  const pairs = Object.entries(query).map(([key, value]) => [key, value.toWellFormed()]);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}

const FORM = { "content-type": "multipart/form-data; boundary=b" };

/** Some answers wait for the clock, so that time tells nothing; limits of rates do too. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  let isOver = false;
  const over = answer.finally(() => {
    isOver = true;
  });
  while (!isOver) await rig.clock.advance(6_000);
  return over;
}

test(`${REQUESTS} requests after our own document: none answers 5xx`, async (t) => {
  t.diagnostic(`VIDGO_TEST_SEED=${SEED}`);
  const counts = new Map<number, number>();
  const startBytes = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(request, async (wish) => {
      const { method, hasBody } = wish.operation;
      const url = urlOf(wish);
      const isForm = url.includes("/upload/stream") && wish.pick < 8;
      const json = hasBody && !isForm ? { json: bodyOf(wish) ?? {} } : {};
      const sent = isForm ? { payload: wish.form, headers: FORM } : json;
      const asked = rig.call(method, url, { key: bootstrap.secret, ...sent });
      const answer = await (/ping|\/upload\/|submit|quote/.test(url) ? answered(asked) : asked);
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
