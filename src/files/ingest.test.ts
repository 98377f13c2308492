import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import {
  makeFolder,
  needsFfmpeg,
  sampleFilm,
  samplePicture,
  sampleSound,
} from "../../test/support/media-samples.ts";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import type { ArtifactSource, MediaKind } from "../core/outcome.ts";
import { systemClock } from "../lib/clock.ts";
import { createDownload } from "../lib/download.ts";
import { createOutbound } from "../lib/outbound.ts";
import { systemRandom } from "../lib/random.ts";
import { openDiskStore } from "./disk-store.ts";
import { createIngest, type IngestWish } from "./ingest.ts";
import { openStaging } from "./staging.ts";

async function setup() {
  const folder = makeFolder();
  const staging = await openStaging(join(folder.path, "staging"), systemRandom);
  const store = await openDiskStore({ root: join(folder.path, "objects"), clock: systemClock });
  const outbound = createOutbound({
    userAgent: "test/1",
    ownPorts: () => [],
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  const ingest = createIngest({ store, staging, download: createDownload(outbound) });
  const keep = (source: ArtifactSource, media: MediaKind, more: Partial<IngestWish> = {}) =>
    ingest(
      {
        artifact: { source, media },
        folder: "proj_a/task-1/att_b",
        position: 0,
        loopback: true,
        open: null,
        ...more,
      },
      new AbortController().signal,
    );
  return {
    keep,
    store,
    staging,
    folder: folder.path,
    /** Names of what is left in the staging folder. */
    left: () => readdirSync(join(folder.path, "staging")),
    /** Puts a picture into the staging folder as a provider would. */
    async stagePicture(size = { width: 32, height: 24 }) {
      const { name, path } = await staging.reserve("png");
      await samplePicture(path, "png", size);
      return { kind: "staged", name, path } as const;
    },
    async [Symbol.asyncDispose]() {
      await outbound.close();
      folder[Symbol.dispose]();
    },
  };
}

async function pictureBytes(folder: string, format: "png" | "jpeg" = "png"): Promise<Buffer> {
  const path = join(folder, "sample");
  await samplePicture(path, format, { width: 32, height: 24 });
  return readFileSync(path);
}

test("a staged picture is kept under a key of its bytes, with its facts", async () => {
  await using room = await setup();
  const staged = await room.stagePicture();
  const bytes = readFileSync(staged.path);
  const outcome = await room.keep(staged, "image");
  assert.ok(outcome.kind === "kept");
  const { storageKey, sha256, ...facts } = outcome.file;
  assert.deepEqual(facts, {
    mediaType: "image/png",
    extension: "png",
    sizeBytes: bytes.length,
    width: 32,
    height: 24,
    durationS: null,
  });
  assert.equal(storageKey, `proj_a/task-1/att_b/0-${sha256}`);
  assert.deepEqual(readFileSync((await room.store.localPath(storageKey)) ?? ""), bytes);
});

test("keeping twice gives the same file: a crash after the copy costs nothing", async () => {
  await using room = await setup();
  const staged = await room.stagePicture();
  const first = await room.keep(staged, "image");
  assert.deepEqual(await room.keep(staged, "image"), first);
  assert.deepEqual(room.left(), [staged.name]);
});

test("what is ours is not brought again while its bytes are there", async () => {
  await using room = await setup();
  const bytes = await pictureBytes(room.folder);
  let opened = 0;
  const open = async () => {
    opened += 1;
    return { body: Readable.from([bytes]) };
  };
  const source = { kind: "upstream", ref: null } as const;
  const first = await room.keep(source, "image", { open });
  assert.ok(first.kind === "kept");
  const artifact = { source, media: "image", kept: first.file } as const;
  assert.deepEqual(await room.keep(source, "image", { open, artifact }), first);
  assert.equal(opened, 1);
  await room.store.remove(first.file.storageKey);
  assert.deepEqual(await room.keep(source, "image", { open, artifact }), first);
  assert.equal(opened, 2);
});

test("a picture behind a URL is fetched without a key and told by its bytes", async () => {
  await using room = await setup();
  const bytes = await pictureBytes(room.folder, "jpeg");
  await using server = await serveHttp((_request, response) => {
    response.writeHead(200, {
      "content-type": "text/html",
      "content-disposition": 'attachment; filename="../../x.html"',
    });
    response.end(bytes);
  });
  const outcome = await room.keep(
    { kind: "url", url: `http://cdn.example:${server.port}/x.html?sig=1` },
    "image",
  );
  assert.equal(outcome.kind === "kept" && outcome.file.mediaType, "image/jpeg");
  assert.equal(outcome.kind === "kept" && outcome.file.extension, "jpg");
  assert.equal(server.seen[0]?.headers.authorization, undefined);
  assert.deepEqual(room.left(), []);
});

test("a stream of the provider's own is kept", async () => {
  await using room = await setup();
  const bytes = await pictureBytes(room.folder);
  async function* body() {
    yield bytes.subarray(0, 10);
    yield bytes.subarray(10);
  }
  const outcome = await room.keep({ kind: "upstream", ref: null }, "image", {
    open: async () => ({ body: body() }),
  });
  assert.equal(outcome.kind === "kept" && outcome.file.sizeBytes, bytes.length);
});

test("films and sounds are kept with size and duration", needsFfmpeg(), async () => {
  await using room = await setup();
  const [film, sound, mute] = [
    await room.staging.reserve("mp4"),
    await room.staging.reserve("mp3"),
    await room.staging.reserve("mp4"),
  ];
  sampleFilm(film.path, 1);
  sampleSound(sound.path, 1);
  sampleSound(mute.path, 1);
  const kept = async (name: string, media: MediaKind) => {
    const outcome = await room.keep({ kind: "staged", name }, media);
    assert.ok(outcome.kind === "kept", JSON.stringify(outcome));
    const { mediaType, extension, width, height, durationS } = outcome.file;
    return [mediaType, extension, width, height, Math.round(durationS ?? 0)];
  };
  assert.deepEqual(await kept(film.name, "video"), ["video/mp4", "mp4", 64, 48, 1]);
  assert.deepEqual(await kept(sound.name, "audio"), ["audio/mpeg", "mp3", null, null, 1]);
  // A film without pictures is a sound.
  assert.deepEqual(await kept(mute.name, "audio"), ["audio/mp4", "m4a", null, null, 1]);
});

for (const extension of ["mp4", "mov", "webm"]) {
  test(`a ${extension} without a picture track is no film`, needsFfmpeg(), async () => {
    await using room = await setup();
    const { name, path } = await room.staging.reserve(extension);
    sampleFilm(path, 1, ["-vn"]);
    const outcome = await room.keep({ kind: "staged", name }, "video");
    assert.ok(outcome.kind === "failed");
    assert.equal(outcome.error.code, "invalid_output");
    assert.equal(outcome.error.message, "The result is no film of a known type");
  });
}

const AGAIN = "same-route";
const STRANGERS: readonly (readonly [name: string, text: string, retry: string])[] = [
  // A page where a file should be may be told by a link that is over, or by a host in trouble.
  ["html", "<!doctype html><title>Anmelden – für Gäste</title><script>alert(1)</script>", AGAIN],
  ["svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', AGAIN],
  ["playlist", "#EXTM3U\nhttp://169.254.169.254/", AGAIN],
  ["json", '{"error":"expired"}', AGAIN],
  ["zip", "PK\x03\x04", "never"],
];

for (const [name, text, retry] of STRANGERS) {
  test(`${name} is not taken for a result`, async () => {
    await using room = await setup();
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { "content-type": "image/png" }).end(text);
    });
    for (const media of ["image", "video", "audio"] as const) {
      const outcome = await room.keep(
        { kind: "url", url: `http://a.example:${server.port}/a.png` },
        media,
      );
      assert.ok(outcome.kind === "failed");
      assert.deepEqual([outcome.error.code, outcome.error.retry], ["invalid_output", retry]);
    }
    assert.deepEqual(room.left(), []);
  });
}

