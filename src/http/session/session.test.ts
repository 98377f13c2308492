import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, startHttp } from "../../../test/support/http.ts";
import { cookieOf, PASSWORD, signUp, visit, visitorOf } from "../../../test/support/visitor.ts";

const MINUTE_MS = 60_000;

test("a setup link makes the first owner and works once", async (t) => {
  const rig = await startHttp(t);
  assert.equal(dataOf(await visit(rig, "GET /api/session")).setup_needed, true);
  const { code } = await rig.services.people.invite({
    ...{ projectId: rig.projectId, kind: "setup", role: "owner", note: "", madeBy: "operator" },
    lifeMs: MINUTE_MS,
  });
  assert.partialDeepStrictEqual(
    dataOf(await visit(rig, "POST /api/session/code", { json: { code } })),
    { kind: "setup", project_name: "default", role: "owner" },
  );
  const json = { name: "Ada", email: "Ada@Example.com", password: PASSWORD, code };
  const answer = await visit(rig, "POST /api/session/sign-up", { json });
  assert.partialDeepStrictEqual(dataOf(answer), {
    person: { name: "Ada", email: "ada@example.com" },
    projects: [{ id: rig.projectId, name: "default", role: "owner", runs_gateway: true }],
    signup: "invite",
    setup_needed: false,
  });
  const second = { ...json, email: "eve@example.com" };
  const again = await visit(rig, "POST /api/session/sign-up", { json: second });
  assert.equal(again.statusCode, 410);
  const open = await visit(rig, "POST /api/session/code", { json: { code } });
  assert.equal(open.statusCode, 410);
  assert.equal((await rig.store.people.everybody()).length, 1);
});

test("the cookie is out of reach for scripts, and what is stored opens nothing", async (t) => {
  const rig = await startHttp(t);
  const { code } = await rig.services.people.invite({
    ...{ projectId: rig.projectId, kind: "invite", role: "viewer", note: "", madeBy: "operator" },
    lifeMs: MINUTE_MS,
  });
  const json = { name: "Ada", email: "ada@example.com", password: PASSWORD, code };
  const answer = await visit(rig, "POST /api/session/sign-up", { json });
  const cookie = String(answer.headers["set-cookie"]);
  assert.match(cookie, /^vidgo_session_8787=[\w-]{43}; /);
  const rules = "Path=/; Max-Age=43200; HttpOnly; SameSite=Strict";
  assert.equal(cookie.slice(cookie.indexOf("; ") + 2), rules);
  const token = cookieOf(answer).split("=")[1] ?? "";
  assert.ok(!answer.body.includes(token));
  assert.equal(answer.headers["access-control-allow-origin"], undefined);
  const query = { table: "person_session", where: [], limit: 9 } as const;
  const rows = await rig.store.people.rows(query);
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(token));
  const logins = await rig.store.people.rows({ ...query, table: "person_login" });
  assert.match(String(logins[0]?.password), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("over https the cookie is bound to the host, on other plain http there is none", async (t) => {
  const safe = await startHttp(t, { publicUrl: "https://media.example.com" });
  const ada = await signUp(safe, "ada@example.com");
  assert.match(ada.cookie, /^__Host-vidgo_session=/);
  const answer = await visit(safe, "POST /api/session/sign-in", {
    json: { email: "ada@example.com", password: PASSWORD },
  });
  assert.match(String(answer.headers["set-cookie"]), /; Secure$/);
  const open = await startHttp(t, { publicUrl: "http://media.example.com" });
  const refused = await visit(open, "POST /api/session/sign-in", {
    json: { email: "ada@example.com", password: PASSWORD },
  });
  assert.equal(refused.statusCode, 403);
  assert.match(errorOf(refused).message, /VIDGO_PUBLIC_URL=https:\/\/media\.example\.com$/);
});

test("signing in gives a new session and ends the one that was borne", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const planted = `vidgo_session_8787=${"x".repeat(43)}`;
  const json = { email: "ada@example.com", password: PASSWORD };
  const fixed = await visit(rig, "POST /api/session/sign-in", {
    json,
    headers: { cookie: planted },
  });
  assert.equal(fixed.statusCode, 200);
  assert.notEqual(cookieOf(fixed), planted);
  const probe = await visit(rig, "GET /api/session", { headers: { cookie: planted } });
  assert.equal(dataOf(probe).person, null, "a token of somebody's making never becomes good");
  const again = await ada.ask("POST", "/api/session/sign-in", { json });
  assert.notEqual(cookieOf(again), ada.cookie);
  assert.equal((await ada.ask("GET", "/api/keys")).statusCode, 401, "the former one has ended");
  assert.equal(
    (await visitorOf(rig, again, rig.projectId).ask("GET", "/api/keys")).statusCode,
    200,
  );
});

test("wrong passwords and unknown addresses read alike, and five are enough", async (t) => {
  const rig = await startHttp(t);
  await signUp(rig, "ada@example.com");
  const attempt = (email: string, password = "not the password") =>
    visit(rig, "POST /api/session/sign-in", { json: { email, password } });
  const unknown = await attempt("bob@example.com");
  const wrong = await attempt("ada@example.com");
  assert.deepEqual([wrong.statusCode, wrong.body], [401, unknown.body]);
  for (let index = 0; index < 4; index += 1) await attempt("ada@example.com");
  const refused = await attempt("ADA@example.com", PASSWORD);
  assert.equal(refused.statusCode, 429);
  assert.ok(Number(refused.headers["retry-after"]) > 800);
  assert.match(errorOf(refused).message, /try again in 15 minutes$/);
  await rig.clock.advance(15 * MINUTE_MS);
  assert.equal((await attempt("ada@example.com", PASSWORD)).statusCode, 200);
});

test("a session ends after an hour without requests and after twelve in all", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const bob = await signUp(rig, "bob@example.com", { role: "viewer" });
  for (let index = 0; index < 14; index += 1) {
    await rig.clock.advance(50 * MINUTE_MS);
    const status = (await ada.ask("GET", "/api/keys")).statusCode;
    assert.equal(status, 200, `${(index + 1) * 50} minutes`);
    await rig.store.ping();
    if (index === 1) assert.equal((await bob.ask("GET", "/api/keys")).statusCode, 401);
  }
  await rig.clock.advance(21 * MINUTE_MS);
  assert.equal((await ada.ask("GET", "/api/keys")).statusCode, 401);
});

