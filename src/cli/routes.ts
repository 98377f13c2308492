import { type Config, readConfig } from "../config.ts";
import { GatewayError } from "../core/error.ts";
import type { Route } from "../core/task.ts";
import { withoutRoute } from "../engine/routing.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { createCatalogue } from "../models/catalogue.ts";
import type { Model } from "../models/model.ts";
import { createValidator } from "../models/validate.ts";
import type { MappedRoute } from "../providers/mapped.ts";
import { valuesAt } from "../providers/mapping.ts";
import type { Preparation, Provider } from "../providers/provider.ts";
import { createRegistry, type Registry } from "../providers/registry.ts";
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { showListing } from "./listing.ts";
import { expectWords, type Parsed, parseWords, usageError } from "./words.ts";

/** `vidgo routes`: who would serve which model, and why; asks nobody and sends nothing. */
export const routes: Command = {
  name: "routes",
  summary: "Show who serves which model by the settings, and try how inputs are mapped",
  usage: [
    "routes list [--json]",
    "routes explain <model> [--json]",
    "routes test [<model>] [--json]",
  ],
  winds: false,
  async run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    const [verb = "list", model] = parsed.words;
    const config = readConfig(context.environment);
    const scene = { context, parsed, config, registry: registryOf(config) };
    expectWords(parsed, verb === "list" ? 1 : 2);
    if (verb === "list") return list(scene);
    if (verb === "test") return testRoutes(scene, model);
    if (verb !== "explain") throw usageError(`${verb} is none of list, explain, test`);
    if (model === undefined) throw usageError("routes explain needs a model");
    return explain(scene, find(model));
  },
};

interface Scene {
  readonly context: CommandContext;
  readonly parsed: Parsed;
  readonly config: Config;
  readonly registry: Registry;
}

function registryOf({ upstreams }: Config): Registry {
  return createRegistry(upstreams.active, upstreams);
}

function find(id: string): Model {
  const model = createCatalogue().find(id);
  if (model !== null) return model;
  throw new GatewayError("invalid_request", `${id} is no model; vidgo models lists them all`);
}

/** Whether the built-in engine takes live tasks of every model. */
function isOffline({ offline, upstreams }: Config): boolean {
  return offline === "always" || (offline === "auto" && upstreams.active.length === 0);
}

function list({ context, parsed, config, registry }: Scene): ExitCode {
  const items = createCatalogue().models.map(({ id }): JsonObject => {
    const found = isOffline(config) ? [] : registry.routes(id);
    const words = isOffline(config) ? ["offline"] : found.map(nameOf);
    return { model: id, routes: words, activated_by: registry.activators(id) };
  });
  if (parsed.on("json")) {
    showListing(context, { items, columns: [], json: true, none: "" });
    return EXIT.success;
  }
  const rows = items.map(({ model, routes: words, activated_by: variables }): JsonObject => {
    const none = `none; set ${joined(variables, " or ")}`;
    return { model: model ?? null, routes: joined(words, ", ") || none };
  });
  showListing(context, { items: rows, columns: ["model", "routes"], json: false, none: "" });
  return EXIT.success;
}

function joined(value: Json | undefined, between: string): string {
  return Array.isArray(value) ? value.join(between) : "";
}

function nameOf({ provider, upstreamModel, account, substitute }: Route): string {
  return `${provider}/${upstreamModel} (${account}${substitute ? ", substitute" : ""})`;
}

/** What each trait means for a submit that was not answered. */
const UNANSWERED: Readonly<Record<Provider["traits"]["resubmit"], string>> = {
  "idempotency-key": "is sent again under the same key",
  "client-id": "is looked for by our reference",
  reconcile: "is looked for in the list of jobs",
  blind: "ends as unknown_outcome: nobody can be asked",
  free: "is made again: a run costs nothing",
};