test("a page that was staged or too long a redirect is judged for itself", async () => {
  await using room = await setup();
  const { name, path } = await room.staging.reserve("png");
  writeFileSync(path, "<!doctype html>");
  const staged = await room.keep({ kind: "staged", name }, "image");
  assert.equal(staged.kind === "failed" && staged.error.retry, "never");
  await using server = await serveHttp((_request, response) => {
    response.writeHead(302, { location: "/login" }).end();
  });
  const url = `http://a.example:${server.port}/`;
  const login = await room.keep({ kind: "url", url }, "image");
  assert.ok(login.kind === "failed");
  assert.deepEqual([login.error.code, login.error.retry], ["invalid_output", AGAIN]);
});

test("a picture is not taken for a film", async () => {
  await using room = await setup();
  const outcome = await room.keep(await room.stagePicture(), "video");
  assert.equal(
    outcome.kind === "failed" && outcome.error.message,
    "The result is no film of a known type",
  );
});

test("a picture of more than 50 megapixels is refused by its header", async () => {
  await using room = await setup();
  const staged = await room.stagePicture();
  const bytes = readFileSync(staged.path);
  bytes.writeUInt32BE(16_384, 16);
  bytes.writeUInt32BE(16_384, 20);
  writeFileSync(staged.path, bytes);
  const outcome = await room.keep(staged, "image");
  assert.equal(
    outcome.kind === "failed" && outcome.error.message,
    "The picture has more than 50 megapixels",
  );
});

