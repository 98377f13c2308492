import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import { createOutbound } from "../lib/outbound.ts";
import { UpstreamFailure, type UpstreamRequest } from "./provider.ts";
import { createUpstream, UpstreamSilence } from "./upstream.ts";

function setup(address = "127.0.0.1", family: 4 | 6 = 4) {
  const outbound = createOutbound({
    userAgent: "test/1",
    ownPorts: () => [],
    resolve: async () => [{ address, family }],
  });
  const ask = createUpstream(outbound);
  return {
    ask: (baseUrl: string, request: Partial<UpstreamRequest> = {}) =>
      ask(
        {
          account: { id: "main", baseUrl, secret: {} },
          request: { method: "GET", url: "", timeoutMs: 5_000, bytesMax: 1_000_000, ...request },
        },
        new AbortController().signal,
      ),
    [Symbol.asyncDispose]: () => outbound.close(),
  };
}

const echo: Handler = (request, response) => response.end(JSON.stringify(request));

/** What a call throws: nothing was sent (with the error), or something may have been. */
async function thrownBy(asking: Promise<unknown>) {
  const error: unknown = await asking.then(
    () => assert.fail("did not throw"),
    (thrown) => thrown,
  );
  if (error instanceof UpstreamFailure) return { nothingSent: error.error };
  assert.ok(error instanceof UpstreamSilence, String(error));
  return { silence: error.errorClass };
}

test("createUpstream() sends what the provider says and brings everything back", async () => {
  await using room = setup();
  await using server = await serveHttp((request, response) => {
    response.writeHead(422, { "retry-after": "7", "x-request-id": "r1" });
    echo(request, response);
  });
  const answer = await room.ask(`http://127.0.0.1:${server.port}/api`, {
    method: "POST",
    url: "v1/videos?x=1",
    headers: { authorization: "Bearer k", "content-type": "application/json" },
    body: '{"a":1}',
  });
  assert.equal(answer.status, 422);
  assert.equal(answer.headers.get("retry-after"), "7");
  const sent = JSON.parse(Buffer.from(answer.body).toString());
  assert.deepEqual([sent.method, sent.url, sent.body], ["POST", "/api/v1/videos?x=1", '{"a":1}']);
  assert.equal(sent.headers.authorization, "Bearer k");
  assert.equal(sent.headers["accept-encoding"], "identity");
});

test("createUpstream() sends a form with its files", async () => {
  await using room = setup();
  await using server = await serveHttp(echo);
  const form = new FormData();
  form.set("prompt", "a fox");
  form.set("image", new File(["bytes"], "a.png", { type: "image/png" }));
  await room.ask(`http://127.0.0.1:${server.port}`, { method: "POST", url: "edits", body: form });
  const [seen] = server.seen;
  assert.match(seen?.headers["content-type"] ?? "", /^multipart\/form-data; ?boundary=/);
  assert.match(seen?.body ?? "", /name="prompt"\r\n\r\na fox\r\n/);
  assert.match(seen?.body ?? "", /filename="a.png"\r\nContent-Type: image\/png\r\n\r\nbytes\r\n/);
});

const JOINED: readonly (readonly [string, string, string])[] = [
  ["", "v1/x", "/v1/x"],
  ["/", "/v1/x", "/v1/x"],
  ["/api", "v1/x", "/api/v1/x"],
  ["/api/", "/v1/x", "/api/v1/x"],
  ["", "models/veo:predict", "/models/veo:predict"],
  ["", "operations:list", "/operations:list"],
  ["", "//evil.example/x", "/evil.example/x"],
  ["", "\\\\evil.example/x", "/evil.example/x"],
  ["", "@evil.example/x", "/@evil.example/x"],
  ["", "a?next=https://evil.example/", "/a?next=https://evil.example/"],
];

test("createUpstream() joins paths to the base and never leaves its host", async () => {
  await using room = setup();
  await using server = await serveHttp(echo);
  for (const [base, url, expected] of JOINED) {
    const answer = await room.ask(`http://127.0.0.1:${server.port}${base}`, { url });
    assert.equal(JSON.parse(Buffer.from(answer.body).toString()).url, expected, url);
  }
});

