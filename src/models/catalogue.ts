import { gptImageModels } from "./image/gpt-image.ts";
import type { Model } from "./model.ts";
import { composeModels } from "./music/compose.ts";
import { grokImagineModels } from "./video/grok-imagine.ts";
import { soraModels } from "./video/sora.ts";

/** All models by id, in the order of the documentation. */
export interface Catalogue {
  readonly models: readonly Model[];
  /** The model with exactly this id, or `null`. */
  find(id: string): Model | null;
}

const FAMILIES: readonly (readonly Model[])[] = [
  gptImageModels,
  soraModels,
  grokImagineModels,
  composeModels,
];

/** Makes the catalogue of all models that the API knows. */
export function createCatalogue(models: readonly Model[] = FAMILIES.flat()): Catalogue {
  const byId = new Map(models.map((model) => [model.id, model]));
  return { models, find: (id) => byId.get(id) ?? null };
}