test("signing out kills the session at once, everywhere if wished", async (t) => {
  const rig = await startHttp(t);
  const here = await signUp(rig, "ada@example.com");
  const json = { email: "ada@example.com", password: PASSWORD };
  const there = visitorOf(rig, await visit(rig, "POST /api/session/sign-in", { json }), "x");
  const away = visitorOf(rig, await visit(rig, "POST /api/session/sign-in", { json }), "x");
  const out = await here.ask("POST", "/api/session/sign-out");
  assert.match(String(out.headers["set-cookie"]), /^vidgo_session_8787=; Path=\/; Max-Age=0; /);
  assert.equal((await here.ask("GET", "/api/session/list")).statusCode, 401);
  assert.equal((await there.ask("GET", "/api/session/list")).statusCode, 200);
  await away.ask("POST", "/api/session/sign-out", { json: { everywhere: true } });
  assert.equal((await there.ask("GET", "/api/session/list")).statusCode, 401);
});

test("a person sees and ends their own sessions, nobody else's", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const eve = await signUp(rig, "eve@example.com", { role: "viewer" });
  const json = { email: "ada@example.com", password: PASSWORD };
  await visit(rig, "POST /api/session/sign-in", { json, headers: { "user-agent": "Phone/1" } });
  const { sessions } = dataOf(await ada.ask("GET", "/api/session/list"));
  assert.ok(Array.isArray(sessions));
  assert.equal(sessions.length, 2);
  const other = sessions.find(({ current }) => current === false);
  assert.equal(other.agent, "Phone/1");
  assert.equal(other.address, "127.0.0.1");
  const foreign = await eve.ask("POST", `/api/session/${other.id}/revoke`);
  const unknown = await eve.ask("POST", "/api/session/session_none/revoke");
  assert.deepEqual([foreign.statusCode, foreign.body], [404, unknown.body]);
  assert.equal((await ada.ask("POST", `/api/session/${other.id}/revoke`)).statusCode, 200);
  assert.equal((await ada.ask("POST", `/api/session/${other.id}/revoke`)).statusCode, 404);
});

