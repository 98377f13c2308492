import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { signUp } from "./sign-up.ts";
import { CHROMIUM_PART, settled, type Visit, visitConsole } from "./visitor.ts";

const HOSTILE = `<img src=x onerror="window.broken=1">'"><script>window.broken=1</script>`;

test("what strangers write stays text in every view", CHROMIUM_PART, async (t) => {
  const upstream = await openHostile(t);
  const visit = await visitConsole(t, {
    VIDGO_UPSTREAM_URL: upstream,
    VIDGO_UPSTREAM_KEY: "upstream-key-0123456789",
    VIDGO_OFFLINE: "auto",
  });
  const pages = await signUp(visit);
  const picture = await submit(visit, "gpt-4o-image", { prompt: HOSTILE }, upstream);
  const song = await submit(
    visit,
    "generate-music",
    {
      prompt: HOSTILE,
      title: HOSTILE.slice(0, 70),
      style: HOSTILE,
      custom_mode: true,
      instrumental: true,
      mv: "V5",
    },
    upstream,
  );
  const asked = encodeURIComponent(HOSTILE);
  const views = [
    ...["home", "tasks", "gallery", "webhooks", "usage", "keys"],
    ...["attempts", "exchange", "callback", "ledger", "events"].map(
      (tab) => `tasks/${picture}?tab=${tab}`,
    ),
    ...[`tasks/${song}`, `tasks?task=${picture}`, `tasks?q=${asked}`, `gallery?task=${song}`],
    ...[`models?model=${asked}`, `playground?model=${asked}`, `tasks/${asked}`],
  ];
  for (const view of views) {
    await visit.page.goto(pages + view);
    await settled(visit.page);
    assert.ok(!(await visit.page.evaluate(() => "broken" in window)), `${view} ran it`);
    assert.equal(await visit.page.locator('img[src="x"]').count(), 0, view);
  }
  const delivery = visit.page.locator(".delivery-answer", { hasText: "onerror" });
  await visit.page.goto(`${pages}tasks/${picture}?tab=callback`);
  await delivery.first().waitFor();
  await visit.page.goto(`${pages}webhooks`);
  await visit.page.locator(".delivery-url").first().click();
  await delivery.first().waitFor();
  assert.ok(!(await visit.page.evaluate(() => "broken" in window)), "a callback ran it");
  assert.deepEqual(await visit.complaints(), []);
});

async function submit(
  { gateway }: Visit,
  model: string,
  ...[input, callback]: readonly [input: object, callback: string]
): Promise<string> {
  const url = `${gateway.url}/api/generate/submit`;
  const headers = { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" };
  const body = JSON.stringify({ model, input, callback_url: `${callback}/hook` });
  const answer = await fetch(url, { method: "POST", headers, body });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  const id: string = JSON.parse(text).data.task_id;
  for (let tries = 0; tries < 300; tries += 1) {
    const path = `${gateway.url}/api/generate/status/${id}`;
    const { data } = JSON.parse(await (await fetch(path, { headers })).text());
    if (data.status === "finished" || data.status === "failed") return id;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${model} did not end`);
}

/** An upstream that fails every task with hostile words, and answers callbacks with them. */
async function openHostile(context: TestContext): Promise<string> {
  let jobs = 0;
  const server = createServer((request, response) => {
    request.resume();
    const path = request.url ?? "";
    const isSubmit = path.includes("/submit");
    jobs += isSubmit ? 1 : 0;
    const task_id = isSubmit ? `job-${jobs}` : path.slice(path.lastIndexOf("/") + 1);
    const data = isSubmit
      ? { task_id, status: "not_started" }
      : { task_id, status: "failed", progress: 0, files: [], error_message: HOSTILE };
    response.setHeader("content-type", path === "/hook" ? "text/html" : "application/json");
    if (path === "/hook") response.writeHead(400).end(HOSTILE);
    else response.end(JSON.stringify({ code: 200, data }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
}
