import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import { createDownload, type DownloadOptions } from "./download.ts";
import { createOutbound } from "./outbound.ts";

function setup() {
  const folder = mkdtempSync(join(tmpdir(), "download-"));
  const outbound = createOutbound({
    userAgent: "test/1",
    ownPorts: () => [],
    resolve: async (host) =>
      host.endsWith(".inside.example")
        ? [{ address: "10.0.0.1", family: 4 }]
        : [{ address: "127.0.0.1", family: 4 }],
  });
  const toPath = join(folder, "file");
  const download = createDownload(outbound);
  return {
    toPath,
    get: (url: string, more: Partial<DownloadOptions> = {}) =>
      download(url, { toPath, bytesMax: 1_000_000, reach: "loopback", ...more }),
    async [Symbol.asyncDispose]() {
      await outbound.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Redirects `/n` to `/n-1` and serves `/0`. */
const countdown: Handler = (request, response) => {
  const left = Number(request.url.slice(1));
  if (left === 0) response.end("there");
  else response.writeHead(302, { location: `/${left - 1}` }).end("not this");
};

test("createDownload() saves what a server gives, and measures it", async () => {
  await using room = setup();
  const bytes = Buffer.alloc(300_000, "vidgo");
  await using server = await serveHttp((_request, response) => response.end(bytes));
  const result = await room.get(`http://cdn.example:${server.port}/a.png?sig=1`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  assert.deepEqual(result, { kind: "saved", sizeBytes: 300_000, sha256 });
  assert.deepEqual(readFileSync(room.toPath), bytes);
  assert.equal(server.seen[0]?.headers.authorization, undefined);
});

test("createDownload() follows three redirects and no fourth", async () => {
  await using room = setup();
  await using server = await serveHttp(countdown);
  assert.equal((await room.get(`http://a.example:${server.port}/3`)).kind, "saved");
  assert.equal(readFileSync(room.toPath, "utf8"), "there");
  rmSync(room.toPath);
  const result = await room.get(`http://a.example:${server.port}/4`);
  assert.equal(result.kind === "fault" && result.class, "redirect");
  assert.equal(existsSync(room.toPath), false);
});

test("createDownload() follows every kind of redirect", async () => {
  await using room = setup();
  for (const status of [301, 302, 303, 307, 308]) {
    await using server = await serveHttp((request, response) => {
      if (request.url === "/there") response.end("x");
      else response.writeHead(status, { location: "there" }).end();
    });
    assert.equal(
      (await room.get(`http://a.example:${server.port}/from`)).kind,
      "saved",
      `${status}`,
    );
    rmSync(room.toPath);
  }
});

const INNER = [
  "http://127.0.0.1:PORT/",
  "http://2130706433:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "//0x7f.1:PORT/",
  "http://localhost:PORT/",
  "http://db.inside.example:PORT/",
  "file:///etc/passwd",
  "http://u:p@a.example:PORT/",
  "http://metadata.google.internal/",
  "gopher://a.example:PORT/",
  "http://a.example:22/",
];

test("createDownload() judges each redirect anew: no inner target is visited", async () => {
  await using sink = await serveTcp((socket) => socket.end());
  const outbound = createOutbound({
    userAgent: "test/1",
    // The first host stands for a public one: only it may be reached here.
    ownPorts: () => [sink.port],
    resolve: async (host) => [
      { address: host === "db.inside.example" ? "10.0.0.1" : "127.0.0.1", family: 4 },
    ],
  });
  const download = createDownload(outbound);
  for (const target of INNER) {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(302, { location: target.replace("PORT", String(sink.port)) }).end();
    });
    const result = await download(`http://public.example:${server.port}/`, {
      toPath: "/nonexistent/never",
      bytesMax: 9,
      reach: "loopback",
    });
    assert.equal(result.kind === "fault" && result.class, "refused_address", target);
  }
  assert.equal(sink.connections, 0);
  await outbound.close();
});

test("createDownload() takes a redirect without a target as a fault", async () => {
  await using room = setup();
  await using server = await serveHttp((_request, response) => response.writeHead(302).end());
  const result = await room.get(`http://a.example:${server.port}/`);
  assert.equal(result.kind === "fault" && result.class, "redirect");
});

test("createDownload() sends its headers to the first host only", async () => {
  await using room = setup();
  await using server = await serveHttp((request, response) => {
    const to = { "/a": "/b", "/b": `http://other.example:${server.port}/c` }[request.url];
    if (to === undefined) response.end("x");
    else response.writeHead(307, { location: to, "set-cookie": "a=b" }).end();
  });
  const headers = { authorization: "Bearer k", "x-goog-api-key": "k" };
  await room.get(`http://one.example:${server.port}/a`, { headers });
  const sent = server.seen.map((request) => [
    request.headers.authorization,
    request.headers["x-goog-api-key"],
  ]);
  assert.deepEqual(sent, [
    ["Bearer k", "k"],
    ["Bearer k", "k"],
    [undefined, undefined],
  ]);
  assert.ok(server.seen.every((request) => request.headers.cookie === undefined));
});

test("createDownload() refuses every status but 200", async () => {
  await using room = setup();
  for (const status of [201, 204, 206, 304, 403, 404, 410, 500]) {
    await using server = await serveHttp((_request, response) => response.writeHead(status).end());
    const result = await room.get(`http://a.example:${server.port}/`);
    assert.deepEqual(result, { kind: "refused", status });
  }
  assert.equal(existsSync(room.toPath), false);
});

test("createDownload() leaves no file of a body too large, cut or given up", async () => {
  await using room = setup();
  const stop = new AbortController();
  const cases: readonly (readonly [string, Handler])[] = [
    ["too_large", (_request, response) => response.end(Buffer.alloc(2_000))],
    [
      "reset",
      (_request, response) => {
        response.writeHead(200, { "content-length": "900" });
        response.write("x", () => response.destroy());
      },
    ],
    ["canceled", (_request, response) => response.write("x", () => stop.abort())],
  ];
  for (const [expected, handler] of cases) {
    await using server = await serveHttp(handler);
    const result = await room.get(`http://a.example:${server.port}/`, {
      bytesMax: 1_000,
      signal: stop.signal,
    });
    assert.equal(result.kind === "fault" && result.class, expected);
    assert.equal(existsSync(room.toPath), false, expected);
  }
});

test("createDownload() throws what the disk throws, and keeps what was there", async () => {
  await using room = setup();
  writeFileSync(room.toPath, "kept");
  await using server = await serveHttp((_request, response) => response.end("new"));
  await assert.rejects(room.get(`http://a.example:${server.port}/`), { code: "EEXIST" });
  assert.equal(readFileSync(room.toPath, "utf8"), "kept");
});

test("createDownload() asks one host for four files at a time", async () => {
  await using room = setup();
  let open = 0;
  let most = 0;
  await using server = await serveHttp((_request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.end("x");
    }, 20);
  });
  const urls = Array.from({ length: 12 }, (_, index) => `http://a.example:${server.port}/${index}`);
  await Promise.all(urls.map((url, index) => room.get(url, { toPath: `${room.toPath}${index}` })));
  assert.equal(most, 4);
});

test("createDownload() gives up in the queue when its caller does", async () => {
  await using room = setup();
  const result = await room.get("http://a.example/", { signal: AbortSignal.abort() });
  assert.deepEqual([result.kind, result.kind === "fault" && result.class], ["fault", "canceled"]);
});
