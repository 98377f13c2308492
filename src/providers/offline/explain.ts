import type { JsonObject } from "../../lib/json.ts";
import { hashText } from "./chance.ts";
import { explainPlan, planScene } from "./scene/plan.ts";
import { readPrompt } from "./scene/read.ts";
import { sayDirections, takeDirections } from "./stage-directions.ts";

/** Says how the engine reads a prompt and what it would paint, without painting. */
export function explainPrompt(prompt: string, negative = ""): JsonObject {
  const { text, directions } = takeDirections(prompt);
  const said = sayDirections(directions);
  const tokens = readPrompt(text, negative);
  const plan = planScene(tokens, { seed: hashText(text) });
  return {
    ...explainPlan(plan),
    unknown: tokens.unknown.map(({ word }) => word),
    without: [...tokens.banned],
    corrected: [...tokens.corrected],
    ...(said.length > 0 ? { directions: said } : {}),
  };
}
