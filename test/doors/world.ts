// Run inside a network of its own, where every address is this machine: what reaches any address at
// all ends in a sink. Prints a report as JSON; see ssrf.test.ts.
import { once } from "node:events";
import { createServer, request as httpRequest, type RequestListener } from "node:http";
import { join } from "node:path";
import sharp from "sharp";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { serveNames } from "./name-server.ts";
import { openSinks } from "./sink.ts";
import { ENTRIES, type Entry, HOPS, makeWorld } from "./targets.ts";

/** What an entry did with the URLs that lead inside. */
export interface EntryReport {
  readonly urls: number;
  readonly refusedAtSubmit: number;
  readonly refusedLater: number;
  /** URLs that were neither, with what became of them. */
  readonly strange: readonly string[];
  /** How many of the names that lead outside were reached, and which were not. */
  readonly reached: number;
  readonly unreached: readonly string[];
}

/** What a run prints. */
export interface Report {
  readonly entries: Readonly<Record<Entry, EntryReport>>;
  /** Connections to addresses that nobody was allowed to reach. */
  readonly inside: readonly (readonly [string, number])[];
  /** Connections to the addresses that were allowed. */
  readonly outside: number;
}

const UPSTREAM_PORT = 18_080;
const AT_ONCE = 400;
const PATIENCE_MS = 60_000;
/** After so many that came to no end there is no use in going on. */
const LOST_MAX = 50;
const PICTURE = await sharp({
  create: { width: 64, height: 64, channels: 3, background: "#a33" },
})
  .png()
  .toBuffer();

const { zones, outside, targets } = makeWorld(Number(process.argv[2] ?? "1"));
/** Where each redirect and each result leads, by its number. */
const leads: string[] = [];
const hosts = new Set<string>();

const answer: RequestListener = (request, response) => {
  const { host = "", "user-agent": agent } = request.headers;
  const name = host.replace(/:\d+$/, "");
  hosts.add(name);
  request.resume();
  const [, number] = /^\/hop\/(\d+)$/.exec(request.url ?? "") ?? [];
  if (!/^vidgo\//.test(agent ?? "")) return void response.writeHead(400).end();
  if (number !== undefined) {
    const status = [301, 302, 303, 307, 308][Number(number) % 5] ?? 302;
    const location = Buffer.from(leads[Number(number)] ?? "", "utf8").toString("latin1");
    // As bytes: the writer of headers would refuse some of them, a stranger does not.
    response.socket?.end(
      Buffer.from(
        `HTTP/1.1 ${status} X\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`,
        "latin1",
      ),
    );
    return;
  }
  if (request.method === "POST") return void response.writeHead(204).end();
  const isResult = name.includes(".result.");
  response.writeHead(isResult ? 200 : 404, { "content-type": "image/png" });
  response.end(isResult ? PICTURE : "");
};

/** A Vidgo-shaped host whose results are where we say. */
const upstream: RequestListener = async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const number = /result (\d+)/.exec(text)?.[1] ?? /up-(\d+)/.exec(request.url ?? "")?.[1];
  const common = { task_id: `up-${number}`, created_time: "2026-01-01T00:00:00" };
  const files = [{ file_url: leads[Number(number)], file_type: "image" }];
  const data =
    request.method === "POST"
      ? { ...common, status: "not_started" }
      : { ...common, status: "finished", files };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ code: 200, data }));
};

const touched = await openSinks(answer);
await serveNames(zones);
const fake = createServer(upstream).listen(UPSTREAM_PORT, "127.0.0.1");
await once(fake, "listening");
const gateway = await startGatewayProcess({
  environment: {
    VIDGO_LOOPBACK_CALLBACKS: "never",
    VIDGO_LIMITS: "off",
    VIDGO_CREDITS: "off",
    VIDGO_OFFLINE_TIME: "instant",
    VIDGO_UPSTREAM_URL: `http://127.0.0.1:${UPSTREAM_PORT}`,
    VIDGO_UPSTREAM_KEY: "the-key-of-the-fake-upstream",
  },
});
const testKey = await makeTestKey(gateway);

