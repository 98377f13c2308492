import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Config, readConfig } from "../config.ts";
import { GatewayError } from "../core/error.ts";
import { createRegistry } from "../providers/registry.ts";

/** What becomes of a route to fal with this mapping: a config, or the lines of the refusal. */
function read(mapping: object | null, files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-mapping-"));
  const route = {
    provider: "fal",
    upstream_model: "fal-ai/flux/schnell",
    substitute: "allow",
    ...(mapping === null ? {} : { mapping }),
  };
  const path = join(folder, "my.json");
  try {
    writeFileSync(path, JSON.stringify({ routes: { "z-image": [route] } }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return readConfig({ FAL_KEY: "k", VIDGO_CONFIG: path });
  } catch (error) {
    assert.ok(error instanceof GatewayError && error.code === "invalid_request", String(error));
    return error.message.split("\n").map((line) => line.replace(`${path}: routes.z-image[0].`, ""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const INPUT = { prompt: "{prompt}", image_size: { $of: "size", "1:1": "square_hd" } };
const OUTPUT = "images.*.url";
const ANSWER = JSON.stringify({ images: [{ url: "https://a.example/1.png" }] });

/** Mappings, the files beside them, and each line that they are answered with. */
const MISTAKES: readonly (readonly [
  object | null,
  Readonly<Record<string, string>>,
  readonly string[],
])[] = [
  [null, {}, ["mapping is missing: fal is told by data what to send; see docs/providers/fal.md"]],
  [{ input: 5, output: OUTPUT }, {}, ["mapping.input must be an object or string"]],
  [{ input: INPUT }, {}, ["mapping.output is missing"]],
  [
    { input: { p: "{promt}" }, output: "a..b", ignore: ["seed"] },
    {},
    [
      "mapping.input names {promt}, which is no member: the model has prompt, size",
      "mapping.ignore names seed, which is no member: the model has prompt, size",
      "mapping.output is no path: write one such as images.*.url",
    ],
  ],
  [
    { input: "absent.json", output: OUTPUT, recorded: "broken.json" },
    { "broken.json": "{" },
    ["mapping.input: absent.json does not exist", "mapping.recorded: broken.json is not JSON"],
  ],
  [
    { input: INPUT, output: "image.url", recorded: "flux.json" },
    { "flux.json": ANSWER },
    ["mapping.output: image.url finds nothing in the recorded answer"],
  ],
];

for (const [mapping, files, lines] of MISTAKES) {
  test(`a mapping is answered with a line for each mistake: ${JSON.stringify(mapping)}`, () => {
    assert.deepEqual(read(mapping, files), lines);
  });
}

function good(config: Config | readonly string[]): Config {
  assert.ok("upstreams" in config, JSON.stringify(config));
  return config;
}

test("a mapping serves its model, in the file or in one of its own", () => {
  for (const input of [INPUT, "flux-input.json"]) {
    const { upstreams } = good(
      read(
        { input, output: OUTPUT, recorded: "flux.json" },
        { "flux.json": ANSWER, "flux-input.json": JSON.stringify(INPUT) },
      ),
    );
    const registry = createRegistry(upstreams.active, upstreams);
    const [route] = registry.routes("z-image");
    assert.deepEqual([route?.provider, route?.substitute], ["fal", true]);
    const preparation = registry.provider("fal")?.prepare({
      taskId: "t",
      marker: "m",
      model: "z-image",
      upstreamModel: route?.upstreamModel ?? "",
      input: { prompt: "a fox", size: "1:1" },
      mode: "live",
      callbackUrl: null,
      sources: [],
    });
    assert.equal(preparation?.kind, "ready", JSON.stringify(preparation));
  }
});

test("a mapping is only for providers that are told by data", () => {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-mapping-"));
  const path = join(folder, "my.json");
  const route = { provider: "xai", mapping: { input: {}, output: "x" } };
  writeFileSync(path, JSON.stringify({ routes: { "grok-imagine": [route] } }));
  try {
    assert.throws(
      () => readConfig({ XAI_API_KEY: "k", VIDGO_CONFIG: path }),
      /routes\.grok-imagine\[0\]\.mapping is only for comfyui, fal, replicate/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
