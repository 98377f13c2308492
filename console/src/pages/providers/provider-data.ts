import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";

/** How a provider or one of its accounts stands. */
export type ProviderState = "no_key" | "healthy" | "paused" | "circuit" | "resting" | "busy";

/** An account that pays. */
export interface ProviderAccount {
  readonly account: string;
  readonly source: "environment" | "file" | "console" | "built-in";
  readonly host: string | null;
  readonly state: ProviderState;
  readonly until_time: string | null;
  readonly in_flight: number;
  readonly last_error: {
    readonly code: string;
    readonly message: string;
    readonly time: string;
  } | null;
}

/** What serves, or could. */
export interface Provider {
  readonly name: string;
  readonly state: ProviderState;
  readonly until_time: string | null;
  readonly in_flight: number;
  readonly models: readonly string[];
  readonly activated_by: string | null;
  readonly accounts: readonly ProviderAccount[];
}

/** A key that was added; only its end is ever told. */
export interface ProviderKey {
  readonly key_id: string;
  readonly provider: string;
  readonly account: string;
  readonly host: string | null;
  readonly last4: string;
  readonly created_time: string;
  /** False when the root secret has changed. */
  readonly readable: boolean;
}

/** What `GET /api/providers` gives. */
export interface Providers {
  readonly offline: "auto" | "always" | "never";
  readonly providers: readonly Provider[];
  readonly keys: readonly ProviderKey[];
}

/** What a change of a key brought. */
export interface KeyEffect {
  readonly others_need_restart: boolean;
}

/** Everything that serves the gateway. */
export function providersQuery() {
  return queryOptions({
    queryKey: ["providers"],
    queryFn: ({ signal }) => api<Providers>("/api/providers", { signal }),
    refetchInterval: 5_000,
  });
}
