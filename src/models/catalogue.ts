import { fluxModels } from "./image/flux.ts";
import { gptImageModels } from "./image/gpt-image.ts";
import { gptImage2Models } from "./image/gpt-image-2.ts";
import { grokImagineImageModels } from "./image/grok-imagine-image.ts";
import { nanoBananaModels } from "./image/nano-banana.ts";
import { qwenImageModels } from "./image/qwen-image.ts";
import { seedreamModels } from "./image/seedream.ts";
import { zImageModels } from "./image/z-image.ts";
import type { Model } from "./model.ts";
import { addModels } from "./music/add.ts";
import { composeModels } from "./music/compose.ts";
import { deriveModels, personaModels } from "./music/derive.ts";
import { extendModels } from "./music/extend.ts";
import { wordModels } from "./music/words.ts";
import { grokImagineModels } from "./video/grok-imagine.ts";
import { hailuoModels } from "./video/hailuo.ts";
import { happyHorseModels } from "./video/happy-horse.ts";
import { kling1Models } from "./video/kling-1.ts";
import { kling2Models } from "./video/kling-2.ts";
import { kling3Models } from "./video/kling-3.ts";
import { minimaxH3Models } from "./video/minimax-h3.ts";
import { runwayModels } from "./video/runway.ts";
import { seedance1Models } from "./video/seedance-1.ts";
import { seedance2Models } from "./video/seedance-2.ts";
import { seedance2LegacyModels } from "./video/seedance-2-legacy.ts";
import { soraModels } from "./video/sora.ts";
import { veoModels } from "./video/veo.ts";
import { veoOfficialModels } from "./video/veo-official.ts";
import { veoWorkflowModels } from "./video/veo-workflow.ts";
import { wanModels } from "./video/wan.ts";

/** All models by id, in the order of the documentation. */
export interface Catalogue {
  readonly models: readonly Model[];
  /** The model with exactly this id, or `null`. */
  find(id: string): Model | null;
}

const FAMILIES: readonly (readonly Model[])[] = [
  gptImageModels,
  gptImage2Models,
  nanoBananaModels,
  fluxModels,
  seedreamModels,
  qwenImageModels,
  zImageModels,
  grokImagineImageModels,
  soraModels,
  veoModels,
  veoOfficialModels,
  veoWorkflowModels,
  wanModels,
  kling3Models,
  kling2Models,
  kling1Models,
  grokImagineModels,
  happyHorseModels,
  hailuoModels,
  minimaxH3Models,
  runwayModels,
  seedance2Models,
  seedance2LegacyModels,
  seedance1Models,
  composeModels,
  extendModels,
  addModels,
  wordModels,
  personaModels,
  deriveModels,
];

/** Makes the catalogue of all models that the API knows. */
export function createCatalogue(models: readonly Model[] = FAMILIES.flat()): Catalogue {
  const byId = new Map(models.map((model) => [model.id, model]));
  return { models, find: (id) => byId.get(id) ?? null };
}
