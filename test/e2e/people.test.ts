import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { trustedJson } from "../../src/lib/trusted-json.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { hasPostgres, makeSchema, startPostgres, type TestPostgres } from "../support/postgres.ts";
import { requirePart } from "../support/require.ts";
import { scratchFolder } from "../support/scratch-folder.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const postgres = requirePart("postgres", hasPostgres(), "PostgreSQL is not installed");
let server: TestPostgres | null = null;

before(async () => {
  if (postgres.skip === false) server = await startPostgres();
});
after(() => server?.stop());

/** Somebody with a browser. */
interface Browser {
  ask(path: string, json?: object): Promise<{ readonly status: number; readonly body: Answer }>;
  project: string;
}

interface Answer {
  readonly data: {
    readonly projects: readonly { readonly id: string }[];
    readonly keys: readonly { readonly name: string; readonly status: string }[];
    readonly id: string;
    readonly key: string;
    readonly url: string;
    readonly person: { readonly email: string } | null;
  };
}

function openBrowser({ url }: GatewayProcess): Browser {
  let cookie = "";
  const browser: Browser = {
    project: "",
    async ask(path, json) {
      const answer = await fetch(`${url}${path}`, {
        method: json === undefined ? "GET" : "POST",
        headers: {
          cookie,
          origin: url,
          "x-vidgo-console": "1",
          "x-vidgo-project": browser.project,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
      return { status: answer.status, body: trustedJson<Answer>(await answer.text()) };
    },
  };
  return browser;
}

/** Runs a command of the operator beside the gateway. */
function vidgo({ dataDir }: GatewayProcess, ...words: readonly string[]): string {
  const environment = { PATH: process.env.PATH, VIDGO_DATA_DIR: dataDir };
  const run = spawnSync(process.execPath, ["src/main.ts", ...words], {
    ...{ cwd: ROOT, env: environment, encoding: "utf8" },
  });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trim();
}

/** From nothing to a key that is revoked, as somebody does who opens the console. */
async function liveThrough(gateway: GatewayProcess): Promise<void> {
  const link = new URL(vidgo(gateway, "setup-link"));
  assert.equal(link.origin, gateway.url);
  const code = link.pathname.replace("/setup/", "");
  const ada = openBrowser(gateway);
  const account = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
  const entered = await ada.ask("/api/session/sign-up", { ...account, code });
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  ada.project = entered.body.data.projects[0]?.id ?? "";
  const again = { ...account, email: "eve@example.com", code };
  assert.equal((await openBrowser(gateway).ask("/api/session/sign-up", again)).status, 410);
  assert.match(vidgo(gateway, "people", "list"), /ada@example\.com/);

  const made = (await ada.ask("/api/keys", { name: "shop", mode: "test" })).body.data;
  const works = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${made.key}` };
    return (await fetch(`${gateway.url}/api/user/balance`, { headers })).status;
  };
  assert.equal(await works(), 200);
  assert.equal((await ada.ask(`/api/keys/${made.id}/revoke`, {})).status, 200);
  await sleep(1_000);
  assert.equal(await works(), 401);

  const { url } = (await ada.ask("/api/invitations", { role: "viewer" })).body.data;
  const invite = url.split("/").at(-1) ?? "";
  const bob = openBrowser(gateway);
  const wishes = ["bob", "cleo", "dan"].map((name) => {
    const wish = { ...account, name, email: `${name}@example.com`, code: invite };
    return bob.ask("/api/session/sign-up", wish);
  });
  const statuses = (await Promise.all(wishes)).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, 410, 410], "one link, one person");

  await gateway.kill9();
  await gateway.start();
  const { keys } = (await ada.ask("/api/keys")).body.data;
  assert.equal(keys.find(({ name }) => name === "shop")?.status, "revoked", "the session lives on");
  vidgo(gateway, "people", "remove", "ada@example.com");
  assert.equal((await ada.ask("/api/keys")).status, 401);
}

test("people come in, hand out a key and take it back", async (t) => {
  const gateway = await startGatewayProcess({ alone: true });
  t.after(() => gateway.close());
  await liveThrough(gateway);
});

test("people come in, hand out a key and take it back, on PostgreSQL", postgres, async (t) => {
  assert.ok(server);
  const database = await makeSchema(server.url, `people_${process.pid}`);
  const environment = { DATABASE_URL: database, VIDGO_SECRET: randomBytes(24).toString("hex") };
  const gateway = await startGatewayProcess({ alone: true, environment });
  t.after(() => gateway.close());
  await liveThrough(gateway);
});

/** Tells at the end of a process which packages it has loaded. */
const WATCH = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  const seen = new Set();
  registerHooks({ load(url, context, next) {
    seen.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]);
    return next(url, context);
  } });
  process.on("exit", () => console.error("loaded " + [...seen].join(" ")));
`)}`;

test("a gateway opens without the sign-in library, which costs 50 MB", () => {
  const dataDir = scratchFolder("people");
  const words = ["--import", WATCH, "src/main.ts", "keys", "list"];
  const run = spawnSync(process.execPath, words, {
    ...{ cwd: ROOT, encoding: "utf8", env: { PATH: process.env.PATH, VIDGO_DATA_DIR: dataDir } },
  });
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, /^loaded .*fastify/m);
  assert.doesNotMatch(run.stderr, /^loaded .*(better-auth|zod|kysely)/m);
});