function explain({ context, parsed, config, registry }: Scene, model: Model): ExitCode {
  const offline = isOffline(config);
  const found = offline ? [] : registry.routes(model.id);
  const others = registry.activators(model.id).filter((name) => !context.environment[name]);
  const live = offline ? "offline" : found.length === 0 ? "none" : "routes";
  const why = {
    offline: `the offline engine, since VIDGO_OFFLINE=${config.offline}`,
    none: live === "none" ? withoutRoute(registry, model.id).message : "",
    routes: "in this order; the next is tried only when nothing was bought",
  }[live];
  const facts = found.map((route) => factsOf(registry, route));
  const say = (line: string): void => context.terminal.print(`${line}\n`);
  if (parsed.on("json")) {
    say(JSON.stringify({ model: model.id, live, why, routes: facts, not_set_up: others }));
    return EXIT.success;
  }
  say(`${model.id}: ${model.summary}`);
  say("Test keys: the offline engine, always and for nothing.");
  say(live === "routes" ? `Live keys, ${why}:` : `Live keys: ${why}.`);
  for (const [place, route] of facts.entries()) {
    say(`  ${place + 1}. ${route.route}`);
    say(`     at ${route.origin}`);
    say(`     a submit without an answer ${route.unanswered}`);
    if (route.unofficial) say("     unofficial: a reseller without its maker's word");
    if (route.substitute) say("     another model than the one named; each task shows it");
  }
  if (others.length > 0) say(`Not set up: ${others.join(", ")} would add a route.`);
  return EXIT.success;
}

/** What is told of a route, as JSON and in lines. */
function factsOf(registry: Registry, route: Route) {
  const provider = registry.provider(route.provider);
  const account = registry.account(route.provider, route.account);
  const unanswered =
    provider?.traits.resubmit === "blind" && route.onAmbiguous === "retry"
      ? "is bought again, and perhaps paid twice: on_ambiguous is retry"
      : UNANSWERED[provider?.traits.resubmit ?? "blind"];
  return {
    route: nameOf(route),
    origin: URL.parse(account?.baseUrl ?? "")?.origin ?? "?",
    unanswered,
    unofficial: provider?.unofficial === true,
    substitute: route.substitute === true,
  };
}

/** Maps every example of the catalogue for every route, as a submit would. */
function testRoutes(
  { context, parsed, config, registry }: Scene,
  id: string | undefined,
): ExitCode {
  const models = id === undefined ? createCatalogue().models : [find(id)];
  const items = models.flatMap((model) =>
    registry
      .routes(model.id)
      .flatMap((route) => [
        ...tried(registry, model, route),
        ...recorded(config.upstreams.mapped ?? [], model, route),
      ]),
  );
  const columns = ["model", "route", "example", "outcome"];
  const none = "No route to test: vidgo routes list says what would add one";
  showListing(context, { items, columns, json: parsed.on("json"), none });
  return items.some(({ ready }) => ready === false) ? EXIT.taskFailed : EXIT.success;
}

function tried(registry: Registry, model: Model, route: Route): readonly JsonObject[] {
  const provider = registry.provider(route.provider);
  const validator = createValidator();
  return model.examples.map((example, place) => {
    const verdict = validator.check(model, example);
    const input = verdict.kind === "valid" ? verdict.input : example;
    const preparation = provider?.prepare({
      taskId: "task-unified-0-test",
      marker: "test",
      model: model.id,
      upstreamModel: route.upstreamModel,
      input,
      mode: "live",
      callbackUrl: null,
      sources: [],
    });
    return {
      model: model.id,
      route: nameOf(route),
      example: place + 1,
      ready: preparation?.kind === "ready",
      outcome: preparation === undefined ? "no provider" : outcomeOf(preparation),
      sent: preparation?.kind === "ready" ? preparation.prepared : null,
    };
  });
}

/** What a mapping finds in the answer that was recorded for it. */
function recorded(
  mapped: readonly MappedRoute[],
  { id }: Model,
  route: Route,
): readonly JsonObject[] {
  const { provider, upstreamModel } = route;
  return mapped.flatMap(({ mapping, recorded: answer, ...each }) => {
    const isIt =
      each.model === id && each.provider === provider && each.upstreamModel === upstreamModel;
    if (!isIt || answer === null) return [];
    const count = valuesAt(answer, mapping.output).length;
    const outcome = `${count} found at ${mapping.output}`;
    const facts = { model: id, route: nameOf(route), example: "recorded" };
    return [{ ...facts, ready: count > 0, outcome, sent: null }];
  });
}

function outcomeOf(preparation: Preparation): string {
  if (preparation.kind === "refused") return `refused: ${preparation.error.message}`;
  return ["ready", ...preparation.notes].join("; ");
}
