import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("music detail shows songs with the documented members and no progress", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask("generate-music");
  const url = `/api/generate/detail/music?task_id=${id}`;
  assert.deepEqual(dataOf(await rig.call("GET", url)), {
    task_id: id,
    status: "not_started",
    files: [],
    created_time: "2026-11-20T10:30:00",
    error_message: null,
  });
  const [song, cover] = await rig.finishTask(id, {
    files: [
      { mediaType: "audio/mpeg", extension: "mp3", bytes: Buffer.from("song") },
      { mediaType: "image/jpeg", extension: "jpg", bytes: Buffer.from("cover") },
    ],
    outputs: [
      {
        kind: "track",
        audioId: "0c0ffee0-0000-4000-8000-000000000000",
        audio: 0,
        image: 1,
        title: "Dawn",
        tags: "folk",
        durationS: 60.5,
        prompt: "",
      },
    ],
  });
  assert.ok(song !== undefined && cover !== undefined);
  const { files } = dataOf(await rig.call("GET", url));
  assert.deepEqual(files, [
    {
      audio_id: "0c0ffee0-0000-4000-8000-000000000000",
      audio_url: rig.services.links.url(song),
      image_url: rig.services.links.url(cover),
      title: "Dawn",
      tags: "folk",
      duration: 60.5,
      prompt: "",
    },
  ]);
});

test("music detail says why a task failed", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask("generate-music");
  await rig.failTask(id, "content_policy", "The lyrics were refused");
  const data = dataOf(await rig.call("GET", `/api/generate/detail/music?task_id=${id}`));
  assert.deepEqual(
    [data.status, data.files, data.error_message],
    ["failed", [], "The lyrics were refused"],
  );
});
