import assert from "node:assert/strict";
import { test } from "node:test";
import { openVidgo, VIDGO_KEY } from "../../../test/support/fakes/vidgo.ts";
import { openProviderRig } from "../../../test/support/provider-rig.ts";
import { IDEA, SONG_SAMPLES } from "../../../test/support/song-samples.ts";
import { testProvider } from "../conformance.ts";
import { vidgoProvider } from "./provider.ts";

const SUBJECT = {
  provider: vidgoProvider({
    models: { "grok-imagine": "video", "gpt-4o-image": "image", "generate-music": "music" },
    resubmit: "idempotency-key",
  }),
  openFake: openVidgo,
  secret: { key: VIDGO_KEY },
};

testProvider({
  ...SUBJECT,
  samples: {
    film: { model: "grok-imagine", input: { prompt: "a fox", duration: 6 } },
    picture: { model: "gpt-4o-image", input: { prompt: "a fox", size: "1:1" } },
    ...SONG_SAMPLES,
  },
});

test("poll() asks for songs where songs are told: the other endpoint answers 400", async () => {
  await using rig = await openProviderRig(SUBJECT);
  const { outputs } = await rig.run(rig.ready("generate-music", IDEA));
  assert.equal(outputs[0]?.kind, "track");
  const polls = rig.fake.seen.filter(({ method }) => method === "GET").map(({ path }) => path);
  assert.deepEqual([...new Set(polls)], ["/api/generate/detail/music"]);
  const headers = { authorization: `Bearer ${VIDGO_KEY}` };
  const wrong = await fetch(`${rig.fake.url}/api/generate/status/job-1`, { headers });
  assert.equal(wrong.status, 400);
});

test("submit() gets the first task again for the same key", async () => {
  await using rig = await openProviderRig(SUBJECT);
  const prepared = rig.ready("gpt-4o-image", { prompt: "a fox", size: "1:1" });
  rig.fake.spoil("submit", { kind: "drop-after" });
  assert.equal((await rig.submit(prepared)).kind, "unknown");
  assert.equal((await rig.submit(prepared)).kind, "accepted");
  assert.equal(rig.fake.taken, 1);
});
