/** A word of the lexicon: what it means, whatever form it was written in. */
export interface Entry {
  readonly id: string;
  readonly category: string;
  /** The facts of its line, `draw`, `kind`, `h` and so on. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Finds entries by the words of a prompt. */
export interface Lexicon {
  /** Every entry, in the order of the tables. */
  readonly entries: readonly Entry[];
  /** The entry of a word or a phrase (words joined by blanks), or `null`. */
  find(phrase: string): Entry | null;
  /** The nearest entry for a misspelt word of six letters or more, or `null`. */
  guess(word: string): Entry | null;
}

/** Reads tables: `# category` lines, then `id: words | key=value …` lines. The first use wins. */
export function buildLexicon(tables: readonly string[]): Lexicon {
  const entries: Entry[] = [];
  const byPhrase = new Map<string, Entry>();
  let category = "";
  for (const line of tables.join("\n").split("\n")) {
    if (line.startsWith("# ")) category = line.slice(2).trim();
    else if (line.includes(":")) {
      const { entry, phrases } = readLine(line, category);
      entries.push(entry);
      for (const phrase of phrases) if (!byPhrase.has(phrase)) byPhrase.set(phrase, entry);
    }
  }
  const long = [...byPhrase.keys()].filter((word) => word.length >= 6 && !word.includes(" "));
  return {
    entries,
    find: (phrase) => byPhrase.get(phrase) ?? findStem(phrase, byPhrase),
    guess: (word) => guess(word, { long, byPhrase }),
  };
}

/** A lexicon of another language: its own words for the entries of a lexicon. */
export function translateLexicon(english: Lexicon, table: string): Lexicon {
  const byId = new Map(english.entries.map((entry) => [entry.id, entry]));
  const byPhrase = new Map<string, Entry>();
  for (const line of table.split("\n")) {
    const [id = "", words = ""] = line.split(":");
    const entry = byId.get(id.trim());
    if (entry === undefined) continue;
    for (const word of words.trim().split(/\s+/)) {
      const phrase = word.replaceAll("_", " ");
      if (!byPhrase.has(phrase)) byPhrase.set(phrase, entry);
    }
  }
  return {
    entries: english.entries,
    find: (phrase) => byPhrase.get(phrase) ?? null,
    guess: () => null,
  };
}

function readLine(line: string, category: string): { entry: Entry; phrases: string[] } {
  const [head = "", tail = ""] = line.split("|");
  const [id = "", words = ""] = head.split(":");
  const facts: Record<string, string> = {};
  for (const fact of tail.trim().split(/\s+/)) {
    const [key = "", value = ""] = fact.split("=");
    if (key !== "") facts[key] = value;
  }
  const phrases = words
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll("_", " "));
  return { entry: { id: id.trim(), category, facts }, phrases };
}

const SUFFIXES = ["'s", "s", "es", "ing", "ed", "y"] as const;

function findStem(phrase: string, byPhrase: ReadonlyMap<string, Entry>): Entry | null {
  for (const suffix of SUFFIXES) {
    if (!phrase.endsWith(suffix) || phrase.length - suffix.length < 3) continue;
    const found = byPhrase.get(phrase.slice(0, -suffix.length));
    if (found !== undefined) return found;
  }
  return phrase.endsWith("ies") ? (byPhrase.get(`${phrase.slice(0, -3)}y`) ?? null) : null;
}

interface Spelling {
  readonly long: readonly string[];
  readonly byPhrase: ReadonlyMap<string, Entry>;
}

function guess(word: string, { long, byPhrase }: Spelling): Entry | null {
  if (word.length < 6) return null;
  const near = long.find((known) => isOneEditApart(word, known));
  return near === undefined ? null : (byPhrase.get(near) ?? null);
}

/** One letter changed, added, left out, or two neighbours swapped. */
function isOneEditApart(first: string, second: string): boolean {
  if (Math.abs(first.length - second.length) > 1) return false;
  let start = 0;
  while (start < first.length && first[start] === second[start]) start += 1;
  const a = first.slice(start);
  const b = second.slice(start);
  if (a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)) return true;
  return a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
}
