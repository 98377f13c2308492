import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import type { LightMyRequestResponse } from "fastify";
import { isJsonObject, type Json, type JsonObject } from "../../src/lib/json.ts";
import { errorOf, type Method, startHttp } from "../support/http.ts";
import { smallPicture } from "../support/upload.ts";
import { serveHttp } from "../support/vice-server.ts";
import { PASSWORD, signUp, visit, visitorOf } from "../support/visitor.ts";
import { oddValue, valueAs } from "./from-schema.ts";

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
}

const METHODS: Readonly<Record<string, Method>> = { get: "GET", post: "POST", delete: "DELETE" };
const documented = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(isJsonObject(item) ? item : {}).flatMap(([verb, operation]) => {
    const method = METHODS[verb];
    if (method === undefined || !isJsonObject(operation)) return [];
    const wish: Operation = { method, path };
    return [{ wish, body: bodyOf(operation), query: queryOf(operation) }];
  }),
);
const { models } = rig.services.catalogue;
const task = await rig.acceptTask();
const owner = await signUp(rig, "owner@example.com");

/** What is described member by member; models are told by examples, the rest has no body. */
function bodyOf({ requestBody }: JsonObject): fc.Arbitrary<unknown> {
  const content = isJsonObject(requestBody) ? requestBody.content : null;
  const json = isJsonObject(content) ? content["application/json"] : null;
  const schema = isJsonObject(json) ? json.schema : null;
  return isJsonObject(schema) && isJsonObject(schema.properties) ? valueAs(schema) : oddValue;
}

function queryOf({ parameters }: JsonObject): readonly string[] {
  const list: readonly Json[] = Array.isArray(parameters) ? parameters : [];
  return list.flatMap((each) =>
    isJsonObject(each) && each.in === "query" && typeof each.name === "string" ? [each.name] : [],
  );
}

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
const request = fc.constantFrom(...documented).chain(({ wish: operation, body, query }) =>
  fc.record({
    operation: fc.constant(operation),
    name: oddText,
    query: fc.dictionary(
      fc.constantFrom("__proto__", "q", ...query, ...query),
      fc.oneof(oddText, fc.constantFrom("csv", "day,model", "2026-11-20", "failed", "25", "image")),
      { maxKeys: 3 },
    ),
    submit: submitBody,
    described: body,
    fetch: fetchBody,
    form,
    pick: fc.nat({ max: 9 }),
  }),
);

type Wish = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function jsonOf({ operation, submit, described, fetch, pick }: Wish): unknown {
  if (pick === 0) return described;
  if (/submit|quote/.test(operation.path)) return submit;
  return /ping|upload\/url/.test(operation.path) ? fetch : described;
}

function urlOf({ operation, name, query }: Wish): string {
  const path = operation.path.replace(/\{[^}]+\}/g, () => encodeURIComponent(name.toWellFormed()));
  const pairs = Object.entries(query).map(([key, value]) => [key, value.toWellFormed()]);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** Sends a wish with a key, or as a person where only people may ask. */
async function ask(wish: Wish, url: string): Promise<LightMyRequestResponse> {
  const { method, path } = wish.operation;
  const json = method === "POST" ? { json: jsonOf(wish) ?? {} } : {};
  if (path.startsWith("/api/session") || wish.pick === 9) {
    // Hashes of passwords would take most of the time.
    if (/sign|confirm|password$/.test(path) && wish.pick > 1) return rig.call(method, url, json);
    // A provider's key may have been added by then: only test tasks are sure to have a route.
    return owner.ask(method, url, { ...json, headers: { "x-vidgo-mode": "test" } });
  }
  const isForm = path.endsWith("/upload/stream") && wish.pick < 8;
  const sent = isForm ? { payload: wish.form, headers: FORM } : json;
  return rig.call(method, url, { key: bootstrap.secret, ...sent });
}

async function signInAgain(): Promise<void> {
  const json = { email: "owner@example.com", password: PASSWORD };
  const answer = await visit(rig, "POST /api/session/sign-in", { json });
  if (answer.statusCode === 200) owner.cookie = visitorOf(rig, answer, rig.projectId).cookie;
}

const FORM = { "content-type": "multipart/form-data; boundary=b" };

/** Some answers wait for the clock, so that time tells nothing; limits of rates do too. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  let isOver = false;
  const over = answer.finally(() => {
    isOver = true;
  });
  for (;;) {
    await Promise.race([over, rig.clock.sleepers(1)]);
    if (isOver) return over;
    await rig.clock.advance(6_000);
  }
}

test(`${REQUESTS} requests after our own document: none answers 5xx`, async (t) => {
  t.diagnostic(`VIDGO_TEST_SEED=${SEED}`);
  const counts = new Map<number, number>();
  const startBytes = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(request, async (wish) => {
      const { method } = wish.operation;
      const url = urlOf(wish);
      // Uploads are counted by the minute.
      if (url.includes("/upload/")) await rig.clock.advance(12_000);
      const asked = ask(wish, url);
      const isTimed = /ping|\/upload\/|submit|quote|events/.test(url);
      const answer = await (isTimed ? answered(asked) : asked);
      // Sessions end when they are told to, and with the time that passes here.
      if (answer.statusCode === 401 || url.endsWith("/sign-out")) await signInAgain();
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
