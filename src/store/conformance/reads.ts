import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Task } from "../../core/task.ts";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

/** What reading tasks and files promises. */
export function describeReads(name: string, open: OpenStore): void {
  describe(`${name}: find(), list(), attempts()`, () => {
    test("find() gives another project nothing", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      assert.equal(await f.store.tasks.find("proj_other", task.id), null);
      assert.equal(await f.store.tasks.find(f.projectId, "task-unified-0-none"), null);
      assert.deepEqual(await f.store.tasks.attempts("proj_other", task.id), []);
      assert.deepEqual(await f.store.deliveries.tries("proj_other", task.id), []);
    });

    test("find() survives ids that no database would have given", async (t) => {
      const f = await setUp(t, open);
      for (const id of ["", "'; DROP TABLE task; --", "\u0000", "\ud800", "x".repeat(100_000)]) {
        assert.equal(await f.store.tasks.find(f.projectId, id), null);
      }
    });

    test("peek() gives what find() gives of an open and of an ended task", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const { id } = claim.task;
      const agree = async (): Promise<void> => {
        const { task } = (await f.store.tasks.find(f.projectId, id)) ?? assert.fail("no task");
        const { stage, progress, routeIndex, startedAtMs } = task;
        const pulse = await f.store.tasks.peek(f.projectId, id);
        assert.deepEqual(pulse, { stage, progress, routeIndex, startedAtMs });
        const known = f.store.tasks.pulse(f.projectId, id);
        if (known !== null) assert.deepEqual(known, pulse);
      };
      await agree();
      await f.store.tasks.recordStep(
        f.step(claim, { progress: 40, started: true, routeIndex: 1, keepLease: true }),
      );
      await agree();
      await f.store.tasks.settle(f.fail(claim));
      await agree();
    });

    test("pulse() is never older than a write that is known", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const { id } = claim.task;
      for (const progress of [10, 20, 30]) {
        await f.store.tasks.peek(f.projectId, id);
        const reads = Array.from({ length: 50 }, () => f.store.tasks.peek(f.projectId, id));
        await f.store.tasks.recordStep(f.step(claim, { progress, keepLease: true }));
        const known = f.store.tasks.pulse(f.projectId, id);
        assert.equal(known?.progress ?? progress, progress);
        await Promise.all(reads);
        const after = f.store.tasks.pulse(f.projectId, id);
        assert.equal(after?.progress ?? progress, progress);
      }
      await f.store.tasks.peek(f.projectId, id);
      await f.store.tasks.settle(f.fail(claim));
      assert.notEqual(f.store.tasks.pulse(f.projectId, id)?.stage, "polling");
    });

    test("pulse() tells another project nothing", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      await f.store.tasks.peek(f.projectId, task.id);
      assert.equal(f.store.tasks.pulse("proj_other", task.id), null);
    });

    test("peek() gives another project nothing", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      assert.equal(await f.store.tasks.peek("proj_other", task.id), null);
      assert.equal(await f.store.tasks.peek(f.projectId, "task-unified-0-none"), null);
    });

    test("list() gives the newest first, page by page, each task once", async (t) => {
      const f = await setUp(t, open);
      const made: Task[] = [];
      // Three tasks a millisecond, so that pages end between equal times.
      for (let index = 0; index < 20; index += 1) {
        made.push(await f.accept({ createdAtMs: f.nowMs + Math.floor(index / 3) }));
      }
      const seen = await readPages(f, 7);
      assert.deepEqual(seen, made.map(({ id }) => id).reverse());
    });

    test("list() keeps to the project and the stages", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const queued = await f.accept();
      const ids = async (stages?: readonly Task["stage"][]): Promise<readonly string[]> => {
        const query = { projectId: f.projectId, limit: 10, ...(stages && { stages }) };
        return (await f.store.tasks.list(query)).map(({ id }) => id);
      };
      assert.deepEqual(await ids(["queued"]), [queued.id]);
      assert.deepEqual(await ids(["submitting", "polling"]), [claim.task.id]);
      assert.deepEqual(await ids([]), []);
      assert.deepEqual(await ids(), [queued.id, claim.task.id]);
      assert.deepEqual(await f.store.tasks.list({ projectId: "proj_other", limit: 10 }), []);
    });

    test("attempts() gives all attempts, first to last", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      const attempt = { id: attemptId, state: "rejected", ended: true } as const;
      await f.store.tasks.recordStep(f.step(claim, { stage: "queued", routeIndex: 0, attempt }));
      const again = await f.claimOne();
      assert.equal(again.task.attempts, 1);
      await f.store.tasks.recordIntent(f.intent(again));
      const attempts = await f.store.tasks.attempts(f.projectId, claim.task.id);
      assert.deepEqual(
        attempts.map(({ number, state, endedAtMs }) => ({ number, state, endedAtMs })),
        [
          { number: 1, state: "rejected", endedAtMs: f.nowMs },
          { number: 2, state: "submitting", endedAtMs: null },
        ],
      );
    });

    test("nextDueMs() tells when the next task is due by this machine's clock", async (t) => {
      const f = await setUp(t, open);
      assert.equal(await f.store.tasks.nextDueMs(), null);
      const { claim } = await f.begin();
      await f.store.tasks.recordStep(f.step(claim, { dueAtMs: f.nowMs + 3_600_000 }));
      const dueMs = await f.store.tasks.nextDueMs();
      assert.ok(dueMs !== null && Math.abs(dueMs - f.nowMs - 3_600_000) < 60_000, String(dueMs));
    });

    test("ping() and close() resolve, and close() may be called twice", async (t) => {
      const f = await setUp(t, open);
      await f.store.ping();
      await Promise.all([f.accept(), f.accept(), f.store.close()]);
      await f.store.close();
      await assert.rejects(f.store.tasks.accept(f.submission()), { code: "unavailable" });
      await assert.rejects(f.store.ping());
    });
  });

  describe(`${name}: files`, () => {
    test("find() gives a file by its id", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const file = { ...f.file(claim.task.id, 0), durationS: 6.04, width: null };
      await f.store.tasks.settle(f.finish(claim, { files: [file] }));
      assert.deepEqual(await f.store.files.find(file.id), file);
      assert.equal(await f.store.files.find("file_none"), null);
      for (const id of ["file_upload1", "file_upload2"]) {
        const upload = { ...file, id, storageKey: `${f.projectId}/uploads/${id}`, taskId: null };
        await f.store.files.add(upload);
        assert.deepEqual(await f.store.files.find(id), upload);
      }
    });

    test("expired() and markDeleted() lead a file from its end to its removal", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const files = [0, 1, 2].map((position) => ({
        ...f.file(claim.task.id, position),
        expiresAtMs: f.nowMs + 1_000 * (3 - position),
      }));
      await f.store.tasks.settle(f.finish(claim, { files }));
      const expired = async (atMs: number, limit = 10): Promise<readonly number[]> =>
        (await f.store.files.expired(atMs, limit)).map(({ position }) => position);
      assert.deepEqual(await expired(f.nowMs), []);
      assert.deepEqual(await expired(f.nowMs + 2_000), [2, 1], "longest dead first");
      assert.deepEqual(await expired(f.nowMs + 9_000, 1), [2]);
      const gone = files.slice(1).map(({ id }) => id);
      await f.store.files.markDeleted(gone, f.nowMs + 5_000);
      await f.store.files.markDeleted(gone, f.nowMs + 7_000);
      assert.deepEqual(await expired(f.nowMs + 9_000), [0]);
      const marked = await f.store.files.find(files[2]?.id ?? "");
      assert.equal(marked?.deletedAtMs, f.nowMs + 5_000, "the first mark stays");
      const view = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.equal(view?.files.length, 3, "rows outlive bytes");
    });

    test("known() tells stored keys from orphans", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const file = f.file(claim.task.id, 0);
      await f.store.tasks.settle(f.finish(claim, { files: [file] }));
      const strange = ["a'b", 'c"d', "e\\f", "日本", "__proto__"];
      const known = await f.store.files.known([...strange, file.storageKey]);
      assert.deepEqual([...known], [file.storageKey]);
      assert.equal((await f.store.files.known([])).size, 0);
      await f.store.files.markDeleted([], f.nowMs);
    });

    test("known() counts what a task copies as its own until it has ended", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      const key = `${f.projectId}/${claim.task.id}/${attemptId}/0-abc`;
      assert.deepEqual([...(await f.store.files.known([key, "lone"]))], [key]);
      await f.store.tasks.settle(f.fail(claim));
      assert.deepEqual([...(await f.store.files.known([key]))], []);
    });
  });
}

async function readPages(f: Fixture, limit: number): Promise<readonly string[]> {
  const seen: string[] = [];
  let last: Task | undefined;
  do {
    const page = await f.store.tasks.list({
      projectId: f.projectId,
      limit,
      ...(last && { before: { createdAtMs: last.createdAtMs, id: last.id } }),
    });
    seen.push(...page.map(({ id }) => id));
    last = page.at(-1);
  } while (last !== undefined);
  return seen;
}
