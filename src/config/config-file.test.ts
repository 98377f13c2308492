import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Config, readConfig } from "../config.ts";
import { GatewayError } from "../core/error.ts";
import type { Environment } from "../lib/environment.ts";
import { createRegistry } from "../providers/registry.ts";
import { offersFrom } from "./providers.ts";

const KEYS = { XAI_API_KEY: "xai-1", OPENAI_API_KEY: "sk-1" };

/** What becomes of a file with this text: a config, or the lines of the refusal. */
function read(text: string | object, environment: Environment = KEYS): Config | readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-config-"));
  const path = join(folder, "my.json");
  try {
    writeFileSync(path, typeof text === "string" ? text : JSON.stringify(text));
    return readConfig({ ...environment, VIDGO_CONFIG: path });
  } catch (error) {
    assert.ok(error instanceof GatewayError && error.code === "invalid_request", String(error));
    return error.message.split("\n").map((line) => line.replaceAll(path, "my.json"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function good(text: object, environment?: Environment): Config {
  const config = read(text, environment);
  assert.ok("upstreams" in config, JSON.stringify(config));
  return config;
}

const NAMES = offersFrom({})
  .map(({ provider }) => provider.name)
  .join(", ");

/** Files, and each line that they are answered with. */
const MISTAKES: readonly (readonly [string | object, readonly string[]])[] = [
  ['{"order": [,]}', ["my.json is not JSON at line 1, column 12"]],
  ["[]", ["my.json must be an object"]],
  [
    { acounts: {}, order: ["vidgo", "vidgo"], routes: { "sora-2": {} } },
    [
      "my.json: acounts is unknown; known are $schema, accounts, order, routes, substitute, prices",
      "my.json: order must not name anything twice",
      "my.json: routes.sora-2 must be an array",
    ],
  ],
  [
    { accounts: { Main: { provider: "xai" }, b: {}, c: { provider: "xai", concurrency: 0.5 } } },
    [
      "my.json: accounts.Main is no name; use small letters, digits and hyphens",
      "my.json: accounts.b.provider is missing",
      "my.json: accounts.c.concurrency must be an integer",
    ],
  ],
  [
    { accounts: { a: { provider: "xai", key_env: "sk-secret", base_url: "here" } } },
    [
      "my.json: accounts.a.key_env is not usable; write the name of a variable, such as " +
        "OPENAI_KEY_2",
      "my.json: accounts.a.base_url is not usable; write an address such as http://127.0.0.1:8001",
    ],
  ],
  [
    { routes: { "grok-imagine": [{ provider: "xai", on_ambiguous: "pray", retries: 3 }] } },
    [
      "my.json: routes.grok-imagine[0].retries is unknown; known are provider, account, " +
        "upstream_model, on_ambiguous, substitute, mapping",
      "my.json: routes.grok-imagine[0].on_ambiguous must be one of fail, retry",
    ],
  ],
  [
    { prices: { "gpt-4o-image": "cheap", "sora-2": { per_minute: 1 } } },
    [
      "my.json: prices.gpt-4o-image must be 0 or more, " +
        "or one of per_request, per_image, per_second",
      "my.json: prices.sora-2 must be 0 or more, or one of per_request, per_image, per_second",
    ],
  ],
  [
    { order: ["acme"], accounts: { a: { provider: "acme" } } },
    [
      `my.json: order[0]: acme is no provider; write one of ${NAMES}`,
      `my.json: accounts.a.provider: acme is no provider; write one of ${NAMES}`,
    ],
  ],
  [
    { accounts: { a: { provider: "ace-step" }, b: { provider: "xai", key_env: "XAI_KEY_2" } } },
    [
      "my.json: accounts.b.key_env names XAI_KEY_2, which is not set: put the account's key " +
        "into it",
      "my.json: accounts.a.base_url is missing: write an address such as " +
        "https://api.example.com or http://127.0.0.1:8001",
    ],
  ],
  [
    {
      routes: {
        "generate-music": [{ provider: "elevenlabs" }, { provider: "acme" }],
        "grok-imagine": [{ provider: "xai", account: "second" }],
        "z-image": [{ provider: "openai-images" }],
        "sora-2": [{ provider: "xai", upstream_model: "grok-imagine-video" }],
        "sora-3": [],
      },
      substitute: ["gpt-4o-image"],
      prices: { "gpt-5": 1, "generate-music": { per_second: 3 } },
    },
    [
      "my.json: substitute[0]: gpt-4o-image has no built-in substitute; write its routes " +
        "under routes",
      "my.json: routes.generate-music[0].provider: elevenlabs has no account; set " +
        "ELEVENLABS_API_KEY or add one under accounts",
      `my.json: routes.generate-music[1].provider: acme is no provider; write one of ${NAMES}`,
      "my.json: routes.grok-imagine[0].account: second is unknown at xai; write one of environment",
      "my.json: routes.z-image[0].upstream_model is missing: openai-images has no default for " +
        "z-image, so name its model",
      "my.json: routes.sora-2[0].substitute is missing: xai does not serve sora-2 by default. " +
        'Write "allow" if grok-imagine-video is another model, which each task will show, or ' +
        '"none" if it is the same',
      "my.json: prices.gpt-5 is no model; docs/reference/models.md lists them all",
      "my.json: prices.generate-music cannot be per_second: it has no duration",
      "my.json: routes.sora-3 is no model; docs/reference/models.md lists them all",
    ],
  ],
];

describe("a wrong file", () => {
  for (const [text, lines] of MISTAKES) {
    test(`is answered with a line for each mistake: ${JSON.stringify(text).slice(0, 50)}`, () => {
      const answer = read(text);
      assert.ok(!("upstreams" in answer), "was taken");
      assert.deepEqual([...answer].sort(), [...lines].sort());
    });
  }

  test("is missed when it was named, and not when it was not", () => {
    assert.throws(
      () => readConfig({ VIDGO_CONFIG: "/absent/vidgo.json" }),
      /^GatewayError: \/absent\/vidgo.json does not exist; VIDGO_CONFIG names it$/,
    );
    assert.deepEqual(readConfig({}).prices, {});
  });

  test("never shows a key", () => {
    const accounts = { a: { provider: "openai-images", key_env: "sk-proj-verysecret" } };
    assert.ok(!JSON.stringify(read({ accounts })).includes("verysecret"));
  });
});

/** The routes of a model under a config, shortly. */
function routes({ upstreams }: Config, model: string): readonly string[] {
  return createRegistry(upstreams.active, upstreams)
    .routes(model)
    .map(({ provider, account, upstreamModel, onAmbiguous, substitute }) =>
      [provider, account, upstreamModel, onAmbiguous, substitute ?? ""].join(" ").trim(),
    );
}

describe("a good file", () => {
  test("adds accounts, the first of which pays unless a route says otherwise", () => {
    const config = good(
      {
        accounts: {
          work: {
            provider: "openai-images",
            key_env: "WORK_KEY",
            concurrency: 2,
            rate_per_minute: 60,
          },
          here: { provider: "openai-images", base_url: "http://127.0.0.1:1234/v1/" },
        },
        routes: { "gpt-image-2": [{ provider: "openai-images", account: "here" }] },
      },
      { ...KEYS, WORK_KEY: "sk-work" },
    );
    const [openai] = config.upstreams.active;
    assert.deepEqual(
      openai?.accounts.map(({ id, baseUrl, secret }) => [id, baseUrl, secret.key]),
      [
        ["work", "https://api.openai.com/v1", "sk-work"],
        ["here", "http://127.0.0.1:1234/v1", "sk-1"],
        ["environment", "https://api.openai.com/v1", "sk-1"],
      ],
    );
    assert.deepEqual(openai?.accounts[0]?.limits, { concurrencyMax: 2, perMinuteMax: 60 });
    assert.deepEqual(routes(config, "gpt-4o-image"), [
      "openai-images work gpt-image-2.5-flare fail",
    ]);
    assert.deepEqual(routes(config, "gpt-image-2"), ["openai-images here gpt-image-2 fail"]);
  });

  test("replaces the routes of a model, in its order", () => {
    const config = good({
      routes: {
        "grok-imagine-image": [
          { provider: "openai-images", upstream_model: "gpt-image-2", substitute: "allow" },
          { provider: "xai", on_ambiguous: "retry" },
        ],
        "gpt-image-2": [],
      },
    });
    assert.deepEqual(routes(config, "grok-imagine-image"), [
      "openai-images environment gpt-image-2 fail true",
      "xai environment grok-imagine-image retry",
    ]);
    assert.deepEqual(routes(config, "gpt-image-2"), []);
    assert.deepEqual(routes(config, "grok-imagine"), ["xai environment grok-imagine-video fail"]);
  });

  test("lets a retired model be served by another one, shown as such", () => {
    assert.deepEqual(routes(good({}), "sora-2"), []);
    const config = good({ substitute: ["sora-2"] });
    assert.deepEqual(routes(config, "sora-2"), [
      "xai environment grok-imagine-video-1.5 fail true",
    ]);
    assert.deepEqual(routes(config, "sora-2-pro"), []);
  });

  test("shows what an operator's own server makes under a model's name", () => {
    const config = good(
      {},
      {
        OPENAI_VIDEOS_BASE_URL: "http://127.0.0.1:8000",
        OPENAI_VIDEOS_MODELS: "sora-2=wan-2.2,grok-imagine=grok-imagine",
      },
    );
    assert.deepEqual(routes(config, "sora-2"), ["openai-videos environment wan-2.2 fail true"]);
    assert.deepEqual(routes(config, "grok-imagine"), [
      "openai-videos environment grok-imagine fail",
    ]);
  });

  test("puts who serves a model itself before who stands in for it", () => {
    const host = { VIDGO_UPSTREAM_URL: "https://api.example.com", VIDGO_UPSTREAM_KEY: "k" };
    const config = good({ substitute: ["sora-2"] }, { ...KEYS, ...host });
    assert.deepEqual(routes(config, "sora-2"), [
      "vidgo environment sora-2 fail",
      "xai environment grok-imagine-video-1.5 fail true",
    ]);
  });

  test("orders the providers", () => {
    const host = { VIDGO_UPSTREAM_URL: "https://api.example.com", VIDGO_UPSTREAM_KEY: "k" };
    const both = { ...KEYS, ...host };
    const names = (config: Config): readonly string[] =>
      config.upstreams.active.map(({ provider }) => provider.name);
    assert.deepEqual(names(good({}, both)), ["openai-images", "xai", "vidgo"]);
    assert.deepEqual(names(good({ order: ["vidgo", "xai"] }, both)), [
      "vidgo",
      "xai",
      "openai-images",
    ]);
  });

  test("sets prices by task, image or second", () => {
    const { prices } = good({
      prices: {
        "gpt-image-2": 3,
        "gpt-4o-image": { per_image: 2 },
        "grok-imagine": { per_second: 1.5 },
      },
    });
    assert.equal(prices["gpt-image-2"]?.quote({}), 3_000);
    assert.equal(prices["gpt-4o-image"]?.quote({ n: 3 }), 6_000);
    assert.equal(prices["grok-imagine"]?.quote({ duration: 10 }), 15_000);
  });
});

/** Variables, and the providers and addresses that they activate. */
const ACTIVATIONS: readonly (readonly [Environment, readonly string[]])[] = [
  [{}, []],
  [{ OPENAI_API_KEY: "k" }, ["openai-images https://api.openai.com/v1"]],
  [{ OPENAI_API_KEY: "  " }, []],
  [{ OPENAI_BASE_URL: "http://127.0.0.1:1234/v1" }, ["openai-images http://127.0.0.1:1234/v1"]],
  [
    { XAI_API_KEY: "k", XAI_BASE_URL: "https://proxy.example.com/x/" },
    ["xai https://proxy.example.com/x"],
  ],
  [{ ELEVENLABS_API_KEY: "k" }, ["elevenlabs https://api.elevenlabs.io"]],
  [{ ACE_STEP_URL: "http://10.0.0.7:8001" }, ["ace-step http://10.0.0.7:8001"]],
  [{ ACE_STEP_API_KEY: "k" }, []],
];

describe("the environment", () => {
  test("activates a provider by its key, or by the address of a server of one's own", () => {
    for (const [environment, expected] of ACTIVATIONS) {
      const { active } = readConfig(environment).upstreams;
      const found = active.map(
        ({ provider, accounts }) => `${provider.name} ${accounts[0]?.baseUrl}`,
      );
      assert.deepEqual(found, expected, JSON.stringify(environment));
    }
  });

  test("asks a web UI for one thing at a time, unless the file says otherwise", () => {
    const environment = { A1111_URL: "http://127.0.0.1:7860", A1111_MODELS: "z-image=default" };
    const limitOf = (config: Config): number | null | undefined =>
      config.upstreams.active[0]?.accounts[0]?.limits?.concurrencyMax;
    assert.equal(limitOf(readConfig(environment)), 1);
    const accounts = { two: { provider: "a1111", concurrency: 2 } };
    assert.equal(limitOf(good({ accounts }, environment)), 2);
  });

  test("sends nothing to a reseller whose models are not named", () => {
    const named = { KIE_API_KEY: "k", KIE_MODELS: "generate-music=suno" };
    assert.deepEqual(routes(readConfig({ KIE_API_KEY: "k" }), "generate-music"), []);
    assert.deepEqual(routes(readConfig(named), "generate-music"), [
      "kie environment suno fail true",
    ]);
    assert.deepEqual(routes(readConfig(named), "grok-imagine"), []);
  });

  test("is refused with an address that is none", () => {
    assert.throws(
      () => readConfig({ OPENAI_BASE_URL: "localhost:1234" }),
      /OPENAI_BASE_URL=localhost:1234 is not usable: write an address such as https/,
    );
  });
});
