import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { type Handler, type HttpServer, serveHttp } from "../../test/support/vice-server.ts";
import type { DiskRoom } from "./disk-room.ts";
import { createDownload } from "./download.ts";
import { createOutbound } from "./outbound.ts";

const BYTES = Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * 7 + (at >> 8)) % 251));
const SHA256 = createHash("sha256").update(BYTES).digest("hex");

interface Manners {
  /** Breaks off after so many bytes of each answer; the last one of a list is for ever. */
  readonly breakAfter: readonly (number | null)[];
  readonly etags: readonly (string | null)[];
  /** Where a part begins that was asked for; as asked when absent. */
  readonly partFrom?: (asked: number) => number;
}

/** Serves {@link BYTES} with ranges, and breaks off. */
function breaking({ breakAfter, etags, partFrom = (asked) => asked }: Manners): Handler {
  let answers = 0;
  return (request, response) => {
    const turn = <T>(list: readonly T[]): T | undefined => list[Math.min(answers, list.length - 1)];
    const etag = turn(etags) ?? null;
    const most = turn(breakAfter) ?? null;
    answers += 1;
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const isPart = from !== undefined && request.headers["if-range"] === etag;
    const start = isPart ? partFrom(Number(from)) : 0;
    const rest = BYTES.subarray(start);
    response.writeHead(isPart ? 206 : 200, {
      "content-length": rest.length,
      ...(etag === null ? {} : { etag }),
      ...(isPart ? { "content-range": `bytes ${start}-${BYTES.length - 1}/${BYTES.length}` } : {}),
    });
    if (most === null || most >= rest.length) response.end(rest);
    // Later: a reader that did not take the bytes before the break loses them with it.
    else response.write(rest.subarray(0, most), () => setTimeout(() => response.destroy(), 50));
  };
}

async function fetchFrom(manners: Manners, bytesMax = 1_000_000) {
  const toPath = join(scratchFolder("resume"), "file");
  await using server: HttpServer = await serveHttp(breaking(manners));
  const outbound = createOutbound({ userAgent: "test/1", ownPorts: () => [] });
  const url = `http://127.0.0.1:${server.port}/film.mp4`;
  const result = await createDownload(outbound)(url, { toPath, bytesMax, reach: "loopback" });
  await outbound.close();
  const bytes = existsSync(toPath) ? readFileSync(toPath) : null;
  return { result, bytes, asked: server.seen.map(({ headers }) => headers.range ?? "all") };
}

test("createDownload() goes on where a copy broke, and measures the whole", async () => {
  const manners = { breakAfter: [150_000, 150_000, null], etags: ['"v1"'] };
  const { result, bytes, asked } = await fetchFrom(manners);
  assert.deepEqual(result, { kind: "saved", sizeBytes: BYTES.length, sha256: SHA256 });
  assert.deepEqual(bytes, BYTES);
  // What was under way when a connection broke may be lost with it.
  const from = asked.map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0));
  assert.equal(from.length, 3);
  assert.ok(
    from.every((at, turn) => at <= 150_000 * turn && (turn === 0 || at > 0)),
    `${from}`,
  );
});

test("createDownload() begins anew when the bytes are others now", async () => {
  const manners = { breakAfter: [150_000, null], etags: ['"v1"', '"v2"'] };
  const { result, bytes, asked } = await fetchFrom(manners);
  assert.deepEqual(result, { kind: "saved", sizeBytes: BYTES.length, sha256: SHA256 });
  assert.deepEqual(bytes, BYTES);
  assert.match(asked.join(), /^all,bytes=1\d+-$/);
});

for (const etag of [null, 'W/"v1"', "v1", '"a"b"']) {
  test(`createDownload() does not go on by the ETag ${etag}`, async () => {
    const { result, bytes, asked } = await fetchFrom({ breakAfter: [150_000], etags: [etag] });
    assert.equal(result.kind === "fault" && result.class, "reset");
    assert.deepEqual([bytes, asked], [null, ["all"]]);
  });
}

test("createDownload() takes no part that begins elsewhere", async () => {
  const manners = { breakAfter: [150_000, null], etags: ['"v1"'], partFrom: () => 149_999 };
  const { result, bytes } = await fetchFrom(manners);
  assert.deepEqual([result, bytes], [{ kind: "refused", status: 206 }, null]);
});

test("createDownload() gives up on one that breaks again and again", async () => {
  const { result, bytes, asked } = await fetchFrom({ breakAfter: [1_000], etags: ['"v1"'] });
  assert.equal(result.kind === "fault" && result.class, "reset");
  assert.deepEqual([bytes, asked.length], [null, 6]);
});

test("createDownload() counts all parts against the limit", async () => {
  const manners = { breakAfter: [150_000, null], etags: ['"v1"'] };
  const { result, bytes } = await fetchFrom(manners, 300_000);
  assert.deepEqual([result.kind === "fault" && result.class, bytes], ["too_large", null]);
});

/** Room for so many looks at the disk. */
function roomFor(looks: number): DiskRoom {
  let seen = 0;
  const look = async (): Promise<boolean> => ++seen <= looks;
  return { forWork: look, forBuying: look, forBytes: look };
}

for (const [when, looks] of [
  ["begins", 0],
  ["goes on", 1],
] as const) {
  test(`createDownload() ${when} only while the disk has room, and leaves nothing`, async () => {
    const toPath = join(scratchFolder("resume"), "file");
    const outbound = createOutbound({ userAgent: "test/1", ownPorts: () => [] });
    await using server = await serveHttp((_request, response) => {
      response.on("error", () => {}).end(Buffer.alloc(20 * 1024 * 1024));
    });
    const url = `http://127.0.0.1:${server.port}/`;
    const options = { toPath, bytesMax: 2 ** 30, reach: "loopback" } as const;
    await assert.rejects(createDownload(outbound, roomFor(looks))(url, options), {
      code: "ENOSPC",
    });
    assert.equal(existsSync(toPath), false);
    await outbound.close();
  });
}
