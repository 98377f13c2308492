import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, startHttp } from "../../../../test/support/http.ts";
import { PASSWORD, signUp, visit, visitorOf } from "../../../../test/support/visitor.ts";

test("an invitation lets one person in with its role, and is seen to be used", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const json = { role: "member", note: "for Grace", expires_in_days: 2 };
  const made = dataOf(await ada.ask("POST", "/api/invitations", { json }));
  assert.match(String(made.url), /^http:\/\/127\.0\.0\.1:8787\/invite\/[\w-]{32}$/);
  assert.partialDeepStrictEqual(made, {
    ...{ kind: "invite", role: "member", note: "for Grace", state: "open", used_by: null },
    expires_time: "2026-11-22T10:30:00",
  });
  const code = String(made.url).split("/").at(-1);
  const grace = { name: "Grace", email: "grace@example.com", password: PASSWORD, code };
  const entered = await visit(rig, "POST /api/session/sign-up", { json: grace });
  const { personId } = visitorOf(rig, entered, rig.projectId);
  const late = { ...grace, email: "eve@example.com" };
  assert.equal((await visit(rig, "POST /api/session/sign-up", { json: late })).statusCode, 410);
  const list = await ada.ask("GET", "/api/invitations");
  assert.ok(!list.body.includes(String(code)));
  const { invitations } = dataOf(list);
  assert.ok(Array.isArray(invitations));
  assert.partialDeepStrictEqual(
    invitations.find(({ id }) => id === made.id),
    { state: "used", used_by: personId, used_time: "2026-11-20T10:30:00" },
  );
  const { members } = dataOf(await ada.ask("GET", "/api/members"));
  assert.ok(Array.isArray(members));
  const sorted = members.toSorted((a, b) => (a.email < b.email ? -1 : 1));
  assert.partialDeepStrictEqual(sorted, [
    { email: "ada@example.com", role: "owner" },
    { id: personId, name: "Grace", email: "grace@example.com", role: "member" },
  ]);
});

test("somebody who is signed in joins a further project by a code", async (t) => {
  const rig = await startHttp(t);
  const other = rig.addProject();
  const ada = await signUp(rig, "ada@example.com");
  const eve = await signUp(rig, "eve@example.com", { projectId: other });
  const json = { role: "viewer" };
  const { url } = dataOf(await ada.ask("POST", "/api/invitations", { json }));
  const code = String(url).split("/").at(-1);
  const { projects } = dataOf(await eve.ask("POST", "/api/session/join", { json: { code } }));
  assert.ok(Array.isArray(projects));
  assert.deepEqual(projects.map(({ id }) => id).sort(), [other, rig.projectId].sort());
  eve.projectId = rig.projectId;
  assert.equal((await eve.ask("GET", "/api/tasks")).statusCode, 200);
  assert.equal((await eve.ask("POST", "/api/keys")).statusCode, 403);
  assert.equal((await eve.ask("POST", "/api/session/join", { json: { code } })).statusCode, 410);
});

test("an invitation that was taken back opens nothing", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const made = dataOf(await ada.ask("POST", "/api/invitations", { json: { role: "owner" } }));
  const code = String(made.url).split("/").at(-1);
  await ada.ask("POST", `/api/invitations/${made.id}/revoke`);
  assert.equal((await ada.ask("POST", `/api/invitations/${made.id}/revoke`)).statusCode, 404);
  const json = { name: "Eve", email: "eve@example.com", password: PASSWORD, code };
  assert.equal((await visit(rig, "POST /api/session/sign-up", { json })).statusCode, 410);
});

test("a changed or removed member is judged anew by the next request", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const bob = await signUp(rig, "bob@example.com", { role: "member" });
  assert.equal((await bob.ask("GET", "/api/webhooks/settings")).statusCode, 200);
  const json = { role: "viewer" };
  const changed = await ada.ask("POST", `/api/members/${bob.personId}/role`, { json });
  assert.partialDeepStrictEqual(dataOf(changed), { id: bob.personId, role: "viewer" });
  assert.equal((await bob.ask("GET", "/api/webhooks/settings")).statusCode, 403);
  await ada.ask("POST", `/api/members/${bob.personId}/remove`);
  assert.equal((await bob.ask("GET", "/api/tasks")).statusCode, 404);
  assert.deepEqual(dataOf(await bob.ask("GET", "/api/session")).projects, []);
});

test("a member who is removed while the role changes is told as unknown", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const bob = await signUp(rig, "bob@example.com", { role: "member" });
  const { people } = rig.store;
  const { changeMember } = people;
  t.mock.method(people, "changeMember", async (wish: Parameters<typeof changeMember>[0]) => {
    const result = await changeMember(wish);
    await changeMember({ ...wish, auditId: `${wish.auditId}_2`, role: null });
    return result;
  });
  const json = { role: "viewer" };
  const changed = await ada.ask("POST", `/api/members/${bob.personId}/role`, { json });
  assert.equal(changed.statusCode, 404);
  assert.equal(errorOf(changed).message, "No member has this id");
});

test("a project keeps its last owner and can be renamed", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const json = { role: "member" };
  for (const path of ["role", "remove"]) {
    const refused = await ada.ask("POST", `/api/members/${ada.personId}/${path}`, { json });
    assert.equal(refused.statusCode, 409);
  }
  const renamed = await ada.ask("POST", "/api/project", { json: { name: " Studio " } });
  assert.deepEqual(dataOf(renamed), {
    ...{ id: rig.projectId, name: "Studio", created_time: "2026-11-20T10:30:00" },
    balance: "100000",
  });
});

test("an invitation may last for a part of a day, to the millisecond", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  for (const days of [1 / 7, 0.123456789, 1.4e-12]) {
    const json = { role: "viewer", expires_in_days: days };
    assert.equal(dataOf(await ada.ask("POST", "/api/invitations", { json })).state, "open");
  }
  assert.deepEqual(rig.errors, []);
});

test("a misspelt member of an invitation is refused, not left out", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const json = { role: "viewer", expires_in_day: 1 };
  const answer = await ada.ask("POST", "/api/invitations", { json });
  assert.equal(answer.statusCode, 400);
  const message = '"expires_in_day" is unknown; expected role, note, expires_in_days';
  assert.equal(errorOf(answer).message, message);
});