test("a new password ends all other sessions and is the only one that opens", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const wrong = await ada.ask("POST", "/api/session/password", {
    json: { current_password: "not the password", new_password: "another long password" },
  });
  assert.equal(wrong.statusCode, 401);
  const short = await ada.ask("POST", "/api/session/password", {
    json: { current_password: PASSWORD, new_password: "short" },
  });
  assert.equal(short.statusCode, 400);
  assert.match(errorOf(short).message, /^new_password must be a text of 12 to 128/);
  const changed = await ada.ask("POST", "/api/session/password", {
    json: { current_password: PASSWORD, new_password: "another long password" },
  });
  assert.equal((await ada.ask("GET", "/api/keys")).statusCode, 401);
  const now = visitorOf(rig, changed, rig.projectId);
  assert.equal((await now.ask("GET", "/api/keys")).statusCode, 200);
  const signIn = (password: string) =>
    visit(rig, "POST /api/session/sign-in", { json: { email: "ada@example.com", password } });
  assert.equal((await signIn(PASSWORD)).statusCode, 401);
  assert.equal((await signIn("another long password")).statusCode, 200);
});

test("handing out access wants a password that was given within the hour", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  await rig.clock.advance(40 * MINUTE_MS);
  assert.equal((await ada.ask("POST", "/api/keys", { json: { name: "a" } })).statusCode, 200);
  await rig.clock.advance(21 * MINUTE_MS);
  const late = await ada.ask("POST", "/api/keys", { json: { name: "b" } });
  assert.equal(late.statusCode, 403);
  assert.equal(errorOf(late).type, "confirmation_required_error");
  assert.equal((await ada.ask("GET", "/api/keys")).statusCode, 200);
  const wrong = { password: "not the password" };
  assert.equal((await ada.ask("POST", "/api/session/confirm", { json: wrong })).statusCode, 401);
  const right = await ada.ask("POST", "/api/session/confirm", { json: { password: PASSWORD } });
  const confirmed = visitorOf(rig, right, rig.projectId);
  assert.equal((await confirmed.ask("POST", "/api/keys", { json: {} })).statusCode, 200);
});

const CROSS_SITE: readonly (readonly [string, Readonly<Record<string, string | null>>])[] = [
  ["without the console's header", { "x-vidgo-console": null }],
  ["from another site", { "sec-fetch-site": "cross-site" }],
  ["from a site next door", { "sec-fetch-site": "same-site" }],
  ["from nowhere", { "sec-fetch-site": null }],
  ["from another origin", { "sec-fetch-site": null, origin: "https://evil.example" }],
  ["from a page without an origin", { "sec-fetch-site": null, origin: "null" }],
];

for (const [name, headers] of CROSS_SITE) {
  test(`a request ${name} is refused and does nothing`, async (t) => {
    const rig = await startHttp(t);
    const ada = await signUp(rig, "ada@example.com");
    const before = (await rig.store.keys.list(rig.projectId)).length;
    for (const url of ["/api/keys", "/api/session/sign-out", "/api/session/sign-in"]) {
      const refused = await ada.ask("POST", url, { headers });
      assert.equal(refused.statusCode, 403, `${url} ${refused.body}`);
    }
    assert.equal((await rig.store.keys.list(rig.projectId)).length, before);
    assert.equal((await ada.ask("GET", "/api/keys")).statusCode, 200, "still signed in");
  });
}

test("a browser that tells no site is judged by its origin", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  for (const [origin, status] of [
    ["http://127.0.0.1:8787", 200],
    ["http://localhost:80", 403],
    ["http://127.0.0.1", 403],
  ] as const) {
    const headers = { "sec-fetch-site": null, origin, host: "127.0.0.1:8787" };
    assert.equal((await ada.ask("POST", "/api/keys", { headers })).statusCode, status, origin);
  }
  const form = { "content-type": "text/plain" };
  assert.equal((await ada.ask("POST", "/api/keys", { headers: form })).statusCode, 415);
});

test("preflights for sessions are not answered", async (t) => {
  const rig = await startHttp(t);
  const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
  const answer = await rig.app.inject({ method: "OPTIONS", url: "/api/session/sign-in", headers });
  assert.equal(answer.statusCode, 405);
  assert.equal(answer.headers["access-control-allow-origin"], undefined);
  const allowed = await rig.app.inject({ method: "OPTIONS", url: "/api/keys", headers });
  assert.doesNotMatch(String(allowed.headers["access-control-allow-headers"]), /x-vidgo/i);
});

test("pages elsewhere read nothing of a session, however its path is spelt", async (t) => {
  const rig = await startHttp(t);
  for (const url of ["/api/session", "/%61pi/session", "/api/%73ession/list"]) {
    const { headers } = await rig.app.inject({ url });
    assert.equal(headers["access-control-allow-origin"], undefined, url);
  }
});

