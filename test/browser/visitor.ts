import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { TestContext } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";
import { requirePart } from "../support/require.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CHROMIUM = "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Skips where there is no browser. */
export const CHROMIUM_PART = requirePart(
  "chromium",
  existsSync(CHROMIUM),
  `${CHROMIUM} is not there`,
);

/** Where the build of the console is. */
export const CONSOLE_DIST = join(ROOT, "console/dist");

/** Builds the console as `npm start` does. */
export function buildConsole(): void {
  const words = ["tools/build-console.mjs"];
  const run = spawnSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
}

/** A fresh gateway with its console, and a browser before it. */
export interface Visit {
  readonly gateway: GatewayProcess;
  readonly page: Page;
  /** The link that the first start prints, once. */
  setupLink(): string;
  /** What the pages complained about: broken policy, faults of scripts. */
  complaints(): Promise<readonly string[]>;
}

/** Starts a gateway on an empty folder and opens a browser; both end with the test. */
export async function visitConsole(
  context: TestContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<Visit> {
  buildConsole();
  const gateway = await tryGatewayProcess(context, {
    alone: true,
    environment: { VIDGO_UPLOADS_PER_MINUTE: "1000", ...environment },
  });
  const browser = await launch();
  context.after(() => browser.close());
  const session = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const faults: string[] = [];
  await session.exposeFunction("vidgoComplain", (text: string) => faults.push(text));
  await session.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      Reflect.get(globalThis, "vidgoComplain")(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  const page = await session.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    gateway,
    page,
    setupLink: () => setupLink(gateway),
    complaints: async () => faults,
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function setupLink({ dataDir, url }: GatewayProcess): string {
  const told = execFileSync(process.execPath, ["src/main.ts", "setup-link"], {
    cwd: ROOT,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", VIDGO_DATA_DIR: dataDir },
  });
  return url + new URL(told.trim()).pathname;
}

/** Waits until a page has its heading and shows what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  // The stream of events stays open: the network is never idle.
  await page.waitForFunction(
    () => document.querySelector(".skeleton, main [aria-busy=true]") === null,
  );
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** What axe found that keeps somebody out: serious and critical faults, in both themes. */
export async function accessFaults(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await runAxe(page)).map((fault) => `${colorScheme} ${fault}`));
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  return found;
}

interface AxeAnswer {
  readonly passes: number;
  readonly faults: readonly string[];
}

async function runAxe(page: Page): Promise<readonly string[]> {
  // Evaluated over the debugging protocol, which no policy of the page forbids.
  if (await page.evaluate(() => !("axe" in globalThis))) await page.evaluate(AXE);
  const answer: AxeAnswer = await page.evaluate(async () => {
    const axe = Reflect.get(globalThis, "axe");
    // Without preloading: it waits ten seconds for each film that is not to be loaded yet.
    const { violations, passes } = await axe.run(document, { preload: false });
    const heavy = violations.filter(({ impact }: { impact: string }) =>
      ["serious", "critical"].includes(impact),
    );
    return {
      passes: passes.length,
      faults: heavy.map(
        (fault: { id: string; nodes: { target: string[]; failureSummary: string }[] }) => {
          const nodes = fault.nodes.slice(0, 3);
          return `${fault.id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`)}`;
        },
      ),
    };
  });
  // A page on which nothing passes was not looked at.
  assert.ok(answer.passes > 10, `axe looked at ${page.url()} and found ${answer.passes} passes`);
  return answer.faults;
}
