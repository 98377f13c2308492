import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeKey, showKey } from "../../src/core/key.ts";
import type { Role } from "../../src/core/role.ts";
import { ACCESS } from "../../src/http/access.ts";
import { systemRandom } from "../../src/lib/random.ts";
import type { Row } from "../../src/store/transaction.ts";
import { type HttpRig, startHttp } from "../../test/support/http.ts";
import { signUp } from "../../test/support/visitor.ts";
import { DOORS, type Door, expectedStatus, VISITORS, type Visitor } from "./access-matrix.ts";

const rig = await startHttp({ after });
const SUBMIT = { model: "grok-imagine", input: { prompt: "a fox" } };
const BOOTSTRAP = "a-bootstrap-key-of-the-operator-0123456789";
const unknown = makeKey("live", systemRandom).secret;
const FROM_THE_CONSOLE = { "x-vidgo-console": "1", "sec-fetch-site": "same-origin" };
const place = await prepare(rig);
const keys = await makeKeys(rig);
const sessions = await makeSessions(rig);
let lastAddress = 0;

interface Place {
  /** An open task, and one that has ended with a callback. */
  readonly open: string;
  readonly ended: string;
  readonly song: string;
  readonly delivery: string;
}

async function prepare({ store, projectId, ...lab }: HttpRig): Promise<Place> {
  const ended = await lab.acceptTask("grok-imagine", "https://hooks.example/cb");
  await lab.failTask(ended.id, "canceled", "no more");
  const song = await lab.acceptTask("generate-music");
  await lab.failTask(song.id, "canceled", "no more");
  const { id: open } = await lab.acceptTask();
  const [delivery] = await store.deliveries.list({ projectId, limit: 1 });
  assert.ok(delivery);
  return { open, ended: ended.id, song: song.id, delivery: delivery.id };
}

/** The value of the Authorization header of each visitor. */
async function makeKeys(lab: HttpRig): Promise<Readonly<Record<string, string>>> {
  const bearer: Record<string, string> = {
    "another scheme": `Basic ${(await lab.addKey(lab.projectId, "live")).secret}`,
    malformed: "Bearer short",
    "bad checksum": `Bearer ${unknown.slice(0, -1)}${unknown.endsWith("a") ? "b" : "a"}`,
    unknown: `Bearer ${unknown}`,
  };
  const add = async (name: string, ...wish: Parameters<HttpRig["addKey"]>) => {
    const { id, secret } = await lab.addKey(...wish);
    bearer[name] = `Bearer ${secret}`;
    return id;
  };
  const nowMs = lab.clock.nowMs();
  const own = lab.projectId;
  const revoked = await add("revoked", own, "live");
  await lab.store.keys.revoke({ projectId: own, keyId: revoked, nowMs, actor: "operator" });
  await add("expired", own, "live", { expiresAtMs: nowMs });
  await add("outside its networks", own, "live", { networks: ["203.0.113.0/24"] });
  for (const { name, scopes } of VISITORS) {
    if (/^(only|without|usual)/.test(name) && scopes !== null) {
      await add(name, own, "live", { scopes });
    }
  }
  await add("test key", own, "test");
  await add("other project", lab.addProject(), "test");
  await lab.store.keys.setBootstrap({
    ...showKey(BOOTSTRAP),
    id: "key_boot",
    projectId: own,
    name: "boot",
    mode: "live",
    createdAtMs: nowMs,
  });
  return { ...bearer, bootstrap: `Bearer ${BOOTSTRAP}` };
}

/** The headers of each visitor who has signed in. */
async function makeSessions(
  lab: HttpRig,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const enter = async (name: string, role: Role, change: Row | null = null) => {
    const email = `${name.replaceAll(" ", ".")}@example.com`;
    const { cookie, personId, projectId } = await signUp(lab, email, { role });
    const where = [{ column: "person_id", operator: "=", value: personId }] as const;
    const write = { kind: "update", table: "person_session", where } as const;
    if (change !== null) {
      await lab.store.people.write({ writes: [{ ...write, set: change }], entry: null });
    }
    return { ...FROM_THE_CONSOLE, cookie, "x-vidgo-project": projectId };
  };
  const nowMs = lab.clock.nowMs();
  const owner = await enter("owner", "owner");
  const { "x-vidgo-console": _, ...plain } = owner;
  return {
    "session of owner": owner,
    "session of member": await enter("member", "member"),
    "session of viewer": await enter("viewer", "viewer"),
    "session of long ago": await enter("long ago", "owner", { created_at: nowMs - 7_200_000 }),
    "session that ended": await enter("ended", "owner", { expires_at: nowMs }),
    "session elsewhere": { ...owner, "x-vidgo-project": lab.addProject() },
    "session of another site": { ...owner, "sec-fetch-site": "cross-site" },
    "session without the header": plain,
  };
}

