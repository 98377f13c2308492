import { ACCESS } from "../../src/http/access.ts";
import { KEY_RATES, PROJECT_FACTOR, type RateName } from "../../src/http/rates.ts";
import { DOORS, expectedStatus, VISITORS } from "./access-matrix.ts";
import { code, pageHead, table } from "./markdown.ts";

/** The page on keys: what each route needs, and what every kind of key is answered there. */
export function accessPage(): string {
  const routes = Object.entries(ACCESS).map(([route, { scope, rate, confirms }]) => [
    confirms === true ? `${code(route)} (password)` : code(route),
    code(scope),
    rate === null ? "its own" : rate,
  ]);
  const names: readonly RateName[] = ["submit", "status", "list"];
  const rates = names.map((name) => {
    const { perMinute, burst } = KEY_RATES[name];
    const ofProject = `${perMinute * PROJECT_FACTOR} a minute`;
    return [name, `${perMinute} a minute`, `${burst}`, ofProject];
  });
  const cells = VISITORS.map((visitor) => [
    visitor.name,
    ...DOORS.map((door) => `${expectedStatus(visitor, door)}`),
  ]);
  const legend = DOORS.map(({ route }, index) => `${index + 1}. ${code(route)}`);
  return [
    pageHead("Keys and access", "tools/documents/access.ts"),
    "A key stands in `Authorization: Bearer <key>` and nowhere else. It has scopes, may end at a",
    "time, and may be bound to networks. Whatever is wrong with a key, the answer is the same 401.",
    "A key that lacks a scope gets 403. What belongs to another project answers as what is not",
    "there. The bootstrap key has every scope and no limits. A revoked key works for a second at",
    "most. Twenty bad keys a minute from one address, and further ones get 429. A session of the",
    "[console](../guide/console-api.md) stands for a key with the scopes of its role, if it names",
    "one of its projects and comes from the gateway's own pages; what is marked also wants a",
    "password that was given within the hour.",
    "",
    "## What each route needs",
    "",
    table(["Route", "Scope", "Rate"], routes),
    "",
    "## Rates",
    "",
    "`RateLimit-Policy` and `RateLimit` tell what is left, `Retry-After` when to come back.",
    "Processes on one PostgreSQL count together, also a key's own `requests_per_minute`; bad keys,",
    "passwords and uploads are counted by each process.",
    "",
    table(["Rate", "A key", "At once", "All keys of a project"], rates),
    "",
    "## Every key at every door",
    "",
    `${VISITORS.length} kinds of callers at ${DOORS.length} routes: each cell is a test. 400, 404,`,
    "409, 410 and 415 in the line of the bootstrap key are answers to the test's own request.",
    "",
    ...legend,
    "",
    table(["Key", ...DOORS.map((_, index) => `${index + 1}`)], cells),
    "",
  ].join("\n");
}