const reports: Partial<Record<Entry, EntryReport>> = {};
for (const entry of ENTRIES) reports[entry] = await besiege(entry);
const all = [...touched];
process.stdout.write(
  JSON.stringify({
    entries: reports,
    inside: all.filter(([address]) => !outside.has(address)),
    outside: all.reduce((sum, [address, count]) => sum + (outside.has(address) ? count : 0), 0),
  }),
);
await gateway.close();
process.exit(0);

async function besiege(entry: Entry): Promise<EntryReport> {
  const { inner, turning, outer } = targets[entry];
  let lost = 0;
  const fates = await pooled([...inner, ...turning, ...outer], async (url) => {
    if (lost > LOST_MAX) return "not tried any more";
    return await tryUrl(entry, url).catch((error: unknown) => {
      lost += 1;
      return String(error);
    });
  });
  const inside = fates.slice(0, inner.length);
  const strange = inside.flatMap((fate, at) =>
    fate === "refused" || fate === "unreached" ? [] : [`${inner[at]} ${fate}`],
  );
  const unreached = outer.filter((url) => !hosts.has(new URL(url).hostname));
  return {
    urls: inner.length + turning.length,
    refusedAtSubmit: inside.filter((fate) => fate === "refused").length,
    refusedLater: inside.filter((fate) => fate === "unreached").length,
    strange: strange.slice(0, 20),
    reached: outer.length - unreached.length,
    unreached: unreached.slice(0, 20),
  };
}

/** Hands a URL in and waits for what becomes of it. */
async function tryUrl(entry: Entry, url: string): Promise<string> {
  const number = leads.push(url) - 1;
  const hop = `http://${HOPS[number % HOPS.length]}/hop/${number}`;
  const wishes = {
    callback: { model: "gpt-4o-image", input: { prompt: "a [[fail]]" }, callback_url: url },
    input: { model: "nano-banana-edit", input: { prompt: "a", image_urls: [url] } },
    result: { model: "gpt-4o-image", input: { prompt: `result ${number}` } },
    redirect: { model: "nano-banana-edit", input: { prompt: "a", image_urls: [hop] } },
  };
  const key = entry === "result" ? gateway.key : testKey;
  const { status, data } = await ask(key, "/api/generate/submit", wishes[entry]);
  if (status !== 200) return status === 400 ? "refused" : `submit ${status}`;
  const id = String(data.task_id);
  const ended = await until(async () => {
    const { data: seen } = await ask(key, `/api/generate/status/${id}`);
    return seen.status === "failed" || seen.status === "finished" ? seen : null;
  });
  if (entry === "callback") return fateOfCallback(id);
  const refusals = {
    input: "input_unreachable",
    redirect: "input_unreachable",
    result: "invalid_output",
  };
  return ended.error_code === refusals[entry] ? "unreached" : JSON.stringify(ended).slice(0, 300);
}

async function fateOfCallback(taskId: string): Promise<string> {
  const made = await until(async () => {
    const { data } = await ask(testKey, `/api/webhooks/deliveries?task_id=${taskId}`);
    const [delivery] = Array.isArray(data.deliveries) ? data.deliveries : [];
    return delivery?.tries?.[0] ?? null;
  });
  return made.error === "unreachable" ? "unreached" : JSON.stringify(made);
}

interface Reply {
  readonly status: number;
  // What tests look at in answers of many shapes.
  readonly data: Readonly<Record<string, unknown>>;
}

async function ask(key: string, path: string, body?: unknown): Promise<Reply> {
  const answered = await fetch(gateway.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { data = {} } = JSON.parse(await answered.text());
  return { status: answered.status, data };
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const untilMs = performance.now() + PATIENCE_MS;
  for (let pauseMs = 20; performance.now() < untilMs; pauseMs = Math.min(500, pauseMs * 2)) {
    const seen = await look();
    if (seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`Nothing became of it in ${PATIENCE_MS} ms`);
}

async function pooled<T>(
  items: readonly string[],
  work: (item: string) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] ?? "");
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

/** Test keys are served offline, at no price. */
function makeTestKey({ dataDir }: GatewayProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const socketPath = join(dataDir, "admin.sock");
    const headers = { "content-type": "application/json" };
    const order = httpRequest({ socketPath, path: "/admin/keys", method: "POST", headers });
    order.once("error", reject).once("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve(String(JSON.parse(text).data.key));
    });
    order.end(JSON.stringify({ mode: "test" }));
  });
}
