import { FILM_LOOKS } from "../look/look.ts";
import type { Pen } from "../paint/canvas.ts";
import { css, type Lch } from "../paint/colour.ts";
import type { ScenePlan } from "../scene/plan.ts";
import { fitLetters, letter } from "./lettering.ts";

/** Longer words would be too small to be read on a board. */
const SIGNS_MAX = 24;

/**
 * The quoted words, where a sign in the scene bears them; else `null`, and they stand over the
 * picture. Brushes and facets would make them illegible.
 */
export function wordsOnSign({ title, subjects, looks }: ScenePlan): string | null {
  const board = subjects.some(({ draw }) => draw === "sign");
  const clear = looks.every((look) => FILM_LOOKS.has(look) && look !== "pixel");
  return board && clear && title !== null && [...title].length <= SIGNS_MAX ? title : null;
}

/** Letters the board of a sign whose drawing is 100 high. */
export function letterBoard(pen: Pen, words: string, board: Lch): void {
  const lettering = letter(words, "serif");
  if (lettering === null) return;
  pen.fillStyle = css(board);
  pen.fillRect(-38, 10, 76, 36);
  fitLetters(pen, lettering, { size: 25, width: 72 });
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = css([0.97, 0.03, 90]);
  pen.fillText(lettering.text, 0, 28);
}
