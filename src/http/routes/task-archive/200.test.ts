import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";

async function finished(rig: HttpRig, texts: readonly string[]): Promise<string> {
  const { id } = await rig.acceptTask();
  const files = texts.map((text) => {
    return { bytes: Buffer.from(text), mediaType: "image/png", extension: "png" };
  });
  const outputs = texts.map((_, file) => ({ kind: "media", file, media: "image" }) as const);
  await rig.finishTask(id, { files, outputs });
  return id;
}

test("archive is one zip with the living files of the tasks that are named", async (t) => {
  const rig = await startHttp(t);
  const two = await finished(rig, ["first", "second"]);
  const one = await finished(rig, ["third"]);
  const gone = await finished(rig, ["fourth"]);
  await rig.call("POST", `/api/tasks/${gone}/files/delete`);
  const answer = await rig.call("GET", `/api/tasks/archive?task_id=${two},${one},${gone},${one}`);
  assert.equal(answer.statusCode, 200);
  const { headers, rawPayload } = answer;
  assert.equal(headers["content-type"], "application/zip");
  assert.equal(headers["content-disposition"], 'attachment; filename="vidgo-2026-11-20.zip"');
  assert.equal(headers["content-length"], String(rawPayload.length));
  const text = rawPayload.toString("latin1");
  for (const word of ["first", "second", "third"]) assert.ok(text.includes(word), word);
  assert.ok(!text.includes("fourth"));
  assert.equal(rawPayload.readUInt16LE(rawPayload.length - 14), 3, "entries");
  const names = [...text.matchAll(/2026-11-20-[a-z-]+-([a-z0-9]{8})-([12])\.png/g)];
  assert.deepEqual(
    new Set(names.map(([, id, number]) => `${id}-${number}`)),
    new Set([`${two.slice(-8)}-1`, `${two.slice(-8)}-2`, `${one.slice(-8)}-1`]),
  );
});

test("archive refuses what it cannot pack", async (t) => {
  const rig = await startHttp(t);
  const mine = await finished(rig, ["first"]);
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const ask = (ids: string, key?: string) =>
    rig.call("GET", `/api/tasks/archive${ids}`, key === undefined ? {} : { key });
  const told = "task_id must be 1 to 100 ids of tasks with commas between them";
  for (const ids of ["", "?task_id=", "?task_id=%00", `?task_id=${"a,".repeat(99)}b,c/`]) {
    assert.equal(errorOf(await ask(ids)).message, told, ids);
  }
  assert.equal((await ask(`?task_id=${mine},none`)).statusCode, 404);
  assert.equal((await ask(`?task_id=${mine}`, secret)).statusCode, 404);
  await rig.call("POST", `/api/tasks/${mine}/files/delete`);
  const gone = await ask(`?task_id=${mine}`);
  assert.deepEqual(
    [gone.statusCode, errorOf(gone).message],
    [410, "Files of these tasks are gone"],
  );
});
