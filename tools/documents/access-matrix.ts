import { SCOPES, type Scope, USUAL_SCOPES } from "../../src/core/key.ts";
import { ROLES, scopesOfRole } from "../../src/core/role.ts";
import { ACCESS } from "../../src/http/access.ts";

/** A kind of caller, as the page and its test tell them apart. */
export interface Visitor {
  readonly name: string;
  /** What the key may do, or `null` when it is no key that is in force. */
  readonly scopes: readonly Scope[] | null;
  /** Whether the key belongs to another project than what is asked for. */
  readonly isForeign?: boolean;
  /** Asks by a session rather than a key. */
  readonly bySession?: true;
  /** What it is answered at every door that is closed to some, whatever else holds. */
  readonly refused?: (door: Door) => number | null;
}

/** A route with a request that works when the caller may make it. */
export interface Door {
  /** Method and pattern, as in the table of access. */
  readonly route: string;
  /** What the caller needs, or `null` when anybody may. */
  readonly scope: Scope | null;
  /** Status of the answer to whoever may. */
  readonly success: number;
  /** Whether it names a task or delivery, which only its own project can see. */
  readonly isOwned: boolean;
}

/** Every kind of caller. */
export const VISITORS: readonly Visitor[] = [
  { name: "no key", scopes: null },
  { name: "another scheme", scopes: null },
  { name: "malformed", scopes: null },
  { name: "bad checksum", scopes: null },
  { name: "unknown", scopes: null },
  { name: "key in the query", scopes: null },
  { name: "revoked", scopes: null },
  { name: "expired", scopes: null },
  { name: "outside its networks", scopes: null },
  { name: "without scopes", scopes: [] },
  ...SCOPES.map((scope) => ({ name: `only ${scope}`, scopes: [scope] })),
  { name: "usual", scopes: USUAL_SCOPES },
  { name: "test key", scopes: USUAL_SCOPES },
  { name: "other project", scopes: USUAL_SCOPES, isForeign: true },
  { name: "bootstrap", scopes: SCOPES },
  ...ROLES.map((role) => ({
    name: `session of ${role}`,
    scopes: scopesOfRole(role),
    bySession: true as const,
  })),
  {
    name: "session of long ago",
    scopes: SCOPES,
    bySession: true,
    refused: ({ route }) => (ACCESS[route]?.confirms === true ? 403 : null),
  },
  { name: "session that ended", scopes: null, bySession: true },
  { name: "session elsewhere", scopes: SCOPES, bySession: true, refused: () => 404 },
  { name: "session of another site", scopes: SCOPES, bySession: true, refused: () => 403 },
  {
    name: "session without the header",
    scopes: SCOPES,
    bySession: true,
    refused: ({ route }) => (route.startsWith("POST") ? 403 : null),
  },
];

const OWNED = ["/:task_id", "/:id/", "/deliveries/:id", "/detail/music", "/archive"];
/** Answers to whoever may ask that are no 200: the requests of the test are refused further in. */
const REFUSED_INSIDE: Readonly<Record<string, number>> = {
  "POST /api/common/upload/base64": 400,
  "POST /api/common/upload/url": 400,
  "POST /api/common/upload/stream": 415,
  "POST /api/tasks/:task_id/keep": 409,
  "POST /api/provider-keys": 400,
  "POST /api/provider-keys/:id/remove": 404,
  "GET /api/tasks/archive": 410,
  "POST /api/webhooks/ping": 400,
  "POST /api/webhooks/endpoints/enable": 404,
  "POST /api/members/:id/role": 404,
  "POST /api/members/:id/remove": 404,
  "POST /api/invitations/:id/revoke": 404,
  "POST /api/keys/:id/rotate": 404,
  "POST /api/keys/:id/revoke": 404,
};
const OPEN: readonly (readonly [string, number])[] = [
  ["GET /health", 200],
  ["GET /ready", 200],
  ["GET /openapi.json", 200],
  ["GET /webhooks/:project_id/jwks.json", 404],
  ["GET /files/:name", 404],
  ["GET /previews/:name", 404],
  ["POST /callbacks/:name", 404],
  // The operator's routes are at his own socket: behind the port there are none, for no key.
  ["GET /admin/keys", 404],
  ["POST /admin/keys", 404],
  ["POST /admin/keys/:id/rotate", 404],
  ["GET /admin/tasks", 404],
  ["GET /admin/tasks/:task_id", 404],
  ["POST /admin/credits", 404],
];

/** Every route, those that want a key first. */
export const DOORS: readonly Door[] = [
  ...Object.entries(ACCESS).map(([route, { scope }]) => ({
    route,
    scope,
    success: REFUSED_INSIDE[route] ?? 200,
    isOwned: OWNED.some((part) => route.includes(part)),
  })),
  ...OPEN.map(([route, success]) => ({ route, scope: null, success, isOwned: false })),
];

/** What a caller is answered at a door. */
export function expectedStatus(visitor: Visitor, door: Door): number {
  if (door.scope === null) return door.success;
  const refused = visitor.refused?.(door) ?? null;
  if (refused !== null) return refused;
  if (visitor.scopes === null) return 401;
  if (!visitor.scopes.includes(door.scope)) return 403;
  return visitor.isForeign === true && door.isOwned ? 404 : door.success;
}
