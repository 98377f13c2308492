import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { GatewayProcess } from "../support/gateway-process.ts";
import { signUp } from "./sign-up.ts";
import { CHROMIUM_PART, visitConsole } from "./visitor.ts";

const TASKS = 10_000;
const ROWS_MAX = 60;
/** A frame of a screen that draws sixty a second, with room for one that is a little late. */
const FRAME_MS = 20;

test("a list of 10,000 tasks scrolls with few rows in the document", CHROMIUM_PART, async (t) => {
  // Tasks are only accepted here: nothing else may draw on the machine while frames are counted.
  const visit = await visitConsole(t, {
    VIDGO_ROLE: "api",
    VIDGO_LIMITS: "off",
    VIDGO_CREDITS: "off",
  });
  const { gateway, page } = visit;
  await submitSome(gateway, TASKS - 1);
  const pages = await signUp(visit);
  await page.goto(`${pages}tasks`);
  await page.locator("[data-task]").first().waitFor();
  await page.getByText("All 9\u202f999").waitFor();
  await t.test("a task that a program submits shows while it waits", async () => {
    await submitSome(gateway, 1, "Latecomer");
    await page.getByText("Latecomer 0: a lighthouse").waitFor();
    await page.getByText("All 10\u202f000").waitFor();
  });
  await page.mouse.move(700, 500);
  const { frames, rowsMost } = await scrollThrough(page);
  const good = frames.filter((ms) => ms <= FRAME_MS).length / frames.length;
  t.diagnostic(`${frames.length} frames, ${(good * 100).toFixed(1)} % within ${FRAME_MS} ms`);
  t.diagnostic(`${rowsMost} rows in the document at most`);
  assert.ok(rowsMost <= ROWS_MAX, `${rowsMost} rows`);
  assert.ok(frames.length > 100, "it was scrolled");
  const last = page.locator(`[aria-rowindex="${TASKS + 1}"]`);
  assert.equal(await last.count(), 1, "the oldest task is reached");
  assert.deepEqual(await visit.complaints(), []);
});

async function submitSome(
  { url, key }: GatewayProcess,
  count: number,
  name = "Task",
): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  let left = count;
  const submit = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      const prompt = `${name} ${left}: a lighthouse above the sea, waves below`;
      const body = JSON.stringify({ model: "grok-imagine", input: { prompt } });
      const answer = await fetch(`${url}/api/generate/submit`, { method: "POST", headers, body });
      assert.equal(answer.status, 200, await answer.text());
    }
  };
  await Promise.all(Array.from({ length: 16 }, submit));
}

/** Scrolls to the end, as fast as pages come, and times every frame. */
async function scrollThrough(
  page: Page,
): Promise<{ readonly frames: readonly number[]; readonly rowsMost: number }> {
  return await page.evaluate(async (tasks) => {
    const frames: number[] = [];
    let rowsMost = 0;
    let last = performance.now();
    const ended = (): boolean => document.querySelector(`[aria-rowindex="${tasks + 1}"]`) !== null;
    const untilMs = last + 240_000;
    while (!ended() && last < untilMs) {
      scrollBy(0, 320);
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      // Where the next page has not come yet there is nothing to draw.
      if (scrollY + innerHeight < document.documentElement.scrollHeight - 4)
        frames.push(now - last);
      else scrollBy(0, 10_000);
      last = now;
      rowsMost = Math.max(rowsMost, document.querySelectorAll("[data-task]").length);
    }
    return { frames: frames.slice(5), rowsMost };
  }, TASKS);
}
