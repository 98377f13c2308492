import { EXCEPTIONS } from "../data/irregular-words.ts";
import { GRAPHEMES, LETTERS } from "../data/spelling.ts";

/** A syllable as it is sung. */
export interface Syllable {
  /** Phonemes, separated by spaces: `s t a r`. */
  readonly sounds: string;
  /** Whether it carries the weight of its word. */
  readonly stressed: boolean;
  /** Whether a word begins here. */
  readonly first: boolean;
}

/** The syllables of a line of lyrics, in order. Marks and digits alone give none. */
export function syllablesOf(line: string): readonly Syllable[] {
  return wordsOf(line).flatMap((word) => wordSyllables(word));
}

/** The words of a line as they are sung: letters of any script, apostrophes inside. */
export function wordsOf(line: string): readonly string[] {
  return line.normalize("NFKC").match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)*|\p{N}+/gu) ?? [];
}

function wordSyllables(word: string): readonly Syllable[] {
  const sounds = soundsOf(word.toLowerCase().replaceAll("’", "'"));
  const groups = groupSounds(sounds);
  const stress = stressOf(word.toLowerCase(), groups.length);
  return groups.map((group, index) => ({
    sounds: group.join(" "),
    stressed: index === stress,
    first: index === 0,
  }));
}

const VOWEL = /^(?:[aAeiIou@3]|ai|ei|oi|au|ou)$/;

/** Tells whether a phoneme is a vowel. */
export function isVowel(sound: string): boolean {
  return VOWEL.test(sound);
}

/** The phonemes of a word: known irregular words first, then rules from left to right. */
export function soundsOf(word: string): readonly string[] {
  const known = EXCEPTIONS[word];
  if (known !== undefined) return known.split(" ");
  const digits = /^\p{N}+$/u.test(word);
  if (digits) return [...word].flatMap((digit) => (EXCEPTIONS[digit] ?? "o").split(" "));
  const plain = latin(word);
  const sounds: string[] = [];
  for (let at = 0; at < plain.length; ) {
    const rule = GRAPHEMES.find(([pattern]) => {
      pattern.lastIndex = at;
      return pattern.test(plain);
    });
    if (rule === undefined) {
      at += 1;
      continue;
    }
    if (rule[1] !== "") sounds.push(...rule[1].split(" "));
    at = Math.max(at + 1, rule[0].lastIndex);
  }
  return sounds.some(isVowel) || sounds.length === 0 ? sounds : ["@", ...sounds];
}

/** Letters without accents; other alphabets by their sound, unknown signs by an open syllable. */
function latin(word: string): string {
  const bare = word.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("'", "");
  return [...bare].map((letter) => (/[a-z]/.test(letter) ? letter : foreign(letter))).join("");
}

const OPEN_SYLLABLES = ["la", "na", "mo", "ri", "su", "ko", "wa", "hi", "to", "me"];

function foreign(letter: string): string {
  const known = LETTERS[letter];
  if (known !== undefined) return known;
  return OPEN_SYLLABLES[(letter.codePointAt(0) ?? 0) % OPEN_SYLLABLES.length] ?? "la";
}

/** Splits phonemes into syllables; what can start a word goes with the vowel behind it. */
function groupSounds(sounds: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let open: string[] = [];
  for (const [index, sound] of sounds.entries()) {
    if (isVowel(sound) && open.some(isVowel)) {
      const carried = open.splice(splitAt(open));
      groups.push(open);
      open = carried;
    }
    open.push(sound);
    if (index === sounds.length - 1) groups.push(open);
  }
  return groups;
}

const STARTS = /^(?:[pbtdkgf] [rl]|s [ptkmnlw]|th r|[tdk] w|sh r)$/;

function splitAt(open: readonly string[]): number {
  const last = open.length - 1;
  if (isVowel(open[last] ?? "")) return open.length;
  const pair = `${open[last - 1]} ${open[last]}`;
  if (last >= 1 && STARTS.test(pair) && open.slice(0, last - 1).some(isVowel)) return last - 1;
  return last;
}

const WEAK = new Set(
  [
    "a an the and or but of to in on at for with from as is was are were be been am i",
    "you he she it we they my your his her our their me him us them",
    "that this so if will would can could",
  ].flatMap((row) => row.split(" ")),
);

function stressOf(word: string, count: number): number {
  if (count === 1) return WEAK.has(word) ? -1 : 0;
  if (/(?:tion|sion|ic|ity)s?$/.test(word)) return Math.max(0, count - (/ity$/.test(word) ? 3 : 2));
  return /^(?:a(?!ny)|be|re|de|ex|un|for|with|to)[^aeiou]/.test(word) ? 1 : 0;
}
