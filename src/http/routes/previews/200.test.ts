import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import {
  dataOf,
  errorOf,
  type HttpRig,
  servedFile,
  startHttp,
} from "../../../../test/support/http.ts";
import { makeFolder, needsFfmpeg, sampleFilm } from "../../../../test/support/media-samples.ts";
import type { FileRow } from "../../../core/file.ts";
import { isJsonObject, type JsonObject } from "../../../lib/json.ts";

const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#c83214" } })
    .png()
    .toBuffer();

async function shown(rig: HttpRig, row: FileRow): Promise<JsonObject> {
  const { files } = dataOf(await rig.call("GET", `/api/tasks/${row.taskId}`));
  assert.ok(Array.isArray(files) && isJsonObject(files[0]));
  return files[0];
}

const get = (rig: HttpRig, url: unknown, headers = {}) =>
  rig.call("GET", new URL(String(url)).pathname, { key: null, headers });

test("a picture has a small and a large view, and its colour once it was seen", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig, { bytes: await picture(1600, 900) });
  const before = await shown(rig, row);
  assert.equal(before.colour, null);
  assert.equal(before.peaks_url, null);
  for (const [url, width, height] of [
    [before.thumb_url, 320, 180],
    [before.poster_url, 640, 360],
  ] as const) {
    const answer = await get(rig, url);
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.headers["content-type"], "image/webp");
    const facts = await sharp(answer.rawPayload).metadata();
    assert.deepEqual([facts.format, facts.width, facts.height], ["webp", width, height]);
    const again = await get(rig, url, { "if-none-match": String(answer.headers.etag) });
    assert.equal(again.statusCode, 304);
  }
  assert.match(String((await shown(rig, row)).colour), /^#[bcd][0-9a-f][23][0-9a-f][01][0-9a-f]$/);
  const { tasks } = dataOf(await rig.call("GET", "/api/tasks"));
  assert.ok(Array.isArray(tasks));
  assert.equal(tasks[0].thumb_url, before.thumb_url);
  assert.match(tasks[0].colour, /^#/);
});

test("views that many ask for together are made once", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig, { bytes: await picture(400, 400) });
  const { thumb_url: url } = await shown(rig, row);
  const answers = await Promise.all(Array.from({ length: 12 }, () => get(rig, url)));
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [200]);
  assert.equal(new Set(answers.map(({ rawPayload }) => rawPayload.toString("hex"))).size, 1);
});

test("a sound has the peaks of its loudness", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig, {
    ...{ bytes: wav(2), mediaType: "audio/wav", extension: "wav" },
  });
  const { peaks_url: url, thumb_url: none } = await shown(rig, row);
  assert.equal(none, null);
  const answer = await get(rig, url);
  assert.match(String(answer.headers["content-type"]), /^application\/json/);
  const { seconds, peaks } = answer.json<{ seconds: number; peaks: readonly number[] }>();
  assert.equal(seconds, 2);
  assert.equal(peaks.length, 1_600);
  const loudest = (from: number, to: number) => Math.max(...peaks.slice(from, to));
  assert.ok(loudest(0, 700) < 5, "silent at first");
  assert.ok(loudest(900, 1_600) > 90, "loud at last");
});

test("one file after the other is looked at, also after bytes that are broken", async (t) => {
  const rig = await startHttp(t);
  const sound = { bytes: wav(1), mediaType: "audio/wav", extension: "wav" };
  for (const [file, status] of [
    [{ bytes: await picture(40, 30) }, 200],
    [{ bytes: Buffer.from("broken") }, 404],
    [sound, 200],
    [{ bytes: await picture(30, 40) }, 200],
  ] as const) {
    const { row } = await servedFile(rig, file);
    const { thumb_url: thumb, peaks_url: peaks } = await shown(rig, row);
    assert.equal((await get(rig, thumb ?? peaks)).statusCode, status);
  }
});

test("a film has its first frame as picture, with the system's help", needsFfmpeg(), async (t) => {
  const rig = await startHttp(t);
  using folder = makeFolder();
  const path = join(folder.path, "film.mp4");
  sampleFilm(path, 1);
  const film = { bytes: await readFile(path), mediaType: "video/mp4", extension: "mp4" };
  const { row } = await servedFile(rig, film);
  const { thumb_url: url } = await shown(rig, row);
  const facts = await sharp((await get(rig, url)).rawPayload).metadata();
  assert.deepEqual([facts.width, facts.height], [64, 48]);
});

test("a preview ends with its file, and its bytes go when the file is deleted", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig, { bytes: await picture(64, 64) });
  const { thumb_url: url } = await shown(rig, row);
  assert.equal((await get(rig, url)).statusCode, 200);
  const folder = join(rig.services.settings.dataDir, "previews");
  assert.deepEqual(await readdir(folder), [row.id]);
  await rig.call("POST", `/api/tasks/${row.taskId}/files/delete`);
  assert.equal((await get(rig, url)).statusCode, 410);
  assert.deepEqual(await readdir(folder), []);
});

test("what is no picture has none, however often it is asked for", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig, { bytes: Buffer.from("no picture at all") });
  const { thumb_url: url } = await shown(rig, row);
  for (let count = 0; count < 2; count += 1) {
    const answer = await get(rig, url);
    assert.equal(errorOf(answer).type, "resource_not_found_error");
  }
  const text = String(url);
  for (const forged of [
    text.replace("small.webp", "large.webp"),
    text.replace(/-[^-]{22}\./, `-${"A".repeat(22)}.`),
    text.replace("small.webp", "small.json"),
    text.replace("/previews/", "/files/"),
  ]) {
    assert.equal((await get(rig, forged)).statusCode, 404, forged);
  }
});

/** Mono, 8 kHz, silent in its first half. */
function wav(seconds: number): Buffer {
  const frames = 8_000 * seconds;
  const bytes = Buffer.alloc(44 + frames * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + frames * 2, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(frames * 2, 40);
  for (let at = frames / 2; at < frames; at += 1) {
    bytes.writeInt16LE(Math.round(30_000 * Math.sin(at / 3)), 44 + at * 2);
  }
  return bytes;
}
