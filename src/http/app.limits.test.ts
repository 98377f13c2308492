import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../test/support/http.ts";

test("app cuts slow headers and bodies, and looks for them every two seconds", async (t) => {
  const { app } = await startHttp(t);
  const { server } = app;
  assert.equal(server.headersTimeout, 10_000);
  assert.equal(server.requestTimeout, 120_000);
  assert.equal(Reflect.get(server, "connectionsCheckingInterval"), 2_000);
});

test("app bounds connections, requests a connection and headers", async (t) => {
  const { app } = await startHttp(t);
  const { server } = app;
  assert.equal(server.maxConnections, 10_000);
  assert.equal(server.maxRequestsPerSocket, 1_000);
  assert.equal(server.maxHeadersCount, 100);
});

test("app reads no large body of somebody who has not signed in, and says its limit", async (t) => {
  const rig = await startHttp(t);
  const json = { email: "ada@example.com", password: "x".repeat(17_000) };
  for (const path of ["sign-in", "sign-up", "code"]) {
    const answer = await rig.call("POST", `/api/session/${path}`, { key: null, json });
    assert.equal(answer.statusCode, 413);
    assert.equal(errorOf(answer).message, "Body is larger than 16384 bytes");
  }
});
