import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CLOSED_ADDRESSES,
  INSIDE_NAMES,
  ipv4Spelling,
  ipv6Wrapping,
  LOOPBACK_SPELLINGS,
} from "../../test/support/address-corpus.ts";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import { createOutbound } from "./outbound.ts";
import type { OutboundRequest } from "./outbound-exchange.ts";
import type { Resolve, ResolvedAddress } from "./resolve.ts";

const LOCAL: ResolvedAddress = { address: "127.0.0.1", family: 4 };

function makeOutbound(more: { resolve?: Resolve; ownPorts?: () => number[] } = {}) {
  const outbound = createOutbound({
    userAgent: "test/1",
    ownPorts: more.ownPorts ?? (() => []),
    resolve: more.resolve ?? (async () => [LOCAL]),
  });
  return { ...outbound, [Symbol.asyncDispose]: () => outbound.close() };
}

function order(url: string, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: "GET", url, reach: "loopback", timeoutMs: 5_000, bytesMax: 1_000_000, ...more };
}

async function fault(url: string, more: Partial<OutboundRequest> = {}) {
  await using outbound = makeOutbound();
  const answer = await outbound.request("provider", order(url, more));
  return answer.kind === "fault" ? { class: answer.class, sent: answer.sent } : answer.status;
}

async function faultFrom(handler: Handler, more: Partial<OutboundRequest> = {}) {
  await using server = await serveHttp(handler);
  return await fault(`http://127.0.0.1:${server.port}/`, more);
}

test("request() brings status, headers and bytes back", async () => {
  await using outbound = makeOutbound();
  await using server = await serveHttp((request, response) => {
    response.writeHead(418, { "x-two": ["a", "b"], "content-type": "text/x" });
    response.end(`${request.method} ${request.url} ${request.body}`);
  });
  const url = `http://receiver.example:${server.port}/a/b?c=d&token=%20x#fragment`;
  const answer = await outbound.request("provider", order(url, { method: "POST", body: "hello" }));
  assert.ok(answer.kind === "response");
  assert.equal(answer.status, 418);
  assert.equal(answer.headers.get("x-two"), "a, b");
  assert.equal(Buffer.from(answer.body).toString(), "POST /a/b?c=d&token=%20x hello");
  assert.equal(answer.isCut, false);
});

test("request() asks for no compression, names itself and the host it was asked for", async () => {
  await using outbound = makeOutbound();
  await using server = await serveHttp((_request, response) => response.end());
  const headers = { "accept-encoding": "gzip", "x-own": "1" };
  await outbound.request("provider", order(`http://a.example:${server.port}/`, { headers }));
  const sent = server.seen[0]?.headers;
  assert.equal(sent?.["accept-encoding"], "identity");
  assert.equal(sent?.["user-agent"], "test/1");
  assert.equal(sent?.["x-own"], "1");
  assert.equal(sent?.host, `a.example:${server.port}`);
});

test("request() opens a connection a request, unless old ones may be used", async () => {
  await using outbound = makeOutbound();
  await using server = await serveHttp((_request, response) => response.end("x"));
  const url = `http://127.0.0.1:${server.port}/`;
  for (const _ of [1, 2, 3]) await outbound.request("provider", order(url));
  assert.equal(server.connections, 3);
  const before = server.connections;
  for (let count = 0; count < 20; count += 1) {
    await outbound.request("provider", order(url, { mayReuse: true }));
  }
  assert.ok(server.connections - before <= 3, `${server.connections - before}`);
});

test("request() follows no redirect", async () => {
  await using outbound = makeOutbound();
  await using target = await serveHttp((_request, response) => response.end());
  for (const status of [301, 302, 303, 307, 308]) {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${target.port}/` }).end();
    });
    const answer = await outbound.request("provider", order(`http://127.0.0.1:${server.port}/`));
    assert.equal(answer.kind === "response" && answer.status, status);
  }
  assert.equal(target.connections, 0);
});

test("request() never asks a proxy from the environment", async () => {
  await using outbound = makeOutbound();
  await using proxy = await serveTcp((socket) => socket.end());
  await using server = await serveHttp((_request, response) => response.end());
  process.env.HTTP_PROXY = process.env.http_proxy = `http://127.0.0.1:${proxy.port}`;
  try {
    const answer = await outbound.request("media", order(`http://a.example:${server.port}/`));
    assert.equal(answer.kind, "response");
    assert.equal(proxy.connections, 0);
  } finally {
    delete process.env.HTTP_PROXY;
    delete process.env.http_proxy;
  }
});

