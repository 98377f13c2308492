import type { Scope } from "../core/key.ts";
import type { RateName } from "./rates.ts";

/** What a request to a route needs, and by which rate it is counted. */
export interface Access {
  readonly scope: Scope;
  /** `null`: not limited here. */
  readonly rate: RateName | null;
  /** Whether a session needs a password that was given lately: the route hands out access. */
  readonly confirms?: true;
}

/**
 * Every route that wants a key, by method and pattern. The page on access and its test are made
 * from this table; a route that is not in it needs `admin`.
 */
export const ACCESS: Readonly<Record<string, Access>> = {
  "POST /api/generate/submit": { scope: "submit", rate: "submit" },
  "POST /api/generate/quote": { scope: "submit", rate: "status" },
  "GET /api/generate/status/:task_id": { scope: "read", rate: "status" },
  "GET /api/generate/status/:task_id/events": { scope: "read", rate: "list" },
  "GET /api/generate/detail/music": { scope: "read", rate: "status" },
  "POST /api/generate/cancel/:task_id": { scope: "cancel", rate: "submit" },
  "GET /api/tasks": { scope: "read", rate: "list" },
  "GET /api/tasks/counts": { scope: "read", rate: "list" },
  "GET /api/tasks/:task_id": { scope: "read", rate: "status" },
  "POST /api/tasks/:task_id/keep": { scope: "files", rate: "status" },
  "POST /api/tasks/:task_id/files/delete": { scope: "files", rate: "status" },
  "POST /api/tasks/:task_id/star": { scope: "files", rate: "status" },
  "GET /api/tasks/archive": { scope: "read", rate: "list" },
  "GET /api/usage": { scope: "read", rate: "list" },
  "GET /api/ledger": { scope: "read", rate: "list" },
  "GET /api/events": { scope: "read", rate: "list" },
  "GET /api/user/balance": { scope: "read", rate: "list" },
  "GET /api/models": { scope: "read", rate: "list" },
  "GET /api/model-health": { scope: "read", rate: "list" },
  "GET /api/models/*": { scope: "read", rate: "list" },
  "POST /api/common/upload/base64": { scope: "files", rate: null },
  "POST /api/common/upload/url": { scope: "files", rate: null },
  "POST /api/common/upload/stream": { scope: "files", rate: null },
  "GET /api/webhooks/deliveries": { scope: "webhooks", rate: "list" },
  "GET /api/webhooks/deliveries/counts": { scope: "webhooks", rate: "list" },
  "GET /api/webhooks/deliveries/:id": { scope: "webhooks", rate: "list" },
  "POST /api/webhooks/deliveries/:id/redeliver": { scope: "webhooks", rate: "list" },
  "POST /api/webhooks/redeliver": { scope: "webhooks", rate: "list" },
  "POST /api/webhooks/ping": { scope: "webhooks", rate: "list" },
  "GET /api/webhooks/secret": { scope: "webhooks", rate: "list" },
  "POST /api/webhooks/secret/rotate": { scope: "webhooks", rate: "list" },
  "GET /api/webhooks/settings": { scope: "webhooks", rate: "list" },
  "POST /api/webhooks/settings": { scope: "webhooks", rate: "list" },
  "GET /api/webhooks/endpoints": { scope: "webhooks", rate: "list" },
  "POST /api/webhooks/endpoints/enable": { scope: "webhooks", rate: "list" },
  "GET /api/providers": { scope: "admin", rate: "list" },
  "POST /api/provider-keys": { scope: "admin", rate: "list", confirms: true },
  "POST /api/provider-keys/:id/remove": { scope: "admin", rate: "list", confirms: true },
  "GET /api/system": { scope: "admin", rate: "list" },
  "GET /api/audit": { scope: "admin", rate: "list" },
  "GET /api/project": { scope: "read", rate: "list" },
  "POST /api/project": { scope: "admin", rate: "list" },
  "GET /api/members": { scope: "admin", rate: "list" },
  "POST /api/members/:id/role": { scope: "admin", rate: "list", confirms: true },
  "POST /api/members/:id/remove": { scope: "admin", rate: "list", confirms: true },
  "GET /api/invitations": { scope: "admin", rate: "list" },
  "POST /api/invitations": { scope: "admin", rate: "list", confirms: true },
  "POST /api/invitations/:id/revoke": { scope: "admin", rate: "list" },
  "GET /api/keys": { scope: "read", rate: "list" },
  "POST /api/keys": { scope: "admin", rate: "list", confirms: true },
  "POST /api/keys/:id/rotate": { scope: "admin", rate: "list", confirms: true },
  "POST /api/keys/:id/revoke": { scope: "admin", rate: "list" },
};

/** What a route needs that the table does not know: the most there is. */
export const CLOSED: Access = { scope: "admin", rate: "list" };
