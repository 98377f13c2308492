import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, test } from "node:test";
import { openEngineBench, PIXEL } from "../../test/support/engine.ts";
import { scriptedProvider, upstreamError } from "../../test/support/scripted-provider.ts";
import type { MediaKind, Observation, Output, Production } from "../core/outcome.ts";
import type { Attempt } from "../core/task.ts";
import { present } from "../lib/assert.ts";
import type { LogFields } from "../lib/log.ts";
import { UpstreamFailure } from "../providers/provider.ts";
import type { TaskView } from "../store/store.ts";
import { musicDetailData } from "../wire/music-detail.ts";
import { type StatusData, statusData } from "../wire/status.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

/**
 * What a result's link gives when it is opened: bytes, that it is over, no answer at all, or bytes
 * for which our own disk has no room.
 */
type Reply = Uint8Array | "gone" | "silent" | "disk full";

interface Upstream {
  readonly model: string;
  readonly input: object;
  readonly production: Production;
  /** What the link of each artifact gives in turn, the last one for good. */
  readonly links: readonly (readonly Reply[])[];
  /** What the job says when it is asked again, the last one for good; the result, if absent. */
  readonly laterPolls?: readonly Observation[];
}

interface Life {
  readonly view: TaskView;
  readonly attempt: Attempt;
  readonly status: StatusData;
  readonly submits: number;
  readonly polls: number;
  /** How often each link was opened. */
  readonly opened: readonly number[];
  readonly tookMs: number;
  readonly callback: unknown;
  readonly warnings: readonly LogFields[];
  readonly balance: number;
}

