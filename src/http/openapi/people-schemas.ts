import { SCOPES } from "../../core/key.ts";
import { ROLES } from "../../core/role.ts";
import type { JsonSchema } from "../../models/model.ts";
import { COUNT, COUNT_OR_NULL, list, record, success, TEXT, TEXT_OR_NULL } from "./door-schemas.ts";

const ROLE: JsonSchema = { enum: [...ROLES] };
const SCOPE_LIST: JsonSchema = list({ enum: [...SCOPES] });
const KIND: JsonSchema = { enum: ["setup", "invite"] };
const FLAG: JsonSchema = { type: "boolean" };
const NAME: JsonSchema = { type: "string", minLength: 1, maxLength: 100 };
const PASSWORD: JsonSchema = { type: "string", minLength: 12, maxLength: 128 };

const PERSON = { id: TEXT, name: TEXT, email: TEXT };

const INVITATION = {
  id: TEXT,
  kind: KIND,
  role: ROLE,
  note: TEXT,
  state: { enum: ["open", "used", "ended", "revoked"] },
  created_time: TEXT,
  expires_time: TEXT,
  used_time: TEXT_OR_NULL,
  used_by: TEXT_OR_NULL,
};

const MEMBER = record({ ...PERSON, role: ROLE, joined_time: TEXT, last_seen_time: TEXT_OR_NULL });

const KEY = {
  id: TEXT,
  name: TEXT,
  mode: { enum: ["live", "test"] },
  shown_as: TEXT,
  status: { enum: ["active", "rotating", "expired", "revoked"] },
  bootstrap: FLAG,
  made_by: TEXT_OR_NULL,
  scopes: SCOPE_LIST,
  networks: list(TEXT),
  requests_per_minute: COUNT_OR_NULL,
  spend_per_day: TEXT_OR_NULL,
  spend_total: TEXT_OR_NULL,
  spent_today: TEXT,
  spent_total: { ...TEXT_OR_NULL, description: "Counted while the key has a cap." },
  uses: {
    ...list(COUNT),
    minItems: 36,
    maxItems: 36,
    description: "Requests in each of the last hours, the present one last.",
  },
  last_used_time: TEXT_OR_NULL,
  created_time: TEXT,
  expires_time: TEXT_OR_NULL,
  revoked_time: TEXT_OR_NULL,
  replaced_by: TEXT_OR_NULL,
};

const SECRET: JsonSchema = { type: "string", description: "Shown this once." };

/** Schemas of what the routes for people, projects and keys answer. */
export const PEOPLE_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Session: success(
    record({
      person: orNull(record({ ...PERSON, created_time: TEXT })),
      session: orNull(
        record({ id: TEXT, created_time: TEXT, expires_time: TEXT, confirmed_until: TEXT }),
      ),
      projects: list(
        record({
          ...{ id: TEXT, name: TEXT, role: ROLE, scopes: SCOPE_LIST },
          runs_gateway: { ...FLAG, description: "Whether providers and system may be asked for." },
          created_time: TEXT,
        }),
      ),
      signup: { enum: ["invite", "open"] },
      setup_needed: FLAG,
      version: TEXT,
    }),
  ),
  Code: success(record({ kind: KIND, project_name: TEXT, role: ROLE, expires_time: TEXT })),
  Sessions: success(
    record({
      sessions: list(
        record({
          ...{ id: TEXT, current: FLAG, created_time: TEXT, last_seen_time: TEXT },
          ...{ expires_time: TEXT, address: TEXT, agent: TEXT },
        }),
      ),
    }),
  ),
  Revoked: success(record({ id: TEXT, revoked: { const: true } })),
  Removed: success(record({ id: TEXT, removed: { const: true } })),
  Project: success(record({ id: TEXT, name: TEXT, created_time: TEXT, balance: TEXT })),
  Members: success(record({ members: list(MEMBER) })),
  Member: success(MEMBER),
  Invitations: success(record({ invitations: list(record(INVITATION)) })),
  NewInvitation: success(record({ ...INVITATION, url: SECRET })),
  Keys: success(record({ keys: list(record(KEY)) })),
  Key: success(record(KEY)),
  NewKey: success(record({ ...KEY, key: SECRET })),
  NextKey: success(record({ ...KEY, key: SECRET, former_id: TEXT, former_expires_time: TEXT })),
};

/** Bodies of requests, by the id of the operation. */
export const PEOPLE_BODIES: Readonly<Record<string, JsonSchema>> = {
  signUp: {
    type: "object",
    required: ["name", "email", "password"],
    properties: { name: NAME, email: TEXT, password: PASSWORD, code: TEXT_OR_NULL },
  },
  signIn: record({ email: TEXT, password: TEXT }),
  signOut: { type: "object", properties: { everywhere: FLAG } },
  confirm: record({ password: TEXT }),
  changePassword: record({ current_password: TEXT, new_password: PASSWORD }),
  readCode: record({ code: TEXT }),
  join: record({ code: TEXT }),
  makeProject: record({ name: NAME }),
  renameProject: record({ name: NAME }),
  changeMember: record({ role: ROLE }),
  invite: {
    type: "object",
    required: ["role"],
    properties: {
      role: ROLE,
      note: { type: ["string", "null"], maxLength: 200 },
      expires_in_days: { type: ["number", "null"], exclusiveMinimum: 0, maximum: 90 },
    },
    additionalProperties: false,
  },
  makeKey: {
    type: "object",
    properties: {
      name: { type: "string", maxLength: 100 },
      mode: { enum: ["live", "test"] },
      scopes: orNull({ ...SCOPE_LIST, minItems: 1 }),
      networks: orNull({ ...list(TEXT), minItems: 1, maxItems: 20 }),
      expires_in_days: { type: ["number", "null"], exclusiveMinimum: 0, maximum: 3650 },
      spend_per_day: { type: ["number", "null"], minimum: 0, description: "Credits." },
      spend_total: { type: ["number", "null"], minimum: 0, description: "Credits." },
      requests_per_minute: { type: ["integer", "null"], minimum: 1, maximum: 100_000 },
    },
    additionalProperties: false,
  },
  rotateKey: {
    type: "object",
    properties: { overlap_hours: { type: ["number", "null"], minimum: 0, maximum: 168 } },
    additionalProperties: false,
  },
};

function orNull(schema: JsonSchema): JsonSchema {
  return { oneOf: [schema, { type: "null" }] };
}