test("a session names one of its projects, and others are not there", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const other = rig.addProject();
  const none = await ada.ask("GET", "/api/keys", { headers: { "x-vidgo-project": null } });
  assert.equal(none.statusCode, 400);
  assert.match(errorOf(none).message, /^X-Vidgo-Project is missing/);
  const foreign = await ada.ask("GET", "/api/keys", { headers: { "x-vidgo-project": other } });
  const unknown = await ada.ask("GET", "/api/keys", { headers: { "x-vidgo-project": "proj_0" } });
  assert.deepEqual([foreign.statusCode, foreign.body], [404, unknown.body]);
  const mode = await ada.ask("GET", "/api/keys", { headers: { "x-vidgo-mode": "free" } });
  assert.equal(mode.statusCode, 400);
});

test("a key in the header counts, whatever the cookie says", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const bad = await ada.ask("GET", "/api/keys", { headers: { authorization: "Bearer nonsense" } });
  assert.equal(bad.statusCode, 401);
});

test("a session submits for its project, as a live or a test key would", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com", { role: "member" });
  const json = { model: "grok-imagine", input: { prompt: "a red fox" } };
  const { task_id: live } = dataOf(await ada.ask("POST", "/api/generate/submit", { json }));
  const headers = { "x-vidgo-mode": "test" };
  const free = dataOf(await ada.ask("POST", "/api/generate/submit", { json, headers })).task_id;
  const find = async (id: unknown) => (await rig.store.tasks.find(rig.projectId, `${id}`))?.task;
  assert.deepEqual(
    [await find(live), await find(free)].map((task) => [task?.keyId, task?.mode, task?.hold === 0]),
    [
      [ada.personId, "live", false],
      [ada.personId, "test", true],
    ],
  );
});

test("with open sign-up anybody gets a project of their own with its grant", async (t) => {
  const rig = await startHttp(t, {}, { mediaToo: false, signup: "open" });
  const json = { name: "Ada", email: "ada@example.com", password: PASSWORD };
  const answer = await visit(rig, "POST /api/session/sign-up", { json });
  const { projects } = dataOf(answer);
  assert.ok(Array.isArray(projects));
  assert.equal(projects.length, 1);
  assert.notEqual(projects[0].id, rig.projectId);
  assert.equal(projects[0].runs_gateway, false, "the gateway is somebody else's");
  const ada = visitorOf(rig, answer, projects[0].id);
  assert.partialDeepStrictEqual(dataOf(await ada.ask("GET", "/api/project")), { balance: "7" });
  const more = await ada.ask("POST", "/api/session/projects", { json: { name: "Second" } });
  const second = dataOf(more).projects;
  assert.ok(Array.isArray(second));
  ada.projectId = second.find(({ name }) => name === "Second").id;
  const empty = { name: "Second", balance: "0" };
  assert.partialDeepStrictEqual(dataOf(await ada.ask("GET", "/api/project")), empty);
  const taken = await visit(rig, "POST /api/session/sign-up", { json });
  assert.equal(taken.statusCode, 409);
});

test("without a link nobody signs up, and nothing is left behind", async (t) => {
  const rig = await startHttp(t);
  const json = { name: "Eve", email: "eve@example.com", password: PASSWORD };
  const none = await visit(rig, "POST /api/session/sign-up", { json });
  assert.equal(none.statusCode, 403);
  const code = "a-code-of-nobody";
  const unknown = await visit(rig, "POST /api/session/sign-up", { json: { ...json, code } });
  assert.equal(unknown.statusCode, 404);
  assert.equal(await rig.store.people.anybody(), false);
});

const BAD: readonly (readonly [object, RegExp])[] = [
  [{ name: "" }, /^name must be a text of 1 to 100 characters$/],
  [{ name: 5 }, /^name must be/],
  [{ email: "ada" }, /^email must be an address such as/],
  [{ email: {} }, /^email must be a text of 3 to 254/],
  [{ password: "short" }, /^password must be a text of 12 to 128 characters$/],
  [{ password: "x".repeat(129) }, /^password must be/],
  [{ code: 7 }, /^code must be a text of 8 to 100 characters$/],
];

for (const [change, message] of BAD) {
  test(`sign-up refuses ${JSON.stringify(change).slice(0, 40)} and names it`, async (t) => {
    const rig = await startHttp(t, {}, { mediaToo: false, signup: "open" });
    const json = { name: "Ada", email: "ada@example.com", password: PASSWORD, ...change };
    const answer = await visit(rig, "POST /api/session/sign-up", { json });
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(errorOf(answer).message, message);
    assert.deepEqual(rig.errors, []);
  });
}
