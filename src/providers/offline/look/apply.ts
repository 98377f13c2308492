import { fitLetters, letter } from "../lettering/lettering.ts";
import { wordsOnSign } from "../lettering/sign-words.ts";
import type { Sheet } from "../paint/canvas.ts";
import { css } from "../paint/colour.ts";
import type { ScenePlan } from "../scene/plan.ts";
import { FILM_LOOKS, LOOKS } from "./look.ts";

/** Gives a still the looks that its plan asks for: the first in full, then what only grades. */
export function applyLooks(target: Sheet, plan: ScenePlan): void {
  const [first, ...others] = plan.looks;
  for (const name of [
    ...(first === undefined ? [] : [first]),
    ...others.filter((each) => FILM_LOOKS.has(each)).slice(0, 1),
  ]) {
    LOOKS[name]?.(target, { seed: plan.seed, title: plan.title });
  }
  const lettered = plan.looks.includes("poster") || plan.looks.includes("papercut");
  if (plan.title !== null && !lettered && wordsOnSign(plan) === null) paintSign(target, plan.title);
}

/** Gives a frame of a film the looks that hold still from frame to frame. */
export function applyFilmLooks(target: Sheet, plan: ScenePlan): void {
  for (const name of plan.looks) {
    if (FILM_LOOKS.has(name)) LOOKS[name]?.(target, { seed: plan.seed, title: null });
  }
  if (plan.title !== null && wordsOnSign(plan) === null) paintSign(target, plan.title);
}

/** Quoted words, set large with a shadow that keeps them readable on anything. */
function paintSign({ pen, width, height }: Sheet, title: string): void {
  const unit = Math.min(width, height) / 1024;
  const lettering = letter(title, "serif");
  if (lettering === null || lettering.text === "") return;
  const size = fitLetters(pen, lettering, { size: height * 0.13, width: width * 0.84 });
  pen.save();
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.shadowColor = "rgba(10,6,24,.8)";
  pen.shadowBlur = 26 * unit;
  pen.lineJoin = "round";
  pen.strokeStyle = css([0.16, 0.03, 280], 0.55);
  pen.lineWidth = size * 0.07;
  pen.strokeText(lettering.text, width / 2, height * 0.16);
  pen.fillStyle = css([0.98, 0.02, 90]);
  pen.fillText(lettering.text, width / 2, height * 0.16);
  pen.restore();
}
