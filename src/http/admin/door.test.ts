import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { LightMyRequestResponse } from "fastify";
import {
  dataOf,
  errorOf,
  type HttpRig,
  type Method,
  startHttp,
} from "../../../test/support/http.ts";
import { signUp } from "../../../test/support/visitor.ts";
import { isPlausibleKey } from "../../core/key.ts";
import { buildApp } from "../app.ts";
import { operatorOf } from "../services.ts";
import { adminDoor } from "./door.ts";

interface Office {
  readonly rig: HttpRig;
  /** Asks at the operator's door, without any key. */
  ask(method: Method, url: string, json?: unknown): Promise<LightMyRequestResponse>;
}

async function setup(t: TestContext): Promise<Office> {
  const rig = await startHttp(t);
  const app = buildApp(rig.services, adminDoor(operatorOf(rig.projectId)));
  t.after(() => app.close());
  return {
    rig,
    ask: (method, url, json) =>
      app.inject({
        method,
        url,
        ...(json === undefined
          ? {}
          : { headers: { "content-type": "application/json" }, payload: JSON.stringify(json) }),
      }),
  };
}

test("adminDoor() serves the public routes without a key", async (t) => {
  const { ask } = await setup(t);
  assert.equal(dataOf(await ask("GET", "/api/user/balance")).email, "owner@example.com");
});

test("buildApp() has none of the operator's routes on the public door", async (t) => {
  const { rig } = await setup(t);
  for (const path of ["keys", "tasks", "credits"]) {
    assert.equal((await rig.call("GET", `/admin/${path}`)).statusCode, 404, path);
  }
});

test("keys are made, listed without their secret, and revoked at once", async (t) => {
  const { rig, ask } = await setup(t);
  const made = dataOf(await ask("POST", "/admin/keys", { name: "shop", mode: "test" }));
  const secret = String(made.key);
  assert.match(secret, /^vg_test_/);
  assert.ok(isPlausibleKey(secret));
  assert.equal((await rig.call("GET", "/api/user/balance", { key: secret })).statusCode, 200);

  const list = await ask("GET", "/admin/keys");
  assert.ok(!list.body.includes(secret));
  const shown = dataOf(list).keys;
  assert.ok(Array.isArray(shown));
  assert.partialDeepStrictEqual(
    shown.find(({ id }) => id === made.id),
    {
      name: "shop",
      mode: "test",
      shown_as: `${secret.slice(0, 12)}…${secret.slice(-4)}`,
      bootstrap: false,
      created_time: "2026-11-20T10:30:00",
      last_used_time: "2026-11-20T10:30:00",
      revoked_time: null,
    },
  );

  assert.deepEqual(dataOf(await ask("DELETE", `/admin/keys/${made.id}`)), {
    id: made.id,
    revoked: true,
  });
  // What is known of a good key is believed for one second.
  await rig.clock.advance(1_000);
  assert.equal((await rig.call("GET", "/api/user/balance", { key: secret })).statusCode, 401);
  assert.equal((await ask("DELETE", `/admin/keys/${made.id}`)).statusCode, 404);
});

test("a rotated key goes on for its overlap, beside one that is like it", async (t) => {
  const { rig, ask } = await setup(t);
  const works = async (secret: unknown): Promise<boolean> =>
    (await rig.call("GET", "/api/user/balance", { key: String(secret) })).statusCode === 200;
  const wish = { name: "shop", mode: "test", scopes: ["read"], networks: ["127.0.0.1"] };
  const made = dataOf(await ask("POST", "/admin/keys", { ...wish, expires_in_days: 30 }));
  await rig.clock.advance(3_600_000);
  const next = dataOf(await ask("POST", `/admin/keys/${made.id}/rotate`, { overlap_hours: 0.5 }));
  assert.partialDeepStrictEqual(next, {
    ...{ name: "shop", mode: "test", former_id: made.id },
    former_expires_time: "2026-11-20T12:00:00",
  });
  const { keys } = dataOf(await ask("GET", "/admin/keys"));
  assert.ok(Array.isArray(keys));
  assert.partialDeepStrictEqual(
    keys.find(({ id }) => id === next.id),
    {
      ...{ name: "shop", mode: "test", scopes: ["read"], networks: ["127.0.0.1"] },
      expires_time: "2026-12-20T11:30:00",
    },
  );
  assert.deepEqual([await works(made.key), await works(next.key)], [true, true]);
  await rig.clock.advance(1_801_000);
  assert.deepEqual([await works(made.key), await works(next.key)], [false, true]);
  const ended = await ask("POST", `/admin/keys/${made.id}/rotate`);
  assert.equal(ended.statusCode, 404);
});

