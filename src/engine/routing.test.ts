import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { Route } from "../core/task.ts";
import {
  BUILT_IN,
  createRegistry,
  FROM_ENVIRONMENT,
  type Registry,
} from "../providers/registry.ts";
import { chooseRoutes, whyServed, withoutRoute } from "./routing.ts";

const STAND_IN: Route = {
  provider: "xai",
  upstreamModel: "grok-imagine-video-1.5",
  account: "main",
  onAmbiguous: "fail",
  substitute: true,
};

function registry(names: readonly string[], plan: Record<string, readonly Route[]> = {}): Registry {
  const active = names.map((name) => ({
    provider: scriptedProvider(
      name,
      ["grok-imagine", "sora-2"].slice(0, name === "xai" ? 1 : 2),
      {},
    ),
    accounts: [{ id: "main", baseUrl: "", secret: {} }],
  }));
  const models = { "grok-imagine": "g" };
  const known = [{ name: "xai", models, variable: "XAI_API_KEY", baseUrl: null }];
  return createRegistry(active, { plan, known });
}

const BOTH = registry(["xai", BUILT_IN]);
const ALONE = registry([BUILT_IN]);

/** Registry, mode and setting of the offline engine, and who is tried. */
const CHOICES: readonly (readonly [
  Registry,
  "live" | "test",
  "auto" | "always" | "never",
  string,
])[] = [
  [BOTH, "live", "auto", "xai"],
  [BOTH, "live", "always", "offline"],
  [BOTH, "live", "never", "xai"],
  [BOTH, "test", "never", "offline"],
  [ALONE, "live", "auto", "offline"],
  [ALONE, "live", "never", ""],
  [ALONE, "test", "auto", "offline"],
];

describe("chooseRoutes()", () => {
  test("sends test keys offline, and live ones to providers as soon as there are any", () => {
    for (const [known, mode, offline, expected] of CHOICES) {
      const routes = chooseRoutes(known, { model: "grok-imagine", mode, offline });
      assert.equal(routes.map(({ provider }) => provider).join(), expected, `${mode} ${offline}`);
    }
  });

  test("never replaces a model in silence: not by another one, not by the offline engine", () => {
    const wish = { model: "sora-2", mode: "live", offline: "auto" } as const;
    assert.deepEqual(chooseRoutes(BOTH, wish), []);
    const allowed = registry(["xai", BUILT_IN], { "sora-2": [STAND_IN] });
    assert.deepEqual(chooseRoutes(allowed, wish), [STAND_IN]);
    const tested = chooseRoutes(allowed, { ...wish, mode: "test" });
    assert.deepEqual(
      tested.map(({ provider }) => provider),
      [BUILT_IN],
    );
  });
});

describe("whyServed()", () => {
  test("names what brought each provider to life, or what would", () => {
    const why = (known: Registry, model: string, offline: "auto" | "always" = "auto"): string =>
      whyServed(known, { model, offline });
    assert.equal(why(BOTH, "grok-imagine"), "xai by account main");
    assert.equal(why(BOTH, "grok-imagine", "always"), "offline: VIDGO_OFFLINE=always");
    assert.equal(why(ALONE, "grok-imagine"), "offline: no provider is set up");
    assert.match(why(BOTH, "sora-2"), /shut down by its maker/);
    const route = { ...STAND_IN, account: FROM_ENVIRONMENT };
    const plan = { "grok-imagine": [route, STAND_IN, STAND_IN] };
    const both = "xai by XAI_API_KEY, xai by account main";
    assert.equal(why(registry(["xai"], plan), "grok-imagine"), both);
  });
});

describe("withoutRoute()", () => {
  test("names the variables that would activate a provider", () => {
    const { code, message } = withoutRoute(BOTH, "grok-imagine");
    assert.equal(code, "unavailable");
    assert.match(message, /^model grok-imagine has no route: set XAI_API_KEY, add a route in/);
    assert.match(withoutRoute(BOTH, "z-image").message, /no route: add a route in/);
  });

  test("says that a model was shut down, when, and what may stand in", () => {
    const error = withoutRoute(BOTH, "sora-2");
    assert.deepEqual([error.code, error.status], ["model_retired", 410]);
    assert.match(error.message, /shut down by its maker on 2026-09-24/);
    assert.match(error.message, /"substitute": \["sora-2"\] .* xai\/grok-imagine-video-1\.5/);
  });
});
