import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { makeFolder, samplePicture } from "../../test/support/media-samples.ts";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import type { Clock } from "../lib/clock.ts";
import { createDownload } from "../lib/download.ts";
import { createOutbound } from "../lib/outbound.ts";
import { createFetchInput } from "./fetch-input.ts";
import { UpstreamFailure } from "./provider.ts";

async function setup() {
  const folder = makeFolder();
  const picture = join(folder.path, "own.webp");
  await samplePicture(picture, "webp", { width: 9, height: 9 });
  const outbound = createOutbound({
    userAgent: "test/1",
    ownPorts: () => [],
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  const slept: number[] = [];
  const clock: Clock = { ...makeHandClock(), sleep: async (delayMs) => void slept.push(delayMs) };
  let count = 0;
  const fetchInput = createFetchInput({
    download: createDownload(outbound),
    clock,
    newPath: () => join(folder.path, `input-${++count}`),
    ownFile: async (url) => (url === "https://media.example.com/files/own.webp" ? picture : null),
  });
  return {
    slept,
    picture: readFileSync(picture),
    get: (url: string, loopback = true) =>
      fetchInput({ url, loopback }, new AbortController().signal),
    inputs: () => readdirSync(folder.path).filter((name) => name.startsWith("input-")),
    async [Symbol.asyncDispose]() {
      await outbound.close();
      folder[Symbol.dispose]();
    },
  };
}

async function refusal(fetching: Promise<unknown>) {
  const error: unknown = await fetching.then(
    () => assert.fail("did not throw"),
    (thrown) => thrown,
  );
  assert.ok(error instanceof UpstreamFailure, String(error));
  const { code, message, retry, billed } = error.error;
  assert.deepEqual([retry, billed], ["never", "no"]);
  return [code, message];
}

test("createFetchInput() brings a picture and tells its type by its bytes", async () => {
  await using room = await setup();
  await using server = await serveHttp((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(room.picture);
  });
  const input = await room.get(`http://cdn.example:${server.port}/a.gif`);
  assert.equal(input.mediaType, "image/webp");
  assert.equal(input.sizeBytes, room.picture.length);
  assert.deepEqual(readFileSync(input.path), room.picture);
});

test("createFetchInput() takes our own files from the disk, and leaves them there", async () => {
  await using room = await setup();
  const input = await room.get("https://media.example.com/files/own.webp", false);
  assert.equal(input.mediaType, "image/webp");
  assert.deepEqual(readFileSync(input.path), room.picture);
  assert.deepEqual(room.inputs(), ["input-1"]);
});

test("createFetchInput() tries a stumbling server three times", async () => {
  await using room = await setup();
  let asked = 0;
  await using server = await serveHttp((_request, response) => {
    asked += 1;
    if (asked < 3) response.writeHead(503).end();
    else response.end(room.picture);
  });
  assert.equal((await room.get(`http://a.example:${server.port}/`)).mediaType, "image/webp");
  assert.deepEqual(room.slept, [1_000, 2_000]);
});

const REFUSALS: readonly (readonly [string, number, Handler])[] = [
  [
    "An input URL answered with status 404",
    1,
    (_request, response) => response.writeHead(404).end(),
  ],
  [
    "An input URL answered with status 500",
    3,
    (_request, response) => response.writeHead(500).end(),
  ],
  ["An input URL could not be fetched", 3, (_request, response) => response.destroy()],
];

for (const [message, asked, handler] of REFUSALS) {
  test(`createFetchInput() asks ${asked} times, then: ${message}`, async () => {
    await using room = await setup();
    await using server = await serveHttp(handler);
    const told = await refusal(room.get(`http://a.example:${server.port}/`));
    assert.deepEqual(told, ["input_unreachable", message]);
    assert.equal(server.seen.length, asked);
    assert.deepEqual(room.inputs(), []);
  });
}

test("createFetchInput() refuses what is no media", async () => {
  await using room = await setup();
  await using server = await serveHttp((_request, response) => response.end("<html>login</html>"));
  const [code, message] = await refusal(room.get(`http://a.example:${server.port}/a.png`));
  assert.equal(code, "input_unreachable");
  assert.match(message ?? "", /no picture, film or sound/);
  assert.deepEqual(room.inputs(), []);
});

test("closed, filtered and forbidden addresses get the same words", async () => {
  await using room = await setup();
  await using sink = await serveTcp((socket) => socket.end());
  const gone = await serveTcp(() => {});
  await gone[Symbol.asyncDispose]();
  const words = new Set<string>();
  for (const url of [
    `http://127.0.0.1:${sink.port}/`,
    "http://10.0.0.1/",
    "http://169.254.169.254/",
    "http://n.example:22/",
  ]) {
    words.add((await refusal(room.get(url, false))).join());
  }
  words.add((await refusal(room.get(`http://127.0.0.1:${gone.port}/`))).join());
  assert.deepEqual([...words], ["input_unreachable,An input URL could not be fetched"]);
  assert.equal(sink.connections, 0);
});
