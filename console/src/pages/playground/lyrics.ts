/**
 * About how many syllables a line has: groups of vowels, a silent e at the end left out. Tags such
 * as `[Chorus]` and empty lines have none.
 */
export function syllablesOf(line: string): number {
  if (/^\s*(\[.*\])?\s*$/.test(line)) return 0;
  const words =
    line
      .toLowerCase()
      .normalize("NFC")
      .match(/[\p{L}'’]+/gu) ?? [];
  return words.reduce((sum, word) => sum + syllablesOfWord(word), 0);
}

function syllablesOfWord(word: string): number {
  // Scripts without letters for vowels are counted by the sign.
  if (/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(word)) return [...word].length;
  const spoken = word.replace(/[^aeiouy]e$|[^aeiouylr]es$|[^aeiouytd]ed$/, (end) => end[0] ?? "");
  return Math.max(1, spoken.match(/[aeiouyäöüáéíóúàèìòùâêîôûãõåæøœ]+/g)?.length ?? 0);
}

/** Puts `[Verse]` on a line of its own at the cursor, with an empty line before it. */
export function insertSection(
  text: string,
  cursor: number,
  section: string,
): { readonly text: string; readonly cursor: number } {
  const before = text.slice(0, cursor).replace(/\s+$/, "");
  const after = text.slice(cursor).replace(/^\n+/, "");
  const head = `${before}${before === "" ? "" : "\n\n"}[${section}]\n`;
  return { text: head + after, cursor: head.length };
}
