import { GatewayError } from "../core/error.ts";
import { makeId } from "../core/id.ts";
import { createGate } from "../lib/gate.ts";
import type { RandomBytes } from "../lib/random.ts";
import { seal, unseal } from "../lib/seal.ts";
import type { StoredAccount } from "../providers/activate.ts";
import type { KnownProvider, Registry } from "../providers/registry.ts";
import type { Actor } from "../store/door-store.ts";
import type { ProviderKeyRow, ProviderKeyStore } from "../store/provider-key-store.ts";

/** The keys of providers that were added while the gateway runs. Nobody gets one out again. */
export interface Keyring {
  /** Providers that could be used, those without an account too. */
  readonly known: readonly KnownProvider[];
  /** Whether other processes share the database; they take a change at their next start. */
  readonly isShared: boolean;
  list(): Promise<readonly KeyringEntry[]>;
  /**
   * Encrypts and stores a key, and uses it from now on.
   * @throws {GatewayError} 400 unknown provider or no address, 409 account taken.
   */
  add(actor: Actor, wish: KeyringWish): Promise<KeyringEntry>;
  /** Gives whether it was there. Tasks under way at its account can no longer be asked for. */
  remove(actor: Actor, id: string): Promise<boolean>;
  /** Takes up what is stored; at the start. */
  load(): Promise<void>;
}

/** A stored key, without the key. */
export interface KeyringEntry extends Omit<ProviderKeyRow, "sealed"> {
  /** Whether it can be read: not when the root secret has changed. */
  readonly isReadable: boolean;
}

/** A key to be added. */
export interface KeyringWish {
  readonly provider: string;
  readonly account: string;
  readonly key: string;
}

/** What a keyring works with. */
export interface KeyringContext {
  readonly store: ProviderKeyStore;
  /** 32 bytes, for this purpose alone. */
  readonly sealKey: Uint8Array;
  readonly random: RandomBytes;
  readonly registry: Pick<Registry, "account">;
  readonly known: readonly KnownProvider[];
  readonly isShared: boolean;
  /** Makes these accounts the ones in use beside those of the settings. */
  readonly activate: (accounts: readonly StoredAccount[]) => void;
}

/** Makes a keyring; nothing of it is in use before `load`. */
export function createKeyring(context: KeyringContext): Keyring {
  const { store, known } = context;
  const oneByOne = createGate({ totalMax: 1, perKeyMax: 1 });
  const load = async (): Promise<void> => {
    // Of two lists that are read at once the older may come last.
    using _ = await oneByOne.enter("load");
    const rows = await store.list();
    context.activate(
      rows.flatMap((row) => {
        const key = open(context, row);
        return key === null ? [] : [{ ...row, id: row.account, key }];
      }),
    );
  };
  return {
    known,
    isShared: context.isShared,
    load,
    async list() {
      return (await store.list()).map((row) => entryOf(context, row));
    },
    async add(actor, wish) {
      const { provider, account, key } = wish;
      const baseUrl = addressOf(known, provider);
      if (context.registry.account(provider, account) !== null) throw taken(wish);
      const bound = { provider, account, baseUrl };
      const row = {
        ...{ ...bound, id: makeId("providerKey", context.random), last4: key.slice(-4) },
        sealed: seal(context.sealKey, key, bindingOf(bound)),
      };
      if (!(await store.add({ ...actor, ...row }))) throw taken(wish);
      await load();
      return entryOf(context, { ...row, createdAtMs: actor.nowMs });
    },
    async remove(actor, id) {
      const isGone = await store.remove({ ...actor, id });
      if (isGone) await load();
      return isGone;
    },
  };
}

function addressOf(known: readonly KnownProvider[], name: string): string {
  const provider = known.find((one) => one.name === name);
  if (provider === undefined) {
    const names = known.map((one) => one.name).join(", ");
    throw new GatewayError("invalid_request", `provider must be one of: ${names}`);
  }
  if (provider.baseUrl !== null) return provider.baseUrl;
  throw new GatewayError(
    "invalid_request",
    `provider ${name} has no address yet; set ${provider.variable} in the environment`,
  );
}

function taken({ provider, account }: KeyringWish): GatewayError {
  return new GatewayError(
    "conflict",
    `account ${account} of ${provider} exists already; remove it first, or name another`,
  );
}

type Bound = Pick<ProviderKeyRow, "provider" | "account" | "baseUrl">;

/** A key that is moved to another provider, account or address cannot be read there. */
function bindingOf({ provider, account, baseUrl }: Bound): string {
  return `${provider}|${account}|${baseUrl}`;
}

function open({ sealKey }: KeyringContext, row: ProviderKeyRow): string | null {
  return unseal(sealKey, row.sealed, bindingOf(row));
}

function entryOf(context: KeyringContext, row: ProviderKeyRow): KeyringEntry {
  const { sealed: _, ...rest } = row;
  return { ...rest, isReadable: open(context, row) !== null };
}
