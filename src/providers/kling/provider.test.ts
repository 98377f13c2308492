import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KLING_KEY, openKling } from "../../../test/support/fakes/kling.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import { type JsonObject, parseJson } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { kling } from "./provider.ts";

const STREET = "https://media.example.com/street.png";
const NIGHT = "https://media.example.com/night.png";
const SUBJECT = { provider: kling, openFake: openKling, secret: { key: KLING_KEY } };
const FILM = { prompt: "a fox", duration: 5, sound: true, aspect_ratio: "16:9" };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    film: { model: "kling-3.0/pro", input: FILM },
    "film from a picture": {
      model: "kling-2.6",
      input: { prompt: "rain", duration: 10, sound: false, image_urls: [STREET] },
    },
  },
});

const OPTIONS = { external_task_id: "attempt-abcdefghijklmnop" };

/** Model and input, and the path and body that they become. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  [
    "kling-3.0/pro",
    FILM,
    "text-to-video/kling-3.0",
    {
      prompt: "a fox",
      settings: { duration: 5, audio: "native", resolution: "1080p", aspect_ratio: "16:9" },
      options: OPTIONS,
    },
  ],
  [
    "kling-3.0/standard",
    { ...FILM, sound: false, image_urls: [STREET, NIGHT] },
    "image-to-video/kling-3.0",
    {
      contents: [
        { type: "prompt", text: "a fox" },
        { type: "first_frame", url: STREET },
        { type: "last_frame", url: NIGHT },
      ],
      settings: { duration: 5, audio: "off", resolution: "720p" },
      options: OPTIONS,
    },
  ],
];

describe("prepare()", () => {
  test("maps films from text and from frames, with our reference", async () => {
    await using rig = await setup();
    for (const [model, input, path, body] of BODIES) {
      const prepared = rig.ready(model, input);
      assert.equal(member(prepared, "path"), path);
      assert.deepEqual(member(prepared, "body"), body);
    }
  });

  test("takes what stands for sora-2, within its length", async () => {
    await using rig = await setup();
    const input = { prompt: "a fox", duration: 15, aspect_ratio: "9:16" };
    const prepared = rig.ready("sora-2", input, { upstreamModel: "kling-3.0@720p" });
    assert.equal(member(prepared, "path"), "text-to-video/kling-3.0");
    assert.equal(member(prepared, "body", "settings", "duration"), 15);
  });

  test("takes 3 to 15 seconds where the generation makes them", async () => {
    await using rig = await setup();
    for (const [duration, kind] of [
      [3, "ready"],
      [15, "ready"],
      [2, "refused"],
      [16, "refused"],
    ] as const) {
      const preparation = rig.prepare("kling-3.0/pro", FILM, { input: { ...FILM, duration } });
      assert.equal(preparation.kind, kind, String(duration));
    }
  });

  test("says that a film has the shape of its first frame", async () => {
    await using rig = await setup();
    const notesFor = (input: JsonObject): unknown => {
      const preparation = rig.prepare("kling-2.6", input);
      return preparation.kind === "ready" ? preparation.notes : preparation;
    };
    const note = "aspect_ratio follows the first picture";
    assert.deepEqual(notesFor({ ...FILM, image_urls: [STREET] }), [note]);
    assert.deepEqual(notesFor(FILM), []);
  });

  test("names where to call back", async () => {
    await using rig = await setup();
    const callbackUrl = "https://gateway.example.com/callbacks/1";
    const prepared = rig.ready("kling-2.6", FILM, { callbackUrl });
    assert.equal(member(prepared, "body", "options", "callback_url"), callbackUrl);
  });

  test("refuses what it would have to leave out", async () => {
    await using rig = await setup();
    for (const change of [
      { multi_shots: true },
      { image_urls: [STREET, NIGHT, STREET] },
      { image_urls: [STREET, NIGHT], end_image_url: STREET },
      { kling_elements: [] },
      { cfg_scale: 1 },
      { duration: 25 },
      // The second generation makes 5 or 10 seconds.
      { duration: 8 },
      { aspect_ratio: "4:3" },
      { image_urls: ["http://127.0.0.1:8787/files/a.png"] },
      { image_urls: [STREET], end_image_url: "http://192.168.1.2/b.png" },
    ]) {
      const preparation = rig.prepare("kling-2.6", FILM, { input: { ...FILM, ...change } });
      assert.equal(preparation.kind === "refused" ? preparation.error.retry : "", "other-route");
    }
  });
});

describe("poll()", () => {
  for (const word of ["succeeded", "succeed"]) {
    test(`takes ${word} for the end`, async () => {
      await using rig = await setup();
      const outputs = [
        { type: "cover", url: "https://cdn.example.com/1.png" },
        { type: "video", url: "https://cdn.example.com/1.mp4" },
      ];
      const billing = [{ type: "units", amount: "10" }];
      const body = { code: 0, data: [{ id: "1", status: word, outputs, billing }] };
      rig.fake.spoil("poll", { kind: "answer", answer: { body } });
      const seen = await rig.poll({ id: "1" });
      const source = { kind: "url", url: "https://cdn.example.com/1.mp4" };
      assert.ok(seen.kind === "completed");
      assert.deepEqual(seen.production.artifacts[0]?.source, source);
      assert.deepEqual(seen.production.cost, { amount: "10", unit: "credits" });
    });
  }

  test("tells a refusal of the result from a failure", async () => {
    for (const [message, code] of [
      ["The content is a risk", "content_policy"],
      ["Out of order", "generation_failed"],
    ] as const) {
      await using rig = await setup();
      rig.fake.ending = message;
      rig.fake.pollsUntilDone = 0;
      await rig.submit(rig.ready("kling-2.6", FILM));
      const seen = await rig.poll({ id: "job-1" });
      assert.equal(seen.kind === "failed" ? seen.error.code : seen.kind, code);
    }
  });
});

describe("find()", () => {
  test("takes no job that carries another reference, whatever is listed", async () => {
    await using rig = await setup();
    const prepared = rig.ready("kling-2.6", FILM, { marker: "attempt-one" });
    const find = () =>
      kling.find?.({ marker: "attempt-one", prepared, sentAtMs: rig.clock.nowMs() }, rig.context);
    const job = (id: string, external_id?: string) => ({ id, status: "processing", external_id });
    for (const [data, expected] of [
      [[job("7", "attempt-two")], { kind: "absent" }],
      [
        [job("7", "attempt-two"), job("8", "attempt-one")],
        { kind: "found", operation: { id: "8" } },
      ],
      [[job("9")], { kind: "found", operation: { id: "9" } }],
    ] as const) {
      const body = parseJson(JSON.stringify({ code: 0, data })) ?? null;
      rig.fake.spoil("poll", { kind: "answer", answer: { body } });
      assert.deepEqual(await find(), expected);
    }
  });
});

describe("callback()", () => {
  test("tells the job, and nothing that would be believed", async () => {
    await using rig = await setup();
    const request = (text: string) => ({
      headers: new Headers(),
      body: Buffer.from(text),
      url: new URL("https://gateway.example.com/callbacks/1"),
    });
    const read = async (text: string) => kling.callback?.(request(text), rig.context);
    const told = await read('{"id":"job-7","status":"succeeded"}');
    assert.deepEqual(
      [told?.trust, told?.operation, told?.observation],
      ["unsigned", { id: "job-7" }, null],
    );
    assert.equal((await read("garbage"))?.operation, null);
  });
});