test("a corpus of 5,000 inner targets makes no connection", async () => {
  // Answers on both families, so that no spelling misses the sink by its family.
  await using sink = await serveTcp((socket) => socket.end());
  await using _sink6 = await serveTcp((socket) => socket.end(), { host: "::1", port: sink.port });
  await using outbound = makeOutbound({
    resolve: async () => [LOCAL, { address: "::1", family: 6 }],
  });
  const bracketed = CLOSED_ADDRESSES.map((host) => (host.includes(":") ? `[${host}]` : host));
  const loopback = fc.integer({ min: 0x7f000000, max: 0x7fffffff });
  const hosts = [
    ...LOOPBACK_SPELLINGS,
    ...INSIDE_NAMES,
    ...bracketed,
    "public.example",
    "127.0.0.1.nip.example",
    ...fc.sample(loopback.chain(ipv4Spelling), 4_000),
    ...fc.sample(loopback.chain(ipv6Wrapping), 1_000).map((host) => `[${host}]`),
  ];
  for (const host of hosts) {
    for (const scheme of ["http", "https"]) {
      const url = `${scheme}://${host}:${sink.port}/`;
      const answer = await outbound.request("webhook", order(url, { reach: "public" }));
      assert.ok(answer.kind === "fault", url);
      assert.deepEqual([answer.class, answer.sent], ["refused_address", false], url);
    }
  }
  assert.equal(sink.connections + _sink6.connections, 0);
});

const MIXED: readonly (readonly ResolvedAddress[])[] = [
  [{ address: "93.184.216.34", family: 4 }, LOCAL],
  [LOCAL, { address: "93.184.216.34", family: 4 }],
  [
    { address: "93.184.216.34", family: 4 },
    { address: "::1", family: 6 },
  ],
  [
    { address: "93.184.216.34", family: 4 },
    { address: "fe80::1%eth0", family: 6 },
  ],
  [{ address: "::ffff:127.0.0.1", family: 6 }],
  [
    ...Array.from({ length: 200 }, (): ResolvedAddress => ({ address: "8.8.8.8", family: 4 })),
    LOCAL,
  ],
  [{ address: "not an address", family: 4 }],
];

test("a name with one inner address among its answers is refused whole", async () => {
  await using sink = await serveTcp((socket) => socket.end());
  for (const answers of MIXED) {
    await using outbound = makeOutbound({ resolve: async () => answers });
    const url = `http://mixed.example:${sink.port}/`;
    const answer = await outbound.request("media", order(url, { reach: "public" }));
    assert.equal(answer.kind === "fault" && answer.class, "refused_address");
  }
  assert.equal(sink.connections, 0);
});

test("a name is asked for once per connection, so that its answer cannot turn round", async () => {
  let asked = 0;
  const resolve: Resolve = async () => {
    asked += 1;
    return asked === 1 ? [LOCAL] : [{ address: "10.0.0.1", family: 4 }];
  };
  await using outbound = makeOutbound({ resolve });
  await using server = await serveHttp((_request, response) => response.end());
  const url = `http://flip.example:${server.port}/`;
  assert.equal((await outbound.request("media", order(url))).kind, "response");
  assert.equal(asked, 1);
  const second = await outbound.request("media", order(url));
  assert.equal(second.kind === "fault" && second.class, "refused_address");
});

test("a name in both families reaches the one that answers", async () => {
  const both: Resolve = async () => [{ address: "::1", family: 6 }, LOCAL];
  for (const host of ["127.0.0.1", "::1"]) {
    await using outbound = makeOutbound({ resolve: both });
    await using server = await serveHttp((_request, response) => response.end("x"), host);
    const answer = await outbound.request("media", order(`http://both.example:${server.port}/`));
    assert.equal(answer.kind, "response", host);
  }
});

test("localhost is never looked up", async () => {
  const resolve: Resolve = async () => assert.fail("asked a resolver");
  await using outbound = makeOutbound({ resolve });
  await using server = await serveHttp((_request, response) => response.end());
  const url = `http://localhost:${server.port}/`;
  assert.equal((await outbound.request("webhook", order(url))).kind, "response");
  const closed = await outbound.request("webhook", order(url, { reach: "public" }));
  assert.equal(closed.kind === "fault" && closed.class, "refused_address");
});

