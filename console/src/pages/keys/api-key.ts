import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import type { Scope } from "../../lib/session.tsx";

/** An API key as `GET /api/keys` shows it. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly mode: "live" | "test";
  /** Its beginning and its end: `vg_live_Ab12…7Qd2`. */
  readonly shown_as: string;
  readonly status: "active" | "rotating" | "expired" | "revoked";
  /** It comes from the environment or the first start. */
  readonly bootstrap: boolean;
  readonly scopes: readonly Scope[];
  readonly networks: readonly string[];
  readonly requests_per_minute: number | null;
  /** Credits as exact decimals; `null` is no cap. */
  readonly spend_per_day: string | null;
  readonly spend_total: string | null;
  readonly spent_today: string;
  readonly spent_total: string;
  /** Requests in each of the last 36 hours, the present one last. */
  readonly uses: readonly number[];
  readonly last_used_time: string | null;
  readonly created_time: string;
  readonly expires_time: string | null;
  readonly replaced_by: string | null;
}

/** A key at the only moment at which it is shown whole. */
export interface FreshKey extends ApiKey {
  readonly key: string;
}

/** All keys of a project, newest first. */
export function keysQuery(project: string) {
  return queryOptions({
    queryKey: ["keys", project],
    queryFn: async ({ signal }) =>
      (await api<{ keys: readonly ApiKey[] }>("/api/keys", { signal })).keys,
    refetchInterval: 15_000,
  });
}

/** What a new key may do. */
export interface KeyWish {
  readonly name: string;
  readonly mode: "live" | "test";
  readonly scopes: readonly Scope[];
  /** `null` lets every address in. */
  readonly networks: readonly string[] | null;
  readonly expires_in_days: number | null;
  readonly spend_per_day: number | null;
  readonly spend_total: number | null;
  readonly requests_per_minute: number | null;
}
