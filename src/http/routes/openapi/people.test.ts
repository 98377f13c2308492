import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { PASSWORD, signUp, visit } from "../../../../test/support/visitor.ts";
import { isJsonObject } from "../../../lib/json.ts";
import { PEOPLE_OPERATIONS } from "../../openapi/people-operations.ts";

const rig: HttpRig = await startHttp({ after });
const document = (await rig.call("GET", "/openapi.json", { key: null })).json();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: "api", components: document.components });
const ada = await signUp(rig, "ada@example.com");
const bob = await signUp(rig, "bob@example.com", { role: "member" });
const key = (await ada.ask("POST", "/api/keys")).json().data;
const invitation = (await ada.ask("POST", "/api/invitations", { json: { role: "viewer" } })).json()
  .data;
const INVITATION = {
  kind: "invite",
  role: "viewer",
  note: "",
  madeBy: "operator",
  lifeMs: 60_000,
} as const;
const code = () => rig.services.people.invite({ ...INVITATION, projectId: rig.projectId });

/** A request that succeeds, by the id of its operation; those that end the session come last. */
const REQUESTS: Readonly<Record<string, () => Promise<object>>> = {
  session: async () => ({}),
  sessions: async () => ({}),
  readCode: async () => ({ code: (await code()).code }),
  join: async () => ({ code: (await code()).code }),
  makeProject: async () => ({ name: "Second" }),
  project: async () => ({}),
  renameProject: async () => ({ name: "Studio" }),
  members: async () => ({}),
  changeMember: async () => ({ role: "viewer" }),
  invitations: async () => ({}),
  invite: async () => ({ role: "member" }),
  revokeInvitation: async () => ({}),
  keys: async () => ({}),
  makeKey: async () => ({ name: "shop", spend_total: 5 }),
  rotateKey: async () => ({ overlap_hours: 1 }),
  revokeKey: async () => ({}),
  removeMember: async () => ({}),
  confirm: async () => ({ password: PASSWORD }),
  signIn: async () => ({ email: "ada@example.com", password: PASSWORD }),
  changePassword: async () => ({ current_password: PASSWORD, new_password: `${PASSWORD} 2` }),
  signUp: async () => ({
    ...{ name: "Cleo", email: "cleo@example.com", password: PASSWORD },
    code: (await code()).code,
  }),
  revokeSession: async () => ({}),
  signOut: async () => ({}),
};

function pathOf(path: string, sessionId: string): string {
  const ids: readonly (readonly [string, string])[] = [
    ["/api/session/", sessionId],
    ["/api/members/", bob.personId],
    ["/api/invitations/", invitation.id],
    ["/api/keys/", key.id],
  ];
  const id = ids.find(([start]) => path.startsWith(start))?.[1] ?? "";
  return path.replace("{id}", id);
}

test("every operation of people answers as the document says", async () => {
  assert.deepEqual(
    Object.keys(REQUESTS).sort(),
    PEOPLE_OPERATIONS.map(({ id }) => id).sort(),
    "each operation has a request here",
  );
  for (const [id, makeBody] of Object.entries(REQUESTS)) {
    const operation = PEOPLE_OPERATIONS.find((each) => each.id === id);
    assert.ok(operation);
    const method = operation.method === "get" ? "GET" : "POST";
    const json = await makeBody();
    const described = document.paths[operation.path][operation.method];
    const body = described.requestBody?.content["application/json"].schema ?? {};
    assert.ok(ajv.validate(body, json), `${id}: ${ajv.errorsText()}`);
    const current = (await ada.ask("GET", "/api/session")).json().data.session?.id ?? "";
    const answer = await ada.ask(method, pathOf(operation.path, current), { json });
    assert.equal(answer.statusCode, 200, `${id}: ${answer.body}`);
    const validate = ajv.getSchema(`api#/components/schemas/${operation.answer}`);
    assert.ok(validate?.(answer.json()), `${id}: ${JSON.stringify(validate?.errors)}`);
    const cookie = String(answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
    if (cookie !== "") ada.cookie = cookie;
  }
});

test("no body makes a route of people fail", async () => {
  const eve = await signUp(rig, "eve@example.com");
  const routes = PEOPLE_OPERATIONS.filter(({ method }) => method === "post").map(({ path }) =>
    path.replace("{id}", "none"),
  );
  const names = ["name", "email", "password", "code", "role", "note", "scopes", "networks", "mode"];
  const more = ["expires_in_days", "spend_per_day", "requests_per_minute", "overlap_hours"];
  const value = fc.oneof(fc.jsonValue(), fc.emailAddress(), fc.constantFrom(PASSWORD, "owner"));
  const body = fc.dictionary(fc.constantFrom(...names, ...more), value);
  const cookie = eve.cookie;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.oneof(body, fc.jsonValue()),
      async (url, json) => {
        const headers = { cookie, "x-vidgo-project": rig.projectId };
        const answer = await visit(rig, `POST ${url}`, { json, headers });
        assert.ok(answer.statusCode < 500, `${url} ${answer.body}`);
        assert.ok(isJsonObject(answer.json()));
      },
    ),
    { numRuns: 200 },
  );
  assert.deepEqual(rig.errors, []);
});
