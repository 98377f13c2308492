import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FakeUpstream } from "../../../test/support/fakes/fake-upstream.ts";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { openVidgo, VIDGO_KEY } from "../../../test/support/fakes/vidgo.ts";
import { openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { Json } from "../../lib/json.ts";
import { at, textAt } from "../reading.ts";
import { vidgoProvider } from "./provider.ts";

const NEW_PICTURE = Buffer.concat([PICTURE, Buffer.from("another")]);
const HOME = "http://192.168.1.20:8080/files/a.png";
const BESIDE = "http://127.0.0.1:8080/files/b.png";
const OPEN = "https://media.example.com/c.png";
const UPLOAD = "/api/common/upload/stream";

function openRig(resubmit: "idempotency-key" | "blind" = "idempotency-key"): Promise<ProviderRig> {
  return openProviderRig({
    provider: vidgoProvider({ models: { "nano-banana-edit": "image" }, resubmit }),
    openFake: openVidgo,
    secret: { key: VIDGO_KEY },
    files: { [HOME]: PICTURE, [BESIDE]: PICTURE },
  });
}

function edit(rig: ProviderRig, ...urls: readonly string[]): Json {
  return rig.ready("nano-banana-edit", { prompt: "a hat on it", image_urls: urls });
}

function uploadsOf({ seen }: FakeUpstream): readonly string[] {
  return seen.filter(({ path }) => path === UPLOAD).map(({ body }) => body.toString("latin1"));
}

function linksOf({ seen }: FakeUpstream): readonly Json[] {
  const submits = seen.filter(({ path }) => path.endsWith("/submit"));
  return submits.map(({ json }) => at(json, "input", "image_urls") ?? null);
}

describe("vidgoProvider() and files on inner addresses", () => {
  test("uploads what the host cannot reach, and names the rest as it is", async () => {
    await using rig = await openRig();
    const outcome = await rig.submit(edit(rig, HOME, OPEN, BESIDE, HOME));
    assert.equal(outcome.kind, "accepted", JSON.stringify(outcome));
    const uploads = uploadsOf(rig.fake);
    assert.equal(uploads.length, 2);
    for (const body of uploads) {
      assert.ok(body.includes(PICTURE.toString("latin1")), "the bytes are sent");
      assert.ok(!body.includes("192.168"), "and no address");
    }
    const [links] = linksOf(rig.fake);
    const [home, open, beside, again] = [0, 1, 2, 3].map((index) => textAt(links, index) ?? "");
    assert.ok(home?.startsWith(`${rig.fake.url}/files/`) && beside?.startsWith(rig.fake.url));
    assert.deepEqual([open, again], [OPEN, home]);
    assert.notEqual(home, beside);
  });

  test("sends the same to the letter when the answer was lost", async () => {
    await using rig = await openRig();
    const prepared = edit(rig, HOME);
    rig.fake.spoil("submit", { kind: "drop-after" });
    assert.equal((await rig.submit(prepared)).kind, "unknown");
    assert.equal((await rig.submit(prepared)).kind, "accepted");
    assert.deepEqual([rig.fake.taken, uploadsOf(rig.fake).length], [1, 1]);
  });

  test("sends another task what lies at the URL by then", async () => {
    await using rig = await openRig();
    const input = { prompt: "a hat on it", image_urls: [HOME] };
    assert.equal((await rig.submit(edit(rig, HOME))).kind, "accepted");
    rig.serve(HOME, NEW_PICTURE);
    const next = rig.ready("nano-banana-edit", input, { taskId: "task_2", marker: "att_2" });
    assert.equal((await rig.submit(next)).kind, "accepted");
    const sent = uploadsOf(rig.fake).at(-1) ?? "";
    assert.ok(sent.includes(NEW_PICTURE.toString("latin1")), "the new bytes are sent");
  });

  test("ends as unknown, and not as free, when the task was taken under another link", async () => {
    await using rig = await openRig();
    const prepared = edit(rig, HOME);
    rig.fake.spoil("submit", { kind: "drop-after" });
    await rig.submit(prepared);
    // As after a restart: the upload is not known any more.
    rig.clock.advance(3_600_001);
    const outcome = await rig.submit(prepared);
    assert.ok(outcome.kind === "rejected");
    assert.partialDeepStrictEqual(outcome.error, { code: "unknown_outcome", billed: "unknown" });
    assert.equal(rig.fake.taken, 1);
  });

  test("goes on where a limit of uploads stopped it, as late as the host says", async () => {
    await using rig = await openRig();
    const prepared = edit(rig, HOME, BESIDE);
    rig.fake.spoil("content", { kind: "answer", answer: uploadedAs(rig.fake, "first") });
    rig.fake.spoil("content", { kind: "status", status: 429, retryAfter: "40" });
    const limited = await rig.submit(prepared);
    assert.ok(limited.kind === "rejected");
    assert.partialDeepStrictEqual(limited.error, {
      code: "rate_limited",
      retry: "same-route",
      retryAfterMs: 40_000,
      billed: "no",
    });
    assert.equal((await rig.submit(prepared)).kind, "accepted");
    assert.equal(uploadsOf(rig.fake).length, 3, "the first file is not sent again");
    assert.equal(textAt(linksOf(rig.fake)[0], 0), `${rig.fake.url}/files/first.png`);
  });

  for (const [fault, code, retry] of [
    [{ kind: "status", status: 401 }, "auth", "other-route"],
    [{ kind: "status", status: 503 }, "upstream_unavailable", "same-route"],
    [{ kind: "drop-after" }, "upstream_unavailable", "same-route"],
    [{ kind: "garbage" }, "upstream_unavailable", "same-route"],
    [{ kind: "empty" }, "upstream_unavailable", "same-route"],
  ] as const) {
    const what = fault.kind === "status" ? String(fault.status) : fault.kind;
    test(`buys nothing when an upload meets ${what}`, async () => {
      await using rig = await openRig("blind");
      rig.fake.spoil("content", fault);
      const outcome = await rig.submit(edit(rig, HOME));
      assert.ok(outcome.kind === "rejected", JSON.stringify(outcome));
      assert.partialDeepStrictEqual(outcome.error, { code, retry, billed: "no" });
      assert.deepEqual(linksOf(rig.fake), []);
    });
  }

  test("leaves the address of what no upload may hold to the host's own verdict", async () => {
    await using rig = await openRig();
    rig.fake.spoil("content", { kind: "status", status: 400 });
    const outcome = await rig.submit(edit(rig, HOME));
    assert.ok(outcome.kind === "rejected");
    assert.equal(outcome.error.code, "invalid_request");
    assert.deepEqual(linksOf(rig.fake), [[HOME]]);
    assert.equal(rig.fake.taken, 0);
  });

  test("buys nothing when the customer's file cannot be had", async () => {
    await using rig = await openRig();
    const outcome = await rig.submit(edit(rig, "http://10.0.0.9/gone.png"));
    assert.ok(outcome.kind === "rejected");
    assert.equal(outcome.error.code, "input_unreachable");
    assert.equal(rig.fake.taken, 0);
  });
});

function uploadedAs(fake: FakeUpstream, name: string) {
  return { body: { code: 200, data: { file_url: `${fake.url}/files/${name}.png` } } };
}
