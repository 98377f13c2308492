import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { hashText, makeChance, type Random } from "../../src/providers/offline/chance.ts";
import { GALLERY } from "./gallery.ts";
import { paintPrompt } from "./sheet.ts";

const CHOICES = 5;
const SIDE = 512;
const LETTERS = "abcde";

/** One picture of the quiz, and which of its choices it was painted from. */
export interface Question {
  /** `01.png` and on: the place after shuffling, so that the name tells nothing. */
  readonly file: string;
  readonly choices: readonly string[];
  /** A letter, `a` for the first choice. */
  readonly answer: string;
}

/** Asks for each prompt of the gallery in an order, and beside four others, that `seed` draws. */
export function drawQuiz(seed: string): readonly Question[] {
  const random = makeChance(hashText(seed))("quiz");
  return shuffle(GALLERY, random).map((prompt, index) => {
    const others = shuffle(
      GALLERY.filter((other) => other !== prompt),
      random,
    );
    const choices = shuffle([prompt, ...others.slice(0, CHOICES - 1)], random);
    const file = `${String(index + 1).padStart(2, "0")}.png`;
    return { file, choices, answer: LETTERS.charAt(choices.indexOf(prompt)) };
  });
}

/**
 * Writes the pictures and `questions.txt` into `folder`, for somebody who has seen neither, and the
 * answers into `<folder>-answers.json` beside it.
 */
export async function writeQuiz(folder: string, seed: string): Promise<number> {
  const questions = drawQuiz(seed);
  await mkdir(folder, { recursive: true });
  for (const { file, choices, answer } of questions) {
    const prompt = choices[LETTERS.indexOf(answer)] ?? "";
    const { sheet } = paintPrompt(prompt, SIDE);
    const png = await sharp(sheet.canvas.toBuffer("image/png")).png().toBuffer();
    await writeFile(join(folder, file), png);
  }
  const text = questions.map(({ file, choices }) => {
    const lines = choices.map((choice, index) => `  ${LETTERS.charAt(index)}) ${choice}`);
    return [file, ...lines].join("\n");
  });
  await writeFile(join(folder, "questions.txt"), `${text.join("\n\n")}\n`);
  const answers = questions.map(({ answer }) => answer).join("");
  await writeFile(`${folder}-answers.json`, `${JSON.stringify({ seed, answers })}\n`);
  return questions.length;
}

function shuffle<T>(list: readonly T[], random: Random): T[] {
  const keyed = list.map((item) => ({ item, key: random() }));
  return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item);
}
