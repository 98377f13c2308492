import type { Model } from "./model.ts";

/** All models by id, in the order of the documentation. */
export interface Catalogue {
  readonly models: readonly Model[];
  find(id: string): Model | null;
}