/** The life of a task that is called back about, for at most six hours. */
async function live(upstream: Upstream): Promise<Life> {
  const { model, production, links } = upstream;
  const provider = scriptedProvider("upstream", [model], {
    submits: [{ kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 }],
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const warnings: LogFields[] = [];
  const log = { ...bench.context.log, warn: (fields: LogFields) => void warnings.push(fields) };
  const context = { ...bench.context, log };
  const { clock, projectId } = bench;
  const { tasks, deliveries } = context.store;
  const opened = links.map(() => 0);
  provider.open = async (ref) => {
    const file = Number(ref);
    const turn = opened[file] ?? 0;
    opened[file] = turn + 1;
    const replies = links[file] ?? [];
    return giveReply(present(replies[Math.min(turn, replies.length - 1)], `link ${file}`));
  };
  let polls = 0;
  const later = upstream.laterPolls ?? [];
  provider.poll = async () => {
    polls += 1;
    const again = polls === 1 ? undefined : later[Math.min(polls - 2, later.length - 1)];
    return again ?? { kind: "completed", production };
  };
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const { task } = await submitTask(context, submitter, {
    ...{ model, input: { ...upstream.input }, callbackUrl: "https://client.example.com/done" },
    ...{ idempotency: null, loopback: false },
  });
  const startMs = clock.nowMs();
  for (;;) {
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await tasks.claimDue(claim)) await runClaim(context, due).catch(isOurs);
    const view = present(await tasks.find(projectId, task.id), task.id);
    const tookMs = clock.nowMs() - startMs;
    if (view.task.finishedAtMs !== null || tookMs > 6 * 3_600_000) {
      for (const file of view.files) {
        const bytes = await buffer(present(await bench.files.open(file.storageKey), file.id));
        assert.equal(bytes.length, file.sizeBytes, "what is announced is ours");
      }
      const [sent] = await deliveries.claimDue({ nowMs: clock.nowMs(), leaseMs: 1_000, limit: 1 });
      return {
        ...{ view, polls, opened, tookMs, warnings },
        attempt: present((await tasks.attempts(projectId, task.id)).at(-1), "attempt"),
        status: statusData(view, clock.nowMs(), context.fileUrl),
        submits: provider.calls.filter((call) => call === "submit").length,
        callback: JSON.parse(sent?.body ?? "null"),
        balance: await tasks.balance(projectId),
      };
    }
    const dueMs = await tasks.nextDueMs();
    await clock.advance(Math.max(1, present(dueMs, "due") - clock.nowMs()));
  }
}

/** The scheduler leaves what breaks off to its lease. */
function isOurs(error: unknown): void {
  assert.ok(error instanceof Error && "code" in error && error.code === "ENOSPC", String(error));
}

async function giveReply(reply: Reply): Promise<{ body: Readable; sizeBytes: null }> {
  if (reply === "silent") throw new Error("socket hang up");
  if (reply === "gone") {
    const message = "The result is no longer there";
    const change = { code: "result_expired", message, retry: "same-route", billed: "yes" } as const;
    throw new UpstreamFailure(upstreamError(change));
  }
  return { body: Readable.from(reply === "disk full" ? full() : [reply]), sizeBytes: null };
}

async function* full(): AsyncIterable<Uint8Array> {
  yield PIXEL;
  throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
}

function artifacts(...kinds: readonly MediaKind[]): Production["artifacts"] {
  return kinds.map((media, ref) => ({ source: { kind: "upstream", ref }, media }));
}

const PICTURES: Production = {
  artifacts: artifacts("image", "image", "image", "image"),
  outputs: [0, 1, 2, 3].map((file) => ({ kind: "media", file, media: "image" })),
  creations: [],
  meta: null,
};
const FOUR = { model: "gpt-4o-image", input: { prompt: "four boats", n: 4 } } as const;

/** A WAV of a tenth of a second. */
const SOUND: Uint8Array = (() => {
  const head = Buffer.alloc(44);
  head.write("RIFF\0\0\0\0WAVEfmt ", 0, "latin1");
  head.writeUInt32LE(36 + 1_600, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(1_600, 40);
  return Buffer.concat([head, Buffer.alloc(1_600)]);
})();

const SONG = {
  model: "generate-music",
  input: { prompt: "the sea", custom_mode: false, instrumental: false, mv: "V4" },
} as const;

/** Two songs, each with a cover, in the order in which some hosts tell them. */
const SONGS: Production = {
  artifacts: artifacts("audio", "image", "audio", "image"),
  outputs: [0, 2].map(
    (audio): Output => ({
      ...{ kind: "track", audioId: `song-${audio}`, audio, image: audio + 1, title: "Sea" },
      ...{ tags: "", durationS: 0.1, prompt: "" },
    }),
  ),
  creations: [0, 2].map((file) => ({ id: `song-${file}`, kind: "audio", file, ref: file })),
  meta: null,
};

describe("a result of several files of which some cannot be had", () => {
  test("runClaim() finishes with three of four pictures after ten fresh links", async () => {
    const links = [[PIXEL], [PIXEL], ["gone"], [PIXEL]] as const;
    const life = await live({ ...FOUR, production: PICTURES, links });
    const { view, status, attempt, warnings } = life;
    assert.deepEqual([status.status, status.files.length], ["finished", 3]);
    assert.deepEqual([life.submits, life.polls], [1, 10]);
    assert.deepEqual(life.opened, [1, 1, 10, 1], "what is ours is not brought again");
    const { task_id, files, created_time, error_message } = status;
    assert.deepEqual(life.callback, {
      ...{ task_id, status: "finished", files, created_time, error_message },
    });
    assert.equal(error_message, null);

    assert.equal(view.task.charged, Math.ceil((view.task.hold * 3) / 4));
    assert.equal(1_000_000 - life.balance, view.task.charged);
    const told = "Finished with 3 of 4 files: The result is no longer there";
    const { state, errorCode, errorMessage } = attempt;
    assert.deepEqual([state, errorCode, errorMessage], ["succeeded", "result_expired", told]);
    const line = { taskId: view.task.id, provider: "upstream", count: 3, detail: told };
    assert.deepEqual(warnings, [line]);
  });

  test("runClaim() has patience for an hour with a picture that does not come", async () => {
    const links = [["silent"], [PIXEL], [PIXEL], [PIXEL]] as const;
    const { status, tookMs, opened, attempt } = await live({
      ...FOUR,
      production: PICTURES,
      links,
    });
    assert.deepEqual([status.status, status.files.length], ["finished", 3]);
    assert.ok(tookMs > 3_000_000 && tookMs < 4_200_000, `${tookMs} ms`);
    assert.deepEqual(opened.slice(1), [1, 1, 1]);
    assert.match(
      attempt.errorMessage ?? "",
      /3 of 4 files: .* could not be fetched within an hour/,
    );
  });

  test("runClaim() gives up no picture for a trouble that passes", async () => {
    const outage: readonly Reply[] = [
      ...Array.from({ length: 50 }, () => "silent" as const),
      PIXEL,
    ];
    const dead: readonly Reply[] = [...Array.from({ length: 9 }, () => "gone" as const), PIXEL];
    const links = [outage, dead, [PIXEL], [PIXEL]];
    const { status, view, submits, warnings } = await live({
      ...{ ...FOUR, production: PICTURES, links },
    });
    assert.deepEqual([status.status, status.files.length, submits], ["finished", 4, 1]);
    assert.equal(view.task.charged, view.task.hold);
    assert.deepEqual(warnings, []);
  });

  test("runClaim() gives up no picture for a disk of ours that is full", async () => {
    const ours: readonly Reply[] = [
      ...Array.from({ length: 80 }, () => "disk full" as const),
      PIXEL,
    ];
    const links = [[PIXEL, "gone"], ours, [PIXEL], ["gone"]] as const;
    const { status, submits, opened } = await live({ ...FOUR, production: PICTURES, links });
    assert.deepEqual([status.status, status.files.length, submits], ["finished", 3, 1]);
    assert.deepEqual(opened, [1, 81, 1, 10], "what is ours is not brought again");
  });

  test("runClaim() fails as ever where no picture can be had", async () => {
    const links = [["gone"], ["gone"], ["gone"], ["gone"]] as const;
    const { status, view, polls, submits } = await live({ ...FOUR, production: PICTURES, links });
    assert.deepEqual([status.status, status.error_code], ["failed", "result_expired"]);
    assert.deepEqual([view.files.length, view.task.charged], [0, 0]);
    assert.deepEqual([submits, polls], [1, 10]);
  });

  test("runClaim() keeps what is ours when the job is gone with the rest", async () => {
    const links = [[PIXEL], ["gone"], [PIXEL], ["gone"]] as const;
    const nothing = { ...PICTURES, artifacts: [], outputs: [] };
    for (const later of [{ kind: "lost" }, { kind: "completed", production: nothing }] as const) {
      const life = await live({ ...FOUR, production: PICTURES, links, laterPolls: [later] });
      assert.deepEqual([life.status.status, life.status.files.length], ["finished", 2], later.kind);
      assert.equal(life.view.task.charged, life.view.task.hold / 2);
      assert.equal(life.submits, 1);
    }
  });

  test("runClaim() keeps what is ours of a job that then failed", async () => {
    const links = [[PIXEL], ["gone"], [PIXEL], ["gone"]] as const;
    for (const change of [{ retry: "same-route" }, { billed: "unknown" }] as const) {
      const later = { kind: "failed", error: upstreamError(change) } as const;
      const life = await live({ ...FOUR, production: PICTURES, links, laterPolls: [later] });
      assert.deepEqual([life.status.status, life.status.files.length], ["finished", 2]);
      assert.deepEqual([life.submits, life.view.task.charged], [1, life.view.task.hold / 2]);
    }
  });

  test("runClaim() buys nothing anew when no byte is ours and the job then failed", async () => {
    const links = [["gone"], ["gone"], ["gone"], ["gone"]] as const;
    const later = { kind: "failed", error: upstreamError({ retry: "same-route" }) } as const;
    const life = await live({ ...FOUR, production: PICTURES, links, laterPolls: [later] });
    assert.deepEqual([life.status.status, life.submits], ["failed", 1]);
  });

  test("runClaim() tells of a provider that gave fewer pictures than were bought", async () => {
    const [artifact] = PICTURES.artifacts;
    const [output] = PICTURES.outputs;
    const production = {
      ...PICTURES,
      artifacts: [present(artifact, "artifact")],
      outputs: [present(output, "output")],
    };
    const life = await live({ ...FOUR, production, links: [[PIXEL]] });
    assert.deepEqual([life.status.status, life.status.files.length], ["finished", 1]);
    assert.deepEqual([life.polls, life.tookMs < 60_000], [1, true], "there is nothing to wait for");
    assert.equal(life.view.task.charged, Math.ceil(life.view.task.hold / 4));
    assert.equal(
      life.attempt.errorMessage,
      "Finished with 1 of 4 files: The provider gave no more",
    );
    assert.equal(life.warnings.length, 1);
  });

  test("runClaim() finishes a song without the cover that is dead, at its price", async () => {
    const links = [[SOUND], ["gone"], [SOUND], [PIXEL]] as const;
    const { view, callback, status } = await live({ ...SONG, production: SONGS, links });
    const url = ({ id }: { readonly id: string }): string => `https://gateway.example.com/${id}`;
    const { files } = musicDetailData(view, url);
    assert.equal(status.status, "finished");
    assert.deepEqual(
      files.map(({ audio_id, audio_url, image_url }) => [audio_id, audio_url, image_url]),
      [
        ["song-0", url(present(view.files[0], "song")), ""],
        ["song-2", url(present(view.files[1], "song")), url(present(view.files[2], "cover"))],
      ],
    );
    assert.ok(typeof callback === "object" && callback !== null && "files" in callback);
    assert.deepEqual(
      status.files.map(({ file_type }) => file_type),
      ["audio", "audio", "image"],
    );
    assert.equal(view.task.charged, view.task.hold, "a request of songs has one price");
  });

  test("runClaim() takes no cover for the song that is dead", async () => {
    const links = [["gone"], [PIXEL], ["gone"], [PIXEL]] as const;
    const { view, status } = await live({ ...SONG, production: SONGS, links });
    assert.deepEqual([status.status, status.error_code], ["failed", "result_expired"]);
    assert.deepEqual([view.files.length, view.task.charged], [0, 0]);
  });
});
