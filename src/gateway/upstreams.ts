import type { Config } from "../config.ts";
import type { EngineContext } from "../engine/context.ts";
import { createKeyring, type Keyring } from "../engine/keyring.ts";
import { systemClock } from "../lib/clock.ts";
import { systemRandom } from "../lib/random.ts";
import { type Catalogue, createCatalogue } from "../models/catalogue.ts";
import { createLiveRegistry } from "../providers/live-registry.ts";
import { type OfflineProvider, offlineProvider } from "../providers/offline/provider.ts";
import { createRegistry, type Registry } from "../providers/registry.ts";
import type { Store } from "../store/store.ts";

/** The providers of the settings with those whose keys were added, which may change under way. */
export async function openProviders(
  config: Config,
  parts: { readonly store: Store; readonly offline: OfflineProvider; readonly sealKey: Uint8Array },
): Promise<{ readonly registry: Registry; readonly keyring: Keyring }> {
  const { registry, swap } = createLiveRegistry(openRegistry(config.upstreams, parts.offline));
  const keyring = createKeyring({
    store: parts.store.providerKeys,
    ...{ sealKey: parts.sealKey, random: systemRandom, registry },
    known: config.upstreams.known,
    isShared: config.databaseUrl !== null,
    activate: (accounts) => swap(openRegistry(config.withAccounts(accounts), parts.offline)),
  });
  await keyring.load();
  return { registry, keyring };
}

/** The providers that are set up, and behind them the built-in engine. */
function openRegistry(upstreams: Config["upstreams"], offline: OfflineProvider): Registry {
  const own = { provider: offline, accounts: [{ id: "offline", baseUrl: "", secret: {} }] };
  return createRegistry([...upstreams.active, own], upstreams);
}

/** The catalogue with the operator's own prices. */
export function pricedCatalogue({ prices }: Config): Catalogue {
  const { models } = createCatalogue();
  return createCatalogue(
    models.map((model) => ({ ...model, price: prices[model.id] ?? model.price })),
  );
}

/** The built-in engine, by the settings. */
export function openOffline(
  config: Config,
  { stagingDir, catalogue, log }: Pick<EngineContext, "catalogue" | "log"> & { stagingDir: string },
): OfflineProvider {
  return offlineProvider({
    workers: config.offlineWorkers,
    time: config.offlineTime,
    fps: config.offlineFps,
    decode: config.offlineDecoder === "auto",
    ...(config.encoder === "ffmpeg" ? { encoder: "ffmpeg" } : {}),
    stagingDir,
    models: Object.fromEntries(catalogue.models.map(({ id, media }) => [id, media])),
    clock: systemClock,
    onTrouble: (detail) => log.error({ provider: "offline", detail }, "A render failed"),
  });
}