const BODIES: Readonly<Record<string, unknown>> = {
  "POST /api/generate/submit": SUBMIT,
  "POST /api/generate/quote": SUBMIT,
  "POST /api/tasks/:task_id/keep": { days: 1 },
  "POST /api/tasks/:task_id/star": { starred: true },
  "POST /api/webhooks/redeliver": { from: "2026-11-20T00:00:00Z" },
  "POST /api/webhooks/settings": { body: "flat" },
  "POST /api/webhooks/endpoints/enable": { host: "none.example" },
  "POST /api/project": { name: "default" },
  "POST /api/members/:id/role": { role: "viewer" },
  "POST /api/invitations": { role: "viewer" },
};

function pathOf(route: string, ids: Place): string {
  const path = route.slice(route.indexOf(" ") + 1);
  const task = route.startsWith("POST") ? ids.open : ids.ended;
  return path
    .replace(":task_id", task)
    .replace(":id", ids.delivery)
    .replace(":name", "none.png")
    .replace(/\*$/, "grok-imagine")
    .replace(/archive$/, `archive?task_id=${ids.ended}`)
    .replace(/music$/, `music?task_id=${ids.song}`);
}

async function ask(visitor: Visitor, door: Door, ids: Place) {
  lastAddress += 1;
  const method = door.route.startsWith("GET") ? "GET" : "POST";
  const authorization = keys[visitor.name];
  const path = pathOf(door.route, ids);
  const inQuery = visitor.name === "key in the query";
  const mark = path.includes("?") ? "&" : "?";
  return rig.app.inject({
    method,
    url: inQuery ? `${path}${mark}key=${BOOTSTRAP}&api_key=${BOOTSTRAP}` : path,
    // Each from an address of its own, so that nobody is counted as one who tries keys.
    remoteAddress: `198.51.${Math.floor(lastAddress / 250)}.${lastAddress % 250}`,
    headers: {
      ...sessions[visitor.name],
      ...(authorization === undefined ? {} : { authorization }),
      ...(method === "POST" ? { "content-type": "application/json" } : {}),
    },
    ...(method === "POST" ? { payload: JSON.stringify(BODIES[door.route] ?? {}) } : {}),
  });
}

/** All that a request could have changed. */
async function traces(): Promise<string> {
  const { store, projectId } = rig;
  const tasks = await store.tasks.list({ projectId, limit: 1_000 });
  const view = await store.tasks.find(projectId, place.open);
  const deliveries = await store.deliveries.list({ projectId, limit: 100 });
  const audit = await store.audit.list({ projectId, limit: 1_000 });
  const settings = await store.webhooks.settings(projectId);
  const balance = await store.tasks.balance(projectId);
  const made = await Promise.all([
    store.keys.list(projectId),
    store.people.members(projectId),
    store.people.invitations(projectId),
  ]);
  return JSON.stringify([
    tasks.length,
    view?.task,
    deliveries,
    audit.length,
    settings,
    balance,
    made.map(({ length }) => length),
  ]);
}

const NOWHERE: Place = {
  open: "task-unified-1-none",
  ended: "task-unified-1-none",
  song: "task-unified-1-none",
  delivery: "dlv_none",
};

for (const visitor of VISITORS) {
  for (const door of DOORS) {
    const status = expectedStatus(visitor, door);
    test(`${visitor.name}: ${door.route} answers ${status}`, async () => {
      const isRefused = door.scope !== null && [401, 403, 404].includes(status);
      const before = isRefused ? await traces() : "";
      const answer = await ask(visitor, door, place);
      assert.equal(answer.statusCode, status, answer.body);
      if (!isRefused) return;
      assert.equal(await traces(), before, "a refusal left traces");
      if (status === 401)
        assert.match(answer.body, /Unauthorized - (Invalid API key|Sign in)|Not authenticated/);
      if (status === 403 && visitor.refused === undefined)
        assert.match(answer.body, new RegExp(`lacks the scope ${door.scope}`));
      if (visitor.isForeign !== true || !door.isOwned) return;
      const none = await ask(visitor, door, NOWHERE);
      assert.deepEqual([none.statusCode, none.body], [status, answer.body]);
    });
  }
}

test("the matrix has every guarded route, and at least 370 cells", async () => {
  assert.ok(VISITORS.length * DOORS.length >= 370, `${VISITORS.length * DOORS.length}`);
  const known = new Set(DOORS.map(({ route }) => route));
  assert.deepEqual(
    Object.keys(ACCESS).filter((route) => !known.has(route)),
    [],
  );
  assert.deepEqual(rig.errors, []);
});
