import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../test/support/http.ts";

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