test("a rotated key without an overlap ends at once, and a foreign one is not there", async (t) => {
  const { rig, ask } = await setup(t);
  const key = await rig.addKey(rig.projectId, "live");
  const other = await rig.addKey(rig.addProject(), "live");
  await ask("POST", `/admin/keys/${key.id}/rotate`, { overlap_hours: 0 });
  assert.equal((await rig.call("GET", "/api/user/balance", { key: key.secret })).statusCode, 401);
  const foreign = await ask("POST", `/admin/keys/${other.id}/rotate`);
  const unknown = await ask("POST", "/admin/keys/key_none/rotate");
  assert.deepEqual([foreign.statusCode, foreign.body], [404, unknown.body]);
});

test("the bootstrap key is not rotated, since the setting would bring it back", async (t) => {
  const { rig, ask } = await setup(t);
  const key = await rig.addKey(rig.projectId, "live");
  const known = (await rig.store.keys.list(rig.projectId)).find(({ id }) => id === key.id);
  assert.ok(known !== undefined);
  await rig.store.keys.setBootstrap(known);
  const answer = await ask("POST", `/admin/keys/${key.id}/rotate`);
  assert.equal(answer.statusCode, 400);
  assert.match(errorOf(answer).message, /^The bootstrap key cannot be rotated: change VIDGO_/);
});

test("keys of another project are neither listed nor revoked", async (t) => {
  const { rig, ask } = await setup(t);
  const other = await rig.addKey(rig.addProject(), "live");
  assert.ok(!(await ask("GET", "/admin/keys")).body.includes(other.id));
  assert.equal((await ask("DELETE", `/admin/keys/${other.id}`)).statusCode, 404);
  assert.equal((await rig.call("GET", "/api/user/balance", { key: other.secret })).statusCode, 200);
});

test("credits are shown and given", async (t) => {
  const { rig, ask } = await setup(t);
  assert.deepEqual(dataOf(await ask("GET", "/admin/credits")), { credits: "100000" });
  const gift = { credits: 0.5, note: "for tests" };
  assert.deepEqual(dataOf(await ask("POST", "/admin/credits", gift)), { credits: "100000.5" });
  assert.equal(dataOf(await rig.call("GET", "/api/user/balance")).credits, "100000.5");
});

test("credits are given to the project that is named, and to no unknown one", async (t) => {
  const { rig, ask } = await setup(t);
  const other = rig.addProject();
  const gift = { credits: 5, project_id: other };
  assert.deepEqual(dataOf(await ask("POST", "/admin/credits", gift)), { credits: "5" });
  const path = `/admin/credits?project_id=${other}`;
  assert.deepEqual(dataOf(await ask("GET", path)), { credits: "5" });
  assert.deepEqual(dataOf(await ask("GET", "/admin/credits")), { credits: "100000" });
  const unknown = { ...gift, project_id: "proj_none" };
  assert.equal((await ask("POST", "/admin/credits", unknown)).statusCode, 404);
  const { projects } = dataOf(await ask("GET", "/admin/projects"));
  assert.ok(Array.isArray(projects));
  assert.partialDeepStrictEqual(
    projects.find(({ id }) => id === other),
    { name: "other", email: "other@example.com", members: 0, credits: "5" },
  );
});

test("people are listed and removed, with their sessions, by the operator", async (t) => {
  const { rig, ask } = await setup(t);
  const ada = await signUp(rig, "ada@example.com");
  const { people } = dataOf(await ask("GET", "/admin/people"));
  assert.partialDeepStrictEqual(people, [{ id: ada.personId, email: "ada@example.com" }]);
  const path = "/admin/people/ADA@example.com";
  assert.partialDeepStrictEqual(dataOf(await ask("DELETE", path)), { removed: true });
  assert.equal((await ada.ask("GET", "/api/keys")).statusCode, 401);
  assert.equal((await ask("DELETE", path)).statusCode, 404);
  const { url } = dataOf(await ask("POST", "/admin/setup-link"));
  assert.match(String(url), /^http:\/\/127\.0\.0\.1:8787\/setup\/[\w-]{32}$/);
});