test("createUpstream() takes an absolute URL of the same origin, and no other", async () => {
  await using room = setup();
  await using server = await serveHttp(echo);
  await using other = await serveTcp((socket) => socket.end());
  const base = `http://127.0.0.1:${server.port}/api`;
  const same = await room.ask(base, { url: `http://127.0.0.1:${server.port}/jobs/1` });
  assert.equal(JSON.parse(Buffer.from(same.body).toString()).url, "/jobs/1");
  const others = [
    `http://127.0.0.1:${other.port}/`,
    `https://127.0.0.1:${server.port}/`,
    "https://evil.example/",
    `http://localhost:${server.port}/`,
    "HTTP://evil.example/",
    `http://127.0.0.1:${server.port}@evil.example/`,
  ];
  for (const url of others) {
    const { nothingSent } = await thrownBy(room.ask(base, { url }));
    assert.equal(nothingSent?.code, "internal", url);
    assert.equal(nothingSent?.billed, "no");
  }
  assert.equal(server.connections, 1);
  assert.equal(other.connections, 0);
});

test("createUpstream() follows no redirect", async () => {
  await using room = setup();
  await using target = await serveHttp(echo);
  await using server = await serveHttp((_request, response) => {
    response.writeHead(308, { location: `http://127.0.0.1:${target.port}/` }).end();
  });
  const answer = await room.ask(`http://127.0.0.1:${server.port}`, { method: "POST", body: "x" });
  assert.equal(answer.status, 308);
  assert.equal(target.connections, 0);
});

test("createUpstream() reaches a private upstream only when its base URL says so", async () => {
  await using room = setup("10.255.255.1");
  const { nothingSent } = await thrownBy(
    room.ask("https://api.public.example", { timeoutMs: 300 }),
  );
  assert.equal(nothingSent?.retry, "other-route");
  const metadata = await thrownBy(room.ask("http://169.254.169.254", { timeoutMs: 300 }));
  assert.equal(metadata.nothingSent?.retry, "other-route");
});

test("createUpstream() opens a connection of its own for each submit", async () => {
  await using room = setup();
  await using server = await serveHttp(echo);
  const base = `http://127.0.0.1:${server.port}`;
  for (const _ of [1, 2, 3]) await room.ask(base, { method: "POST", body: "x" });
  assert.equal(server.connections, 3);
});

// The words decide about money: "nothing was sent" means that another try buys nothing twice.

test("nothing was bought when nobody listens", async () => {
  await using room = setup();
  const gone = await serveTcp(() => {});
  await gone[Symbol.asyncDispose]();
  const asking = room.ask(`http://127.0.0.1:${gone.port}`, { method: "POST", body: "x" });
  assert.deepEqual((await thrownBy(asking)).nothingSent, {
    code: "upstream_unavailable",
    message: "The provider could not be reached",
    retry: "same-route",
    retryAfterMs: null,
    billed: "no",
  });
});

test("what may not leave any more once the connection is there is not sent", async () => {
  await using room = setup();
  await using server = await serveHttp(echo);
  const base = `http://127.0.0.1:${server.port}`;
  const { nothingSent } = await thrownBy(
    room.ask(base, { method: "POST", body: "x", mayLeave: () => false }),
  );
  assert.equal(nothingSent?.billed, "no");
  assert.equal(server.connections, 1);
  assert.equal(server.seen.length, 0);
});

const SILENT: readonly (readonly [string, Handler, Partial<UpstreamRequest>])[] = [
  ["reset", (_request, response) => response.destroy(), {}],
  ["timeout", () => {}, { timeoutMs: 500 }],
  ["too_large", (_request, response) => response.end("x".repeat(2_000)), { bytesMax: 1_000 }],
  [
    "reset",
    (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => response.destroy());
    },
    {},
  ],
  [
    "garbled",
    (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip");
    },
    {},
  ],
  [
    "garbled",
    (_request, response) => {
      response
        .writeHead(200, { "content-encoding": "gzip" })
        .end(gzipSync(Buffer.alloc(5_000_000)));
    },
    {},
  ],
];

for (const [errorClass, handler, request] of SILENT) {
  test(`something may have been bought: ${errorClass} (${handler.toString().length})`, async () => {
    await using room = setup();
    await using server = await serveHttp(handler);
    const asking = room.ask(`http://127.0.0.1:${server.port}`, {
      method: "POST",
      body: "x",
      ...request,
    });
    assert.deepEqual(await thrownBy(asking), { silence: errorClass });
    assert.equal(server.seen.length, 1);
  });
}

test("createUpstream() undoes a compression that it did not ask for", async () => {
  await using room = setup();
  await using server = await serveHttp((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"id":"job-1"}'));
  });
  const answer = await room.ask(`http://127.0.0.1:${server.port}`, { method: "POST", body: "x" });
  assert.equal(Buffer.from(answer.body).toString(), '{"id":"job-1"}');
});
