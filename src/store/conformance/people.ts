import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Role } from "../../core/role.ts";
import type { Entry, NewInvitation, PersonBatch, PersonWrite } from "../people-store.ts";
import { type Fixture, GRANTED, type OpenStore, setUp } from "./fixture.ts";

/** What people, sessions and invitations promise. */
export function describePeople(name: string, open: OpenStore): void {
  describe(`${name}: people`, () => {
    test("write() lets a person in by a code, once", async (t) => {
      const f = await setUp(t, open);
      await f.store.people.invite(makeInvitation(f, { digest: "d1", role: "member" }));
      assert.equal((await f.store.people.write(arrival(f, "ada", "d1"))).kind, "written");
      assert.deepEqual(await f.store.people.write(arrival(f, "bob", "d1")), { kind: "spent_code" });
      assert.deepEqual(await f.store.people.write(arrival(f, "bob", "d2")), {
        kind: "unknown_code",
      });
      assert.equal(await f.count("person"), 1);
      assert.equal(await f.count("person_session"), 1, "a refusal leaves no session behind");
      const [member] = await f.store.people.members(f.projectId);
      assert.deepEqual([member?.email, member?.role], ["ada@example.com", "member"]);
      const [invitation] = await f.store.people.invitations(f.projectId);
      assert.deepEqual([invitation?.usedAtMs, invitation?.usedBy], [f.nowMs, "person_ada"]);
    });

    test("write() gives one code to one of many at once", async (t) => {
      const f = await setUp(t, open);
      await f.store.people.invite(makeInvitation(f, { digest: "d1" }));
      const names = ["ada", "bob", "cleo", "dan", "eve"];
      const results = await Promise.all(
        names.map((each) => f.store.people.write(arrival(f, each, "d1"))),
      );
      assert.equal(results.filter(({ kind }) => kind === "written").length, 1);
      assert.equal((await f.store.people.everybody()).length, 1);
    });

    test("write() refuses an address that is taken and leaves the code alone", async (t) => {
      const f = await setUp(t, open);
      await f.store.people.invite(makeInvitation(f, { digest: "d1" }));
      await f.store.people.invite(makeInvitation(f, { digest: "d2" }));
      await f.store.people.write(arrival(f, "ada", "d1"));
      const again = arrival(f, "ada", "d2");
      assert.deepEqual(await f.store.people.write(again), { kind: "taken" });
      assert.equal((await f.store.people.invitation("d2"))?.usedAtMs, null);
    });

    test("write() makes a project with its grant for who comes by themselves", async (t) => {
      const f = await setUp(t, open);
      const entry: Entry = { ...ownProject(f, "ada"), personId: "person_ada" };
      await f.store.people.write({ ...arrival(f, "ada", ""), entry });
      assert.equal(await f.store.tasks.balance(entry.project.id), 7_000);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED);
      const members = await f.store.people.members(entry.project.id);
      assert.deepEqual(
        members.map(({ id, role }) => [id, role]),
        [["person_ada", "owner"]],
      );
    });

    test("write() uses up all setup links with one, and no others", async (t) => {
      const f = await setUp(t, open);
      const setup = { kind: "setup", role: "owner" } as const;
      await f.store.people.invite(makeInvitation(f, { ...setup, digest: "s1" }));
      await f.store.people.invite(makeInvitation(f, { ...setup, digest: "s2" }));
      await f.store.people.invite(makeInvitation(f, { digest: "i1" }));
      await f.store.people.write(arrival(f, "ada", "s2"));
      assert.equal((await f.store.people.write(arrival(f, "bob", "s1"))).kind, "spent_code");
      assert.equal((await f.store.people.write(arrival(f, "bob", "i1"))).kind, "written");
    });

    test("a code that has ended or was taken back opens nothing", async (t) => {
      const f = await setUp(t, open);
      const ended = makeInvitation(f, { digest: "d1", expiresAtMs: f.nowMs });
      const back = makeInvitation(f, { digest: "d2" });
      await f.store.people.invite(ended);
      await f.store.people.invite(back);
      const wish = { ...actor(f), invitationId: back.id };
      assert.equal(await f.store.people.withdraw({ ...wish, projectId: "proj_other" }), false);
      assert.equal(await f.store.people.withdraw(wish), true);
      assert.equal(await f.store.people.withdraw({ ...wish, auditId: f.id("aud") }), false);
      for (const digest of ["d1", "d2"]) {
        assert.equal((await f.store.people.write(arrival(f, "ada", digest))).kind, "spent_code");
      }
      assert.equal(await f.store.people.anybody(), false);
    });

    test("session() gives person and places until endSessions()", async (t) => {
      const f = await setUp(t, open);
      const { people } = f.store;
      await people.invite(makeInvitation(f, { digest: "d1", role: "viewer" }));
      await people.write(arrival(f, "ada", "d1"));
      await people.write({ writes: [session(f, "ada", "second")], entry: null });
      const found = await people.session("token-ada");
      assert.deepEqual(
        [found?.person.email, found?.places[0]?.role],
        ["ada@example.com", "viewer"],
      );
      assert.equal(await people.session("token-none"), null);
      const sessionId = found?.session.id ?? "";
      await people.touchSession({ sessionId, expiresAtMs: f.nowMs + 99, nowMs: f.nowMs + 9 });
      const touched = (await people.session("token-ada"))?.session;
      assert.deepEqual([touched?.expiresAtMs, touched?.lastSeenAtMs], [f.nowMs + 99, f.nowMs + 9]);
      assert.equal((await people.sessions("person_ada", f.nowMs)).length, 2);
      assert.equal((await people.sessions("person_ada", f.nowMs + 60)).length, 1);
      assert.equal(await people.endSessions({ personId: "person_bob", only: sessionId }), 0);
      assert.equal(await people.endSessions({ personId: "person_ada", except: sessionId }), 1);
      assert.equal(await people.session("token-second"), null);
      assert.equal(await people.endSessions({ personId: "person_ada" }), 1);
      assert.equal(await people.session("token-ada"), null);
    });

    test("changeMember() never takes the last owner, whoever comes at once", async (t) => {
      const f = await setUp(t, open);
      const { people } = f.store;
      for (const [each, role] of [
        ["ada", "owner"],
        ["bob", "owner"],
        ["cleo", "viewer"],
      ] as const) {
        await people.invite(makeInvitation(f, { digest: each, role }));
        await people.write(arrival(f, each, each));
      }
      const change = (personId: string, role: Role | null, projectId = f.projectId) =>
        people.changeMember({ ...actor(f), personId, role, projectId });
      assert.equal(await change("person_cleo", "member"), "changed");
      assert.equal(await change("person_none", "member"), "unknown");
      assert.equal(await change("person_cleo", null, "proj_other"), "unknown");
      const both = await Promise.all([change("person_ada", null), change("person_bob", "viewer")]);
      assert.deepEqual([...both].sort(), ["changed", "last_owner"]);
      const owners = (await people.members(f.projectId)).filter(({ role }) => role === "owner");
      assert.equal(owners.length, 1);
    });

    test("enter() adds a place, and a lesser role takes nothing away", async (t) => {
      const f = await setUp(t, open);
      const { people } = f.store;
      await people.invite(makeInvitation(f, { digest: "d1", role: "owner" }));
      await people.invite(makeInvitation(f, { digest: "d2", role: "viewer" }));
      await people.write(arrival(f, "ada", "d1"));
      const entered = await people.enter(entryOf(f, "ada", "d2"));
      assert.deepEqual(entered, { kind: "entered", projectId: f.projectId });
      assert.equal((await people.members(f.projectId))[0]?.role, "owner");
      assert.equal((await people.enter(entryOf(f, "ada", "d2"))).kind, "spent_code");
    });

    test("rows() and write() serve the sign-in library", async (t) => {
      const f = await setUp(t, open);
      const { people } = f.store;
      await people.write({ writes: [person(f, "ada"), session(f, "ada", "t1")], entry: null });
      const where = [{ column: "email", operator: "=", value: "ada@example.com" }] as const;
      const [found] = await people.rows({ table: "person", where, limit: 1 });
      assert.equal(found?.id, "person_ada");
      const set = { name: "Ada L.", image: null };
      await people.write({
        writes: [{ kind: "update", table: "person", where, set }],
        entry: null,
      });
      const none = [{ column: "image", operator: "=", value: null }] as const;
      const [changed] = await people.rows({ table: "person", where: none, limit: 1 });
      assert.equal(changed?.name, "Ada L.");
      const some = [{ column: "token", operator: "in", value: ["token-t1", "x"] }] as const;
      const gone = { kind: "delete", table: "person_session", where: some } as const;
      const result = await people.write({ writes: [gone], entry: null });
      assert.equal(result.kind === "written" && result.rows[0]?.length, 1);
      const hostile = [{ column: "id = id; --", operator: "=", value: "x" }] as const;
      await assert.rejects(people.rows({ table: "person", where: hostile, limit: 1 }));
    });

    test("projects() lists all with their people and balances", async (t) => {
      const f = await setUp(t, open);
      const entry: Entry = { ...ownProject(f, "ada"), personId: "person_ada" };
      await f.store.people.write({ ...arrival(f, "ada", ""), entry });
      const listed = await f.store.people.projects();
      const facts = listed.map(({ id, members, balance }) => [id, members, balance]);
      const wanted = [
        [f.projectId, 0, GRANTED],
        [entry.project.id, 1, 7_000],
      ];
      assert.deepEqual(facts.sort(), wanted.sort());
    });

    test("renameProject() changes the name within the audit log", async (t) => {
      const f = await setUp(t, open);
      const wish = { ...actor(f), name: "Studio" };
      assert.equal(await f.store.people.renameProject({ ...wish, projectId: "none" }), false);
      assert.equal(await f.store.people.renameProject(wish), true);
      assert.equal((await f.store.keys.project(f.projectId))?.name, "Studio");
      const entries = await f.store.audit.list({ projectId: f.projectId, limit: 9 });
      assert.ok(entries.some(({ action }) => action === "project.rename"));
    });
  });
}