const REFUSED: readonly (readonly [Method, string, unknown, RegExp])[] = [
  ["POST", "/admin/keys", { mode: "prod" }, /^mode must be one of: live, test$/],
  ["POST", "/admin/keys", { name: 5 }, /^name must be a text of at most 100 characters$/],
  ["POST", "/admin/keys", { name: "x".repeat(101) }, /^name must be/],
  ["POST", "/admin/keys/x/rotate", { overlap_hours: 169 }, /^overlap_hours must be a number from/],
  ["POST", "/admin/keys/x/rotate", { overlap_hours: -1 }, /^overlap_hours must be/],
  ["POST", "/admin/keys/x/rotate", { overlap_hours: "1" }, /^overlap_hours must be/],
  ["POST", "/admin/credits", {}, /^credits must be a number from 0\.001/],
  ["POST", "/admin/credits", { credits: "5" }, /^credits must be/],
  ["POST", "/admin/credits", { credits: 0 }, /^credits must be/],
  ["POST", "/admin/credits", { credits: -5 }, /^credits must be/],
  ["POST", "/admin/credits", { credits: 0.0001 }, /^credits must be/],
  ["POST", "/admin/credits", { credits: 1e10 }, /^credits must be/],
  [
    "POST",
    "/admin/credits",
    { credits: 5, note: 5 },
    /^note must be a text of at most 500 characters$/,
  ],
  ["GET", "/admin/tasks?limit=0", undefined, /^limit must be a whole number from 1 to 500$/],
  ["GET", "/admin/tasks?limit=501", undefined, /^limit must be/],
  ["GET", "/admin/tasks?limit=1e2", undefined, /^limit must be/],
  ["GET", "/admin/tasks?limit=1&limit=2", undefined, /^limit must be/],
];

test("adminDoor() refuses what it cannot read, and changes nothing", async (t) => {
  const { ask } = await setup(t);
  for (const [method, url, json, message] of REFUSED) {
    const answer = await ask(method, url, json);
    assert.equal(answer.statusCode, 400, `${method} ${url} ${JSON.stringify(json)}`);
    assert.match(errorOf(answer).message, message);
  }
  assert.deepEqual(dataOf(await ask("GET", "/admin/credits")), { credits: "100000" });
});

test("tasks are listed newest first, only those of the project, as many as wanted", async (t) => {
  const { rig, ask } = await setup(t);
  const ids: string[] = [];
  for (const model of ["grok-imagine", "gpt-4o-image", "sora-2"]) {
    ids.unshift((await rig.acceptTask(model)).id);
    await rig.clock.advance(1_000);
  }
  const listed = async (query: string): Promise<readonly unknown[]> => {
    const { tasks } = dataOf(await ask("GET", `/admin/tasks${query}`));
    assert.ok(Array.isArray(tasks));
    return tasks.map((task) => task.task_id);
  };
  assert.deepEqual(await listed(""), ids);
  assert.deepEqual(await listed("?limit=2"), ids.slice(0, 2));
});

test("a task is shown with its attempts, its files and their links", async (t) => {
  const { rig, ask } = await setup(t);
  const { id } = await rig.acceptTask();
  await rig.startTask(id, 30);
  const running = dataOf(await ask("GET", `/admin/tasks/${id}`));
  assert.partialDeepStrictEqual(running, { status: "running", stage: "polling", progress: 30 });
  const bytes = Buffer.from("a film");
  const [file] = await rig.finishTask(id, {
    files: [{ bytes, mediaType: "video/mp4", extension: "mp4" }],
    outputs: [{ kind: "media", media: "video", file: 0 }],
  });
  assert.ok(file !== undefined);
  assert.deepEqual(dataOf(await ask("GET", `/admin/tasks/${id}`)), {
    task_id: id,
    status: "finished",
    stage: "finished",
    model: "grok-imagine",
    mode: "live",
    provider: "offline",
    progress: 100,
    credits: "30.5",
    error_code: null,
    error_message: null,
    created_time: "2026-11-20T10:30:00",
    finished_time: "2026-11-20T10:30:00",
    input: { prompt: "a red fox" },
    callback_url: null,
    attempts: [],
    callbacks: [],
    files: [
      {
        file_id: file.id,
        file_url: rig.services.links.url(file),
        media_type: "video/mp4",
        size_bytes: bytes.length,
        sha256: file.sha256,
        expires_time: "2026-11-21T10:30:00",
      },
    ],
  });
});

test("a task that is not there answers 404", async (t) => {
  const { ask } = await setup(t);
  const answer = await ask("GET", "/admin/tasks/task-unified-1-x");
  assert.equal(answer.statusCode, 404);
  assert.match(errorOf(answer).message, /^No task has this id; list them/);
});
