import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Artifact, Observation, Production, SubmitOutcome } from "../../src/core/outcome.ts";
import { openStaging } from "../../src/files/staging.ts";
import { createDownload } from "../../src/lib/download.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/lib/json.ts";
import { createOutbound } from "../../src/lib/outbound.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import { createValidator } from "../../src/models/validate.ts";
import { createFetchInput } from "../../src/providers/fetch-input.ts";
import {
  type Preparation,
  type Provider,
  type ProviderContext,
  type ProviderRequest,
  UpstreamFailure,
} from "../../src/providers/provider.ts";
import { createUpstream } from "../../src/providers/upstream.ts";
import type { FakeUpstream } from "./fakes/fake-upstream.ts";
import { type HandClock, makeHandClock } from "./hand-clock.ts";

/** What a rig is made for. */
export interface RigOptions {
  readonly provider: Provider;
  openFake(): Promise<FakeUpstream>;
  readonly secret: Readonly<Record<string, string>>;
  /** Path of the base URL below the fake's origin. */
  readonly basePath?: string;
  /** What routes name in place of the provider's defaults, by model. */
  readonly upstreamModels?: Readonly<Record<string, string>>;
  /** Customer's files that inputs name, by their URL. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** A provider in front of a fake of its upstream, called as the engine calls it. */
export interface ProviderRig extends AsyncDisposable {
  readonly provider: Provider;
  readonly fake: FakeUpstream;
  readonly clock: HandClock;
  readonly context: ProviderContext;
  /** A context whose upstream cannot be connected to. */
  readonly unreachable: ProviderContext;
  /** Makes `url` a customer's file with these bytes; other addresses of media are unreachable. */
  serve(url: string, bytes: Uint8Array): void;
  /** Prepares a checked input of a public model. */
  prepare(model: string, input: JsonObject, change?: Partial<ProviderRequest>): Preparation;
  /** The same, which must go well. */
  ready(model: string, input: JsonObject, change?: Partial<ProviderRequest>): Json;
  submit(prepared: Json, context?: ProviderContext): Promise<SubmitOutcome>;
  poll(operation: Json): Promise<Observation>;
  /** Submits and polls to the end, which must be good. */
  run(prepared: Json): Promise<Production>;
  read(artifact: Artifact): Promise<Buffer>;
}

/** Opens a rig in a folder of its own. */
export async function openProviderRig(options: RigOptions): Promise<ProviderRig> {
  const { provider } = options;
  const folder = await mkdtemp(join(tmpdir(), "vidgo-provider-"));
  const staging = await openStaging(join(folder, "staging"), systemRandom);
  const outbound = createOutbound({ userAgent: "vidgo-test", ownPorts: () => [] });
  const fake = await options.openFake();
  const clock = makeHandClock();
  const served = new Map<string, string>();
  const fetchInput = createFetchInput({
    download: createDownload(outbound),
    clock,
    newPath: () => staging.newPlace("part").path,
    ownFile: async (url) => served.get(url) ?? null,
  });
  const ask = createUpstream(outbound);
  const { signal } = new AbortController();
  const contextAt = (baseUrl: string): ProviderContext => {
    const account = { id: "main", baseUrl, secret: options.secret };
    return {
      account,
      signal,
      clock,
      request: (request) => ask({ account, request }, signal),
      input: (url) => fetchInput({ url: nearby(url, served, fake), loopback: true }, signal),
      stage: (extension) => staging.reserve(extension),
      wake() {},
    };
  };
  const context = contextAt(`${fake.url}${options.basePath ?? ""}`);
  const rig: ProviderRig = {
    provider,
    fake,
    clock,
    context,
    // Port 1 is open to nobody: connections to it are refused at once.
    unreachable: contextAt("http://127.0.0.1:1"),
    serve(url, bytes) {
      const path = join(folder, `served-${served.size}`);
      served.set(url, path);
      writes.push(writeFile(path, bytes));
    },
    prepare: (model, input, change) =>
      provider.prepare(requestFor(options, { model, input, change })),
    ready(model, input, change) {
      const preparation = rig.prepare(model, input, change);
      assert.equal(preparation.kind, "ready", JSON.stringify(preparation));
      return preparation.kind === "ready" ? preparation.prepared : null;
    },
    async submit(prepared, given = context) {
      await Promise.all(writes);
      return provider.submit(prepared, given).catch(outcomeOf);
    },
    async poll(operation) {
      assert.ok(provider.poll !== undefined);
      return provider.poll(operation, context).catch(unreachableOf);
    },
    run: (prepared) => runToEnd(rig, prepared),
    read: (artifact) => readArtifact(rig, artifact, (name) => staging.pathOf(name)),
    async [Symbol.asyncDispose]() {
      await fake[Symbol.asyncDispose]();
      await outbound.close();
      await rm(folder, { recursive: true });
    },
  };
  const writes: Promise<void>[] = [];
  for (const [url, bytes] of Object.entries(options.files ?? {})) rig.serve(url, bytes);
  return rig;
}

/** What is not served is asked of the fake, which does not have it either. */
function nearby(url: string, served: ReadonlyMap<string, string>, fake: FakeUpstream): string {
  return served.has(url) ? url : `${fake.url}/absent`;
}

const CATALOGUE = createCatalogue();
const VALIDATOR = createValidator();

/** A request as the engine would make it: the input checked, its defaults filled in. */
function requestFor(
  { provider, upstreamModels = {} }: RigOptions,
  wish: {
    readonly model: string;
    readonly input: JsonObject;
    readonly change: Partial<ProviderRequest> | undefined;
  },
): ProviderRequest {
  const model = CATALOGUE.find(wish.model);
  assert.ok(model !== null, wish.model);
  const verdict = VALIDATOR.check(model, wish.input);
  assert.ok(verdict.kind === "valid", `${wish.model}: ${JSON.stringify(verdict)}`);
  return {
    taskId: "task-unified-1790000000-abcdefghijklmnopqrstuvwxyz",
    marker: "attempt-abcdefghijklmnop",
    model: wish.model,
    upstreamModel: upstreamModels[wish.model] ?? provider.models[wish.model] ?? wish.model,
    input: verdict.input,
    mode: "live",
    callbackUrl: null,
    sources: [],
    ...wish.change,
  };
}

function outcomeOf(thrown: unknown): SubmitOutcome {
  if (thrown instanceof UpstreamFailure) return { kind: "rejected", error: thrown.error };
  return {
    kind: "unknown",
    error: {
      code: "unknown_outcome",
      message: String(thrown),
      retry: "never",
      retryAfterMs: null,
      billed: "unknown",
    },
  };
}

function unreachableOf(thrown: unknown): Observation {
  const outcome = outcomeOf(thrown);
  assert.ok(outcome.kind === "rejected" || outcome.kind === "unknown");
  return { kind: "unreachable", error: outcome.error };
}

const POLLS_MAX = 20;

async function runToEnd(rig: ProviderRig, prepared: Json): Promise<Production> {
  const outcome = await rig.submit(prepared);
  if (outcome.kind === "completed") return outcome.production;
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  let { operation } = outcome;
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const seen = await rig.poll(operation);
    if (seen.kind === "completed") return seen.production;
    assert.ok(seen.kind === "pending", JSON.stringify(seen));
    operation = seen.operation ?? operation;
  }
  return assert.fail("The job does not end");
}

async function readArtifact(
  { provider, context }: ProviderRig,
  { source }: Artifact,
  pathOf: (name: string) => string | null,
): Promise<Buffer> {
  switch (source.kind) {
    case "staged": {
      const path = pathOf(source.name);
      assert.ok(path !== null, source.name);
      return readFile(path);
    }
    case "url":
      return Buffer.from(await (await fetch(source.url)).arrayBuffer());
    case "upstream": {
      assert.ok(provider.open !== undefined, "An upstream artifact needs open()");
      const { body } = await provider.open(source.ref, context);
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return Buffer.concat(chunks);
    }
  }
}

/** The text of a prepared request's member. */
export function member(value: Json, ...path: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path) found = isJsonObject(found) ? found[step] : undefined;
  return found;
}
