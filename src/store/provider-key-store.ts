import type { Actor } from "./door-store.ts";

/** Keys of providers that were added while the gateway runs; encrypted before they come here. */
export interface ProviderKeyStore {
  /** All of the installation, oldest first. */
  list(): Promise<readonly ProviderKeyRow[]>;
  /** Adds one, with an entry in the audit log; gives whether its account was still free. */
  add(key: NewProviderKey): Promise<boolean>;
  /** Removes one, with an entry in the audit log; gives whether it was there. */
  remove(wish: Actor & { readonly id: string }): Promise<boolean>;
}

/** A stored key of a provider. */
export interface ProviderKeyRow {
  readonly id: string;
  readonly provider: string;
  /** The account's name in routes and tasks; one of a provider. */
  readonly account: string;
  /** Where alone the key may be sent. */
  readonly baseUrl: string;
  /** Bound to provider, account and base URL. */
  readonly sealed: string;
  readonly last4: string;
  readonly createdAtMs: number;
}

/** A key to be stored. */
export interface NewProviderKey extends Actor, Omit<ProviderKeyRow, "createdAtMs"> {}
