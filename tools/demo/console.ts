import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { startChild } from "../../bench/child.ts";

const SHOTS = join(import.meta.dirname, "../../docs/guide/console");
const KEY = "a-key-for-the-pictures-of-the-console-0123456789";
const SIZE = { width: 1440, height: 900 };
/** Width of the committed pictures, pixels. */
const SHOT_PX = 1120;
const PASSWORD = "correct horse battery staple";

/** Every page of a project, by the name of its picture. */
const PAGES: readonly string[] = [
  ...["home", "playground", "tasks", "gallery", "models", "keys"],
  ...["webhooks", "usage", "providers", "system", "settings"],
];

/** What is made before the pictures are taken. */
const TASKS: readonly (readonly [model: string, input: object, callback: string])[] = [
  ["gpt-4o-image", { prompt: "A lighthouse on a cliff at sunset", size: "3:2" }, "good"],
  ["gpt-4o-image", { prompt: "A red fox in a snowy forest", size: "1:1" }, "good"],
  ["nano-banana", { prompt: "Northern lights over a frozen lake" }, "bad"],
  ["z-image", { prompt: "A pagoda among cherry blossoms", size: "1:1" }, "good"],
  ["seedream-4", { prompt: "A sailing boat on a calm sea at golden hour" }, "good"],
  ["flux-2-pro", { prompt: "A volcano erupting at night", size: "16:9", resolution: "1K" }, "bad"],
  ["grok-imagine", { prompt: "Wild horses gallop through shallow water", duration: 6 }, "good"],
  [
    "generate-music",
    { prompt: "Slow bossa in the rain", custom_mode: false, instrumental: true, mv: "V5" },
    "good",
  ],
  ["gpt-4o-image", { prompt: "A portrait of nobody [[refuse]]" }, "good"],
];

/** Takes the pictures of the guide from a real gateway; gives their names. */
export async function writeConsoleShots(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "vidgo-console-"));
  await mkdir(SHOTS, { recursive: true });
  const receiver = await openReceiver();
  const gateway = await startChild({
    words: [join(import.meta.dirname, "../../src/main.ts"), "serve"],
    // Its data lie below: the page of the system shows no path of this machine.
    folder,
    environment: {
      PORT: "0",
      VIDGO_BOOTSTRAP_KEY: KEY,
      VIDGO_LOG: "error",
    },
    ready: /\/setup\//,
    timeoutMs: 60_000,
  });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const link = new URL(/http\S+/.exec(gateway.line)?.[0] ?? "");
    const context = await browser.newContext({ viewport: SIZE });
    return await photograph(context, { link, hook: addressOf(receiver) });
  } finally {
    await browser.close();
    await gateway.stop();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Scene {
  /** The one-time link of the first start. */
  readonly link: URL;
  /** Where callbacks go. */
  readonly hook: string;
}

async function photograph(
  context: BrowserContext,
  { link, hook }: Scene,
): Promise<readonly string[]> {
  const page = await context.newPage();
  const names: string[] = [];
  const both = async (name: string): Promise<void> => {
    names.push(...(await shoot(page, name)));
  };
  await page.goto(link.href);
  await both("setup");
  await signUp(page);
  const project = /\/p\/([^/]+)/.exec(page.url())?.[1] ?? "";
  await submitAll(link.origin, hook);
  for (const name of PAGES) {
    await page.goto(`${link.origin}/p/${project}/${name}`);
    if (name === "playground") await fillPlayground(page);
    await both(name);
  }
  const film = page.getByRole("link", { name: /Wild horses/ });
  await page.goto(`${link.origin}/p/${project}/tasks`);
  await film.first().click();
  await page.getByRole("tablist").waitFor();
  await both("task");
  await page.goto(`${link.origin}/p/${project}/keys`);
  await page.getByRole("button", { name: "Create key" }).first().click();
  await both("key");
  await context.clearCookies();
  await page.goto(link.origin);
  await both("sign-in");
  return names;
}

async function signUp(page: Page): Promise<void> {
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create owner account" }).click();
  await page.waitForURL(/\/p\/[^/]+\//);
}

async function fillPlayground(page: Page): Promise<void> {
  await page.getByLabel("Prompt").fill("A glass greenhouse on a cliff above a calm sea at dawn");
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.locator(".media-picture img").first().waitFor({ timeout: 120_000 });
}

/** Said in the page: nothing is on its way. */
const SETTLED = "document.querySelector('.skeleton, main [aria-busy=true]') === null";

/** Said in the page: every picture in sight is there. */
const PICTURES_SHOWN =
  "[...document.images].every(({ complete, loading }) => complete || loading === 'lazy')";

const TRIES = 300;

/** Asks again and again: the page's policy lets no text wait by itself. */
async function until(page: Page, said: string): Promise<void> {
  for (let left = TRIES; left > 0; left -= 1) {
    if (await page.evaluate(said)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`${page.url()} never said ${said}`);
}

/** The page as it stands, in both themes. */
async function shoot(page: Page, name: string): Promise<readonly string[]> {
  const written: string[] = [];
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await until(page, SETTLED);
    await until(page, PICTURES_SHOWN);
    await page.waitForTimeout(600);
    const png = await page.screenshot();
    const picture = await sharp(png).resize({ width: SHOT_PX }).webp({ quality: 72 }).toBuffer();
    await writeFile(join(SHOTS, `${name}-${theme}.webp`), picture);
    written.push(`${name}-${theme}.webp`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  return written;
}

async function submitAll(origin: string, hook: string): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
  const ids: string[] = [];
  for (const [model, input, callback] of TASKS) {
    const body = JSON.stringify({ model, input, callback_url: `${hook}/${callback}` });
    const url = `${origin}/api/generate/submit`;
    const answer = await fetch(url, { method: "POST", headers, body });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${model}: ${text}`);
    ids.push(JSON.parse(text).data.task_id);
  }
  for (const id of ids) await ended(`${origin}/api/generate/status/${id}`, headers);
}

const WAIT_MS = 300_000;

async function ended(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const untilMs = performance.now() + WAIT_MS;
  while (performance.now() < untilMs) {
    const { data } = JSON.parse(await (await fetch(url, { headers })).text());
    if (data.status === "finished" || data.status === "failed") return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`${url} did not end in time`);
}

/** Receives callbacks: `/good` takes them, everything else does not. */
async function openReceiver(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    const good = request.url === "/good";
    response.writeHead(good ? 200 : 503).end(good ? "thanks" : "closed for today");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function addressOf(server: Server): string {
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
}