test("a picture of more than 64 MiB is refused, whatever it is", async () => {
  await using room = await setup();
  const staged = await room.stagePicture();
  truncateSync(staged.path, 64 * 1024 * 1024 + 1);
  const outcome = await room.keep(staged, "image");
  assert.equal(outcome.kind === "failed" && outcome.error.code, "invalid_output");
  assert.deepEqual(room.left(), [staged.name]);
});

test("nothing at all is an empty result", async () => {
  await using room = await setup();
  const { name } = await room.staging.reserve("png");
  const outcome = await room.keep({ kind: "staged", name }, "image");
  assert.equal(outcome.kind === "failed" && outcome.error.code, "empty_result");
});

test("what was staged and is gone, or never was ours, has expired", async () => {
  await using room = await setup();
  for (const name of [`${"0".repeat(26)}.png`, "../../etc/passwd", "/etc/passwd"]) {
    const outcome = await room.keep({ kind: "staged", name }, "image");
    assert.equal(outcome.kind === "failed" && outcome.error.code, "result_expired", name);
  }
  const closed = await room.keep({ kind: "upstream", ref: null }, "image");
  assert.equal(closed.kind === "failed" && closed.error.code, "result_expired");
});

const ANSWERS: readonly (readonly [string, string, Handler])[] = [
  // Signed links that are over are told like this by some stores.
  ["400", "result_expired", (_request, response) => response.writeHead(400).end()],
  ["403", "result_expired", (_request, response) => response.writeHead(403).end()],
  ["404", "result_expired", (_request, response) => response.writeHead(404).end()],
  ["410", "result_expired", (_request, response) => response.writeHead(410).end()],
  ["429", "upstream_unavailable", (_request, response) => response.writeHead(429).end()],
  ["500", "upstream_unavailable", (_request, response) => response.writeHead(500).end()],
  [
    "a body cut short",
    "upstream_unavailable",
    (_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("x", () => response.destroy());
    },
  ],
  [
    "a redirect inside",
    "invalid_output",
    (_request, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    },
  ],
];

for (const [name, code, handler] of ANSWERS) {
  test(`a result behind ${name} is ${code}, and no file is left`, async () => {
    await using room = await setup();
    await using server = await serveHttp(handler);
    const outcome = await room.keep(
      { kind: "url", url: `http://a.example:${server.port}/` },
      "image",
    );
    assert.equal(outcome.kind === "failed" && outcome.error.code, code);
    assert.deepEqual(room.left(), []);
  });
}

test("a result on this machine is not fetched for a task from elsewhere", async () => {
  await using room = await setup();
  await using sink = await serveTcp((socket) => socket.end());
  for (const host of ["127.0.0.1", "localhost", "name.example"]) {
    const outcome = await room.keep({ kind: "url", url: `http://${host}:${sink.port}/` }, "image", {
      loopback: false,
    });
    assert.equal(outcome.kind === "failed" && outcome.error.code, "invalid_output", host);
  }
  assert.equal(sink.connections, 0);
});

test("a provider's refusal to open is passed on, another failure is tried again", async () => {
  await using room = await setup();
  const error = {
    code: "result_expired",
    message: "Gone",
    retry: "never",
    retryAfterMs: null,
    billed: "yes",
  };
  const refusal = Object.assign(new Error("Gone"), { error });
  const refused = await room.keep({ kind: "upstream", ref: null }, "image", {
    open: () => Promise.reject(refusal),
  });
  assert.deepEqual(refused, { kind: "failed", error });
  const broken = await room.keep({ kind: "upstream", ref: null }, "image", {
    open: () => Promise.reject(new Error("x")),
  });
  assert.equal(broken.kind === "failed" && broken.error.retry, "same-route");
});

test("a full disk is our own trouble, not the result's", async () => {
  await using room = await setup();
  async function* full() {
    yield Buffer.from("x");
    throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  }
  const keeping = room.keep({ kind: "upstream", ref: null }, "image", {
    open: async () => ({ body: full() }),
  });
  await assert.rejects(keeping, { code: "ENOSPC" });
  assert.equal(existsSync(join(room.folder, "objects", "proj_a")), false);
});
