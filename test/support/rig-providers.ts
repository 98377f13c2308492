import { randomBytes } from "node:crypto";
import { readUpstreams } from "../../src/config/providers.ts";
import { createKeyring, type Keyring } from "../../src/engine/keyring.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { createLiveRegistry } from "../../src/providers/live-registry.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { createRegistry, type Registry, type Upstreams } from "../../src/providers/registry.ts";
import type { Store } from "../../src/store/store.ts";

/** The offline engine and the providers whose keys a test adds; nothing comes from outside. */
export function rigProviders(
  store: Store,
  offline: Provider,
): { readonly registry: Registry; readonly keyring: Keyring } {
  const { upstreams, withAccounts } = readUpstreams({});
  const own = { provider: offline, accounts: [{ id: "offline", baseUrl: "", secret: {} }] };
  const registryOf = (all: Upstreams): Registry => createRegistry([...all.active, own], all);
  const { registry, swap } = createLiveRegistry(registryOf(upstreams));
  const keyring = createKeyring({
    store: store.providerKeys,
    ...{ sealKey: randomBytes(32), random: systemRandom, registry },
    ...{ known: upstreams.known, isShared: false },
    activate: (accounts) => swap(registryOf(withAccounts(accounts))),
  });
  return { registry, keyring };
}