test("our own port stays closed when loopback is open, also behind a name", async () => {
  await using server = await serveHttp((_request, response) => response.end());
  await using outbound = makeOutbound({ ownPorts: () => [server.port] });
  for (const host of ["127.0.0.1", "localhost", "me.example", "127.0.0.9"]) {
    const answer = await outbound.request("webhook", order(`http://${host}:${server.port}/`));
    assert.equal(answer.kind === "fault" && answer.class, "refused_address", host);
  }
  assert.equal(server.connections, 0);
});

test("the address at the other end is judged once more before a byte leaves", async () => {
  await using server = await serveHttp((_request, response) => response.end());
  let judged = 0;
  // Ours from the third question on: text and address have passed by then, the peer has not.
  const ownPorts = () => (++judged <= 2 ? [] : [server.port]);
  await using outbound = makeOutbound({ ownPorts });
  const answer = await outbound.request("media", order(`http://127.0.0.1:${server.port}/`));
  assert.ok(answer.kind === "fault");
  assert.deepEqual([answer.class, answer.sent], ["refused_address", false]);
  assert.equal(server.seen.length, 0);
});

test("a kept connection for this machine is not used for a public target", async () => {
  await using outbound = makeOutbound();
  await using server = await serveHttp((_request, response) => response.end());
  const url = `http://a.example:${server.port}/`;
  await outbound.request("provider", order(url, { mayReuse: true }));
  const answer = await outbound.request(
    "provider",
    order(url, { mayReuse: true, reach: "public" }),
  );
  assert.equal(answer.kind === "fault" && answer.class, "refused_address");
  assert.equal(server.connections, 1);
});

// What went wrong, and whether a paid request may have arrived: `sent: false` is a promise.

test("nothing was sent when the name has no address", async () => {
  await using outbound = makeOutbound({ resolve: async () => [] });
  const answer = await outbound.request("provider", order("https://nowhere.example/"));
  assert.ok(answer.kind === "fault");
  assert.deepEqual([answer.class, answer.sent], ["dns", false]);
});

test("nothing was sent when the resolver throws", async () => {
  await using outbound = makeOutbound({
    resolve: async () => Promise.reject(new Error("SERVFAIL")),
  });
  const answer = await outbound.request("provider", order("https://nowhere.example/"));
  assert.ok(answer.kind === "fault");
  assert.deepEqual([answer.class, answer.sent], ["dns", false]);
});

test("nothing was sent when the resolver never answers", async () => {
  await using outbound = makeOutbound({ resolve: () => new Promise(() => {}) });
  const answer = await outbound.request(
    "provider",
    order("https://slow.example/", { timeoutMs: 50 }),
  );
  assert.ok(answer.kind === "fault");
  assert.deepEqual([answer.class, answer.sent], ["timeout", false]);
});

test("nothing was sent when nobody listens", async () => {
  const gone = await serveTcp(() => {});
  await gone[Symbol.asyncDispose]();
  const url = `http://127.0.0.1:${gone.port}/`;
  assert.deepEqual(await fault(url), { class: "connect", sent: false });
  assert.deepEqual(await fault(url, { mayReuse: true }), { class: "connect", sent: false });
});

test("nothing was sent when TLS is not spoken", async () => {
  await using server = await serveTcp((socket) => socket.end("hello"));
  assert.deepEqual(await fault(`https://127.0.0.1:${server.port}/`), { class: "tls", sent: false });
});

test("nothing was sent when a handshake never ends", async () => {
  await using server = await serveTcp(() => {});
  const answer = await fault(`https://127.0.0.1:${server.port}/`, { timeoutMs: 500 });
  assert.deepEqual(answer, { class: "timeout", sent: false });
});

test("nothing was sent when the caller had given up before", async () => {
  await using server = await serveTcp(() => {});
  const answer = await fault(`http://127.0.0.1:${server.port}/`, { signal: AbortSignal.abort() });
  assert.deepEqual(answer, { class: "canceled", sent: false });
  assert.equal(server.connections, 0);
});

test("something may have arrived when the connection breaks after the request", async () => {
  await using server = await serveTcp((socket) =>
    socket.once("data", () => socket.resetAndDestroy()),
  );
  assert.deepEqual(await fault(`http://127.0.0.1:${server.port}/`), { class: "reset", sent: true });
});

