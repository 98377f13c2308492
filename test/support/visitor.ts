import assert from "node:assert/strict";
import type { LightMyRequestResponse } from "fastify";
import type { Role } from "../../src/core/role.ts";
import type { HttpRig, Method } from "./http.ts";

/** Somebody with a browser: its cookie, and the headers that the console sends. */
export interface Visitor {
  readonly personId: string;
  /** Of the project that it asks for. */
  projectId: string;
  /** As `name=value`. */
  cookie: string;
  /** Asks as the console does; `headers` come on top, `null` takes one away. */
  ask(
    method: Method,
    url: string,
    options?: {
      readonly json?: unknown;
      readonly headers?: Readonly<Record<string, string | null>>;
    },
  ): Promise<LightMyRequestResponse>;
}

/** The password of every visitor. */
export const PASSWORD = "correct horse battery";

/** Lets a person into the first project with a role, by a link and a sign-up over HTTP. */
export async function signUp(
  rig: HttpRig,
  email: string,
  { role = "owner", projectId = rig.projectId }: { role?: Role; projectId?: string } = {},
): Promise<Visitor> {
  const { code } = await rig.services.people.invite({
    ...{ projectId, kind: "invite", role, note: "", madeBy: "operator", lifeMs: 60_000 },
  });
  const json = { name: email.split("@")[0], email, password: PASSWORD, code };
  const answer = await visit(rig, "POST /api/session/sign-up", { json });
  assert.equal(answer.statusCode, 200, answer.body);
  return visitorOf(rig, answer, projectId);
}

/** The visitor whom an answer has signed in. */
export function visitorOf(
  rig: HttpRig,
  answer: LightMyRequestResponse,
  projectId: string,
): Visitor {
  const visitor: Visitor = {
    personId: answer.json().data.person.id,
    projectId,
    cookie: cookieOf(answer),
    ask: (method, url, { json, headers = {} } = {}) =>
      visit(rig, `${method} ${url}`, {
        json,
        headers: { cookie: visitor.cookie, "x-vidgo-project": visitor.projectId, ...headers },
      }),
  };
  return visitor;
}

/** The cookie that an answer sets, as `name=value`. */
export function cookieOf(answer: LightMyRequestResponse): string {
  return String(answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
}

/** Sends what the console would send, from the gateway's own pages. */
export function visit(
  rig: HttpRig,
  route: `${Method} ${string}`,
  options: {
    readonly json?: unknown;
    readonly headers?: Readonly<Record<string, string | null>>;
  } = {},
): Promise<LightMyRequestResponse> {
  const [method, url] = partsOf(route);
  const all: Record<string, string | null> = {
    "sec-fetch-site": "same-origin",
    ...(method === "GET" ? {} : { "x-vidgo-console": "1", "content-type": "application/json" }),
    ...options.headers,
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (value !== null) headers[name] = value;
  return rig.app.inject({
    method,
    url,
    headers,
    ...(method === "GET" ? {} : { payload: JSON.stringify(options.json ?? {}) }),
  });
}

function partsOf(route: `${Method} ${string}`): [Method, string] {
  const [method, url = ""] = route.split(" ");
  return [METHODS.find((known) => known === method) ?? "GET", url];
}

const METHODS: readonly Method[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
