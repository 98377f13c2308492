import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeCommandLine } from "../../test/support/command-line.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { isJsonObject, parseJson } from "../lib/json.ts";
import { EXIT } from "./command.ts";

const ENV = { environment: { XAI_API_KEY: "xai-secret" } };

test("vidgo routes list names the routes of each model, and what would add one", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const { code, out } = await vidgo(["routes", "list"], ENV);
  assert.equal(code, EXIT.success);
  assert.match(out, /^grok-imagine +xai\/grok-imagine-video \(environment\)$/m);
  assert.match(out, /^gpt-4o-image +none; set OPENAI_API_KEY or VIDGO_UPSTREAM_URL$/m);
  assert.ok(!out.includes("xai-secret"));
  const json = parseJson((await vidgo(["routes", "list", "--json"], ENV)).out);
  assert.ok(Array.isArray(json));
  assert.equal(json.length, 113);
});

test("vidgo routes list says that without a provider the offline engine serves all", async (t) => {
  const { vidgo } = makeCommandLine(t);
  assert.match((await vidgo(["routes"])).out, /^grok-imagine +offline$/m);
});

test("vidgo routes explain tells order, account and what a lost answer leads to", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const { out } = await vidgo(["routes", "explain", "grok-imagine"], ENV);
  assert.match(out, /^ {2}1\. xai\/grok-imagine-video \(environment\)$/m);
  assert.match(out, /at https:\/\/api\.x\.ai$/m);
  assert.match(out, /a submit without an answer ends as unknown_outcome/);
  assert.match(out, /Not set up: VIDGO_UPSTREAM_URL would add a route\./);
});

test("vidgo routes explain --json is one line for scripts", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const asked = ["routes", "explain", "grok-imagine", "--json"];
  const { code, out } = await vidgo(asked, ENV);
  assert.equal(code, EXIT.success);
  assert.equal(out.trimEnd().split("\n").length, 1);
  const { model, live, routes, not_set_up: others } = JSON.parse(out);
  assert.deepEqual([model, live, others], ["grok-imagine", "routes", ["VIDGO_UPSTREAM_URL"]]);
  const [{ route, origin, substitute }] = routes;
  assert.deepEqual([routes.length, substitute], [1, false]);
  assert.deepEqual([route, origin], ["xai/grok-imagine-video (environment)", "https://api.x.ai"]);
  const offline = JSON.parse((await vidgo(asked)).out);
  assert.deepEqual([offline.live, offline.routes], ["offline", []]);
  const retired = JSON.parse((await vidgo(["routes", "explain", "sora-2", "--json"], ENV)).out);
  assert.equal(retired.live, "none");
  assert.match(retired.why, /shut down by its maker/);
});

test("vidgo routes explain names what may stand in for a model that was shut down", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const { code, out } = await vidgo(["routes", "explain", "sora-2"], ENV);
  assert.equal(code, EXIT.success);
  assert.match(out, /shut down by its maker on 2026-09-24.*xai\/grok-imagine-video-1\.5/);
});

test("vidgo routes test maps the examples, and fails when one cannot be served", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const good = await vidgo(["routes", "test", "grok-imagine", "--json"], ENV);
  assert.equal(good.code, EXIT.success);
  const [first] = [parseJson(good.out)].flat();
  assert.ok(isJsonObject(first) && isJsonObject(first.sent), good.out);
  assert.deepEqual(first.sent.endpoint, "videos/generations");
  const all = await vidgo(["routes", "test"], ENV);
  assert.equal(all.code, EXIT.success, all.out);
});

test("vidgo routes test tries a mapping on the examples and on a recorded answer", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const folder = scratchFolder("routes");
  const file = join(folder, "vidgo.config.json");
  const mapping = {
    input: { prompt: "{prompt}", image_size: { $of: "size", "1:1": "square_hd" } },
    output: "images.*.url",
    recorded: "flux.json",
  };
  const route = { provider: "fal", upstream_model: "fal-ai/flux", substitute: "allow", mapping };
  writeFileSync(file, JSON.stringify({ routes: { "z-image": [route] } }));
  writeFileSync(join(folder, "flux.json"), '{"images":[{"url":"a"},{"url":"b"}]}');
  const { code, out } = await vidgo(["routes", "test", "z-image", "--json"], {
    environment: { FAL_KEY: "k", VIDGO_CONFIG: file },
  });
  assert.equal(code, EXIT.success, out);
  const [example, recorded] = JSON.parse(out);
  assert.deepEqual(example.sent.body.image_size, "square_hd");
  assert.deepEqual([recorded.example, recorded.outcome], ["recorded", "2 found at images.*.url"]);
});

test("vidgo routes explain says what is unofficial", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const environment = { KIE_API_KEY: "k", KIE_MODELS: "generate-music=suno" };
  const { out } = await vidgo(["routes", "explain", "generate-music"], { environment });
  assert.match(out, /kie\/suno \(environment, substitute\)/);
  assert.match(out, /unofficial: a reseller/);
});

test("vidgo routes complains about an unknown model and an unknown verb", async (t) => {
  const { vidgo } = makeCommandLine(t);
  for (const [words, says] of [
    [["routes", "explain", "sora-3"], /sora-3 is no model/],
    [["routes", "explain"], /needs a model/],
    [["routes", "draw"], /none of list, explain, test/],
  ] as const) {
    const { code, err } = await vidgo(words, ENV);
    assert.equal(code, EXIT.usage);
    assert.match(err, says);
  }
});