test("something may have arrived when the answer never comes", async () => {
  const answer = await faultFrom(() => {}, { timeoutMs: 500 });
  assert.deepEqual(answer, { class: "timeout", sent: true });
});

test("something may have arrived when the caller gives up during the answer", async () => {
  const stop = new AbortController();
  const answer = await faultFrom(() => stop.abort(), { signal: stop.signal });
  assert.deepEqual(answer, { class: "canceled", sent: true });
});

test("something may have arrived when the answer is no HTTP", async () => {
  await using server = await serveTcp((socket) =>
    socket.once("data", () => socket.end("SSH-2.0-x\r\n\r\n")),
  );
  assert.deepEqual(await fault(`http://127.0.0.1:${server.port}/`), {
    class: "garbled",
    sent: true,
  });
});

test("a body shorter than its length is a reset", async () => {
  const answer = await faultFrom((_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("short");
    setImmediate(() => response.destroy());
  });
  assert.deepEqual(answer, { class: "reset", sent: true });
});

test("a drip ends when the time is up, whatever the pauses", async () => {
  const answer = await faultFrom(
    (_request, response) => {
      const timer = setInterval(() => response.write("x"), 10);
      response.on("close", () => clearInterval(timer));
    },
    { timeoutMs: 500 },
  );
  assert.deepEqual(answer, { class: "timeout", sent: true });
});

test("headers without end are refused", async () => {
  await using server = await serveTcp((socket) => {
    socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\nx: ${"a".repeat(100_000)}\r\n\r\n`));
  });
  const answer = await fault(`http://127.0.0.1:${server.port}/`);
  assert.deepEqual(answer, { class: "too_large", sent: true });
});

test("a body beyond the limit is refused and its connection ended", async () => {
  const closed = Promise.withResolvers<void>();
  const answer = await faultFrom(
    (_request, response) => {
      response.on("close", () => closed.resolve());
      const chunk = Buffer.alloc(65_536);
      const pump = () => {
        while (!response.destroyed && response.write(chunk)) {}
      };
      response.on("drain", pump);
      pump();
    },
    { bytesMax: 100_000 },
  );
  assert.deepEqual(answer, { class: "too_large", sent: true });
  await closed.promise;
});

test("a body of exactly the limit passes", async () => {
  await using outbound = makeOutbound();
  await using server = await serveHttp((_request, response) => response.end("x".repeat(1_000)));
  const answer = await outbound.request(
    "provider",
    order(`http://127.0.0.1:${server.port}/`, { bytesMax: 1_000 }),
  );
  assert.equal(answer.kind === "response" && answer.body.byteLength, 1_000);
});

test("a body may be cut instead, also when it breaks off or drips", async () => {
  await using outbound = makeOutbound();
  const ends: Handler[] = [
    (_request, response) => response.end("x".repeat(5_000)),
    (_request, response) => {
      response.write("x".repeat(100), () => setTimeout(() => response.destroy(), 20));
    },
    (_request, response) => response.write("x".repeat(100)),
  ];
  const sizes: number[] = [];
  for (const handler of ends) {
    await using server = await serveHttp(handler);
    const answer = await outbound.request(
      "webhook",
      order(`http://127.0.0.1:${server.port}/`, {
        bytesMax: 1_024,
        isCutAllowed: true,
        timeoutMs: 1_000,
      }),
    );
    assert.ok(answer.kind === "response" && answer.isCut && answer.status === 200);
    sizes.push(answer.body.byteLength);
  }
  assert.deepEqual(sizes, [1_024, 100, 100]);
});

test("stream() throws on what its reader throws, and ends the connection", async () => {
  await using outbound = makeOutbound();
  const closed = Promise.withResolvers<void>();
  await using server = await serveHttp((_request, response) => {
    response.on("close", () => closed.resolve());
    response.write("x");
  });
  const reading = outbound.stream("media", order(`http://127.0.0.1:${server.port}/`), async () => {
    throw new RangeError("disk is full");
  });
  await assert.rejects(reading, { message: "disk is full" });
  await closed.promise;
});

test("judge() gives the words for a public answer", async () => {
  await using outbound = makeOutbound({ ownPorts: () => [8787] });
  assert.equal(outbound.judge("https://a.example/", "public"), null);
  assert.equal(outbound.judge("http://127.0.0.1/", "public"), "must lead to a public address");
  assert.equal(
    outbound.judge("http://127.0.0.1:8787/", "loopback"),
    "must lead to a public address",
  );
});
