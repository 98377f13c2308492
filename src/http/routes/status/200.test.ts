import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";

const VIDEO = {
  files: [{ mediaType: "video/mp4", extension: "mp4", bytes: Buffer.from("a film") }],
  outputs: [{ kind: "media", file: 0, media: "video" }],
} as const;

const ask = (rig: HttpRig, taskId: string) => rig.call("GET", `/api/generate/status/${taskId}`);

test("status follows a task from submit to the end", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  assert.equal(dataOf(await ask(rig, id)).status, "not_started");
  await rig.startTask(id, 45);
  const running = dataOf(await ask(rig, id));
  assert.deepEqual([running.status, running.progress, running.files], ["running", 45, []]);
  const [file] = await rig.finishTask(id, VIDEO);
  const finished = dataOf(await ask(rig, id));
  assert.deepEqual([finished.status, finished.progress], ["finished", 100]);
  const url = file === undefined ? "" : rig.services.links.url(file);
  assert.deepEqual(finished.files, [{ file_url: url, file_type: "video" }]);
});

test("status shows a failed task as a success of the call", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.failTask(id, "content_policy", "The prompt violates our content policy");
  const data = dataOf(await ask(rig, id));
  assert.equal(data.status, "failed");
  assert.equal(data.error_message, "The prompt violates our content policy");
  assert.equal(data.error_code, "content_policy");
  assert.deepEqual(data.files, []);
  assert.equal(data.credits, "0");
});

test("status tells when to ask again, and stops once the task has ended", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const steps: readonly (readonly [number, string])[] = [
    [0, "1"],
    [15_000, "2"],
    [45_000, "5"],
    [540_000, "10"],
  ];
  for (const [waitMs, retryAfter] of steps) {
    await rig.clock.advance(waitMs);
    const answer = await ask(rig, id);
    assert.equal(answer.headers["retry-after"], retryAfter);
    assert.equal(dataOf(answer).poll_after_ms, Number(retryAfter) * 1000);
  }
  await rig.finishTask(id, VIDEO);
  const ended = await ask(rig, id);
  assert.equal(ended.headers["retry-after"], undefined);
  assert.equal(dataOf(ended).poll_after_ms, null);
});

test("status never shows an old answer after a step", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  for (const progress of [10, 11, 50]) {
    await ask(rig, id);
    await rig.startTask(id, progress);
    assert.equal(dataOf(await ask(rig, id)).progress, progress);
    await rig.clock.advance(31_000);
  }
});

test("status repeats an ended task byte for byte", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.finishTask(id, VIDEO);
  const first = await ask(rig, id);
  await rig.clock.advance(30_000);
  const kept = await ask(rig, id);
  await rig.clock.advance(120_000);
  const fresh = await ask(rig, id);
  assert.equal(kept.body, first.body);
  assert.equal(fresh.body, first.body);
});

test("status answers for music tasks too, songs first", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask("generate-music");
  await rig.finishTask(id, {
    files: [
      { mediaType: "image/jpeg", extension: "jpg", bytes: Buffer.from("cover") },
      { mediaType: "audio/mpeg", extension: "mp3", bytes: Buffer.from("song") },
    ],
    outputs: [
      {
        kind: "track",
        audioId: "a",
        audio: 1,
        image: 0,
        title: "t",
        tags: "",
        durationS: 1,
        prompt: "",
      },
    ],
  });
  const { files } = dataOf(await ask(rig, id));
  assert.match(JSON.stringify(files), /"audio"\},\{.*"image"\}\]$/);
});

test("status may be kept by the client alone and is shown to us again", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const answer = await ask(rig, id);
  assert.equal(answer.headers["cache-control"], "private, no-cache");
  const head = await rig.call("HEAD", `/api/generate/status/${id}`);
  assert.equal(head.statusCode, 200);
  assert.equal(head.body, "");
  assert.equal(head.headers.etag, answer.headers.etag);
});
