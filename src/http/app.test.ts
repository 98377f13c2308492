import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorOf, type HttpRig, type Method, startHttp } from "../../test/support/http.ts";

const rig: HttpRig = await startHttp({ after });
const { id: taskId } = await rig.acceptTask();

const HALLUCINATED: readonly (readonly [Method, string])[] = [
  ["GET", "/api/task/status?task_id=a"],
  ["POST", "/v1/generate"],
  ["POST", "/v1/video-series"],
  ["GET", "/api/generate/status"],
  ["POST", "/api/generate/submit/"],
  ["POST", "/API/generate/submit"],
  ["DELETE", "/api"],
  ["OPTIONS", "/none"],
];

for (const [method, url] of HALLUCINATED) {
  test(`app answers JSON 404 to ${method} ${url}`, async () => {
    const answer = await rig.call(method, url, { key: null });
    assert.equal(answer.statusCode, 404);
    assert.deepEqual(errorOf(answer), {
      message: "Path not found; the API is described at /openapi.json",
      type: "resource_not_found_error",
    });
  });
}

test("app answers 404 whatever the body of a lost request is", async () => {
  for (const type of ["text/plain", "application/json", "nonsense"]) {
    const headers = { "content-type": type };
    const answer = await rig.call("POST", "/none", { payload: "{broken", headers });
    assert.equal(answer.statusCode, 404, type);
  }
});

const OTHER_METHODS: readonly (readonly [Method, string, string])[] = [
  ["GET", "/api/generate/submit", "POST"],
  ["PUT", "/api/generate/submit", "POST"],
  ["POST", "/api/generate/status/a", "GET, HEAD"],
  ["DELETE", "/api/generate/detail/music", "GET, HEAD"],
  ["GET", "/api/generate/cancel/a", "POST"],
  ["POST", "/api/models/kling-3.0/pro", "GET, HEAD"],
  ["PATCH", "/files/a", "GET, HEAD"],
  ["POST", "/health", "GET, HEAD"],
];

for (const [method, url, allow] of OTHER_METHODS) {
  test(`app answers 405 to ${method} ${url} and tells ${allow}`, async () => {
    const headers = method === "PUT" ? { "content-type": "text/plain" } : {};
    const answer = await rig.call(method, url, { key: null, headers });
    assert.equal(answer.statusCode, 405);
    assert.equal(answer.headers.allow, allow);
    assert.deepEqual(errorOf(answer), {
      message: `Method ${method} is not allowed here; expected ${allow}`,
      type: "method_not_allowed_error",
    });
  });
}

test("app answers 405 to methods that hardly anybody knows", async () => {
  const answer = await rig.app.inject({ method: "TRACE", url: "/health" });
  assert.equal(answer.statusCode, 405);
});

test("app answers a preflight for any origin, and offers no credentials", async () => {
  const headers = {
    origin: "https://app.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization, content-type, idempotency-key",
  };
  const answer = await rig.call("OPTIONS", "/api/generate/submit", { key: null, headers });
  assert.equal(answer.statusCode, 204);
  assert.equal(answer.body, "");
  assert.equal(answer.headers["access-control-allow-origin"], "*");
  assert.equal(answer.headers["access-control-allow-methods"], "POST");
  assert.equal(
    answer.headers["access-control-allow-headers"],
    "Authorization, Content-Type, Idempotency-Key",
  );
  assert.equal(answer.headers["access-control-allow-credentials"], undefined);
});

test("app tells scripts of other origins which headers they may read", async () => {
  const headers = { origin: "https://app.example" };
  const answer = await rig.call("GET", "/api/user/balance", { headers });
  const exposed = String(answer.headers["access-control-expose-headers"]).split(", ");
  for (const name of ["Retry-After", "RateLimit", "Idempotent-Replayed", "ETag"]) {
    assert.ok(exposed.includes(name), name);
  }
});

const ANSWERS: readonly (readonly [number, Method, string, object])[] = [
  [200, "GET", "/health", {}],
  [200, "GET", "/api/models", {}],
  [200, "GET", `/api/generate/status/${taskId}`, {}],
  [204, "OPTIONS", "/api/generate/submit", {}],
  [304, "GET", `/api/generate/status/${taskId}`, { headers: { "if-none-match": "*" } }],
  [400, "POST", "/api/generate/submit", { json: {} }],
  [400, "GET", "/api/generate/status/%zz", {}],
  [401, "GET", "/api/user/balance", { key: null }],
  [404, "GET", "/none", {}],
  [404, "GET", "/files/none", {}],
  [405, "PUT", "/health", {}],
  [415, "POST", "/api/generate/submit", { payload: "x", headers: { "content-type": "a/b" } }],
];

for (const [status, method, url, options] of ANSWERS) {
  test(`app sends its headers with ${status} to ${method} ${url.slice(0, 30)}`, async () => {
    const { statusCode, headers } = await rig.call(method, url, options);
    assert.equal(statusCode, status);
    assert.equal(headers["access-control-allow-origin"], "*");
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'");
    assert.match(String(headers["x-request-id"]), /^req_[0-9a-z]{10}-\d+$/);
    assert.match(String(headers["cache-control"]), /^no-store$|^private, no-cache$/);
    assert.equal(headers["x-powered-by"], undefined);
    assert.equal(headers.server, undefined);
  });
}

test("app gives each request an id of its own and takes none from outside", async () => {
  const headers = { "x-request-id": "chosen", "request-id": "chosen" };
  const first = await rig.call("GET", "/health", { headers });
  const second = await rig.call("GET", "/health", { headers });
  assert.notEqual(first.headers["x-request-id"], second.headers["x-request-id"]);
  assert.ok(!JSON.stringify(first.headers).includes("chosen"));
});

test("app hides what went wrong inside, and logs it", async () => {
  const { find } = rig.store.tasks;
  const secret = "SELECT * FROM task";
  Object.assign(rig.store.tasks, { find: async () => assert.fail(secret) });
  const answer = await rig.call("GET", "/api/generate/status/task-unified-1-none");
  Object.assign(rig.store.tasks, { find });
  assert.equal(answer.statusCode, 500);
  assert.deepEqual(errorOf(answer), {
    message: "An internal error occurred. Please try again later.",
    type: "internal_error",
  });
  assert.ok(!answer.body.includes("SELECT"));
  assert.ok(rig.errors.some((line) => line.includes(secret) && line.includes(":task_id")));
});

test("app keeps to the limits that slow clients meet", () => {
  const { server } = rig.app;
  assert.equal(server.headersTimeout, 10_000);
  assert.equal(server.requestTimeout, 120_000);
  assert.equal(server.keepAliveTimeout, 5_000);
  assert.equal(server.maxHeadersCount, 100);
  assert.equal(server.maxConnections, 10_000);
});
