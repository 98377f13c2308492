import { queryOptions } from "@tanstack/react-query";
import { api } from "./api.ts";
import type { Schema } from "./schema.ts";

/** What a model makes. */
export type Media = "image" | "video" | "music";

/** A model of the list. */
export interface ModelItem {
  readonly id: string;
  readonly media: Media;
  readonly summary: string;
  /** The price in words; `null` when none is known. */
  readonly price: string | null;
  readonly providers: readonly string[];
  readonly why: string;
  readonly deprecation: string | null;
}

/** A model with its form. */
export interface ModelDetail extends ModelItem {
  readonly input_schema: Schema;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** All models; they change with the gateway's release or its providers. */
export function modelsQuery() {
  return queryOptions({
    queryKey: ["models"],
    queryFn: async ({ signal }) =>
      (await api<{ models: readonly ModelItem[] }>("/api/models", { signal })).models,
    staleTime: 300_000,
  });
}

/** One model with its schema. */
export function modelQuery(id: string) {
  return queryOptions({
    queryKey: ["model", id],
    queryFn: ({ signal }) => api<ModelDetail>(`/api/models/${id}`, { signal }),
    staleTime: 300_000,
    enabled: id !== "",
  });
}
