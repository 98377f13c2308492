import type { JsonObject } from "../../lib/json.ts";
import { hashText } from "./chance.ts";
import { explainPlan, planScene } from "./scene/plan.ts";
import { readPrompt } from "./scene/read.ts";

/** Says how the engine reads a prompt and what it would paint, without painting. */
export function explainPrompt(prompt: string, negative = ""): JsonObject {
  const tokens = readPrompt(prompt, negative);
  const plan = planScene(tokens, { seed: hashText(prompt) });
  return {
    ...explainPlan(plan),
    unknown: tokens.unknown.map(({ word }) => word),
    without: [...tokens.banned],
    corrected: [...tokens.corrected],
  };
}