function actor(f: Fixture) {
  return { projectId: f.projectId, auditId: f.id("aud"), actor: "person_x", nowMs: f.nowMs };
}

function makeInvitation(f: Fixture, change: Partial<NewInvitation>): NewInvitation {
  return {
    id: f.id("inv"),
    projectId: f.projectId,
    kind: "invite",
    role: "member",
    digest: "digest",
    note: "",
    madeBy: "operator",
    createdAtMs: f.nowMs,
    expiresAtMs: f.nowMs + 1_000,
    ...change,
  };
}

/** A new account with a session, by a code. */
function arrival(f: Fixture, name: string, digest: string): PersonBatch {
  return {
    writes: [person(f, name), session(f, name, name)],
    entry: entryOf(f, name, digest),
  };
}

function entryOf(f: Fixture, name: string, digest: string): Entry {
  const personId = `person_${name}`;
  return { kind: "code", personId, digest, auditId: f.id("aud"), nowMs: f.nowMs };
}

function ownProject(f: Fixture, name: string): Extract<Entry, { readonly kind: "project" }> {
  const { nowMs } = f;
  const grant = { id: f.id("led"), amount: 7_000, note: "", nowMs };
  const email = `${name}@example.com`;
  return {
    kind: "project",
    personId: `person_${name}`,
    project: { id: f.id("proj"), name: "Own", email, grant, nowMs },
    auditId: f.id("aud"),
    nowMs,
  };
}

function person(f: Fixture, name: string): PersonWrite {
  return {
    kind: "insert",
    table: "person",
    row: {
      id: `person_${name}`,
      name,
      email: `${name}@example.com`,
      email_verified: 0,
      image: null,
      created_at: f.nowMs,
      updated_at: f.nowMs,
    },
  };
}

function session(f: Fixture, name: string, token: string): PersonWrite {
  return {
    kind: "insert",
    table: "person_session",
    row: {
      id: f.id("session"),
      person_id: `person_${name}`,
      token: `token-${token}`,
      ip_address: "192.0.2.1",
      user_agent: "test",
      expires_at: f.nowMs + 50,
      created_at: f.nowMs,
      updated_at: f.nowMs,
    },
  };
}
