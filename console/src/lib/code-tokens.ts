/** A part of a text and its colour. */
export interface Token {
  readonly kind: "plain" | "comment" | "string" | "word" | "number";
  readonly text: string;
}

const WORDS: Readonly<Record<string, string>> = {
  python: "import|from|as|while|not|in|if|else|def|return|True|False|None|with|for",
  js: "const|let|await|new|while|if|else|import|from|return|true|false|null|function|async",
  curl: "curl",
  json: "true|false|null",
};

/** Splits a text of python, js, curl or JSON into coloured parts; together they are the text. */
export function tokensOf(language: string, text: string): readonly Token[] {
  const comment = language === "js" ? "\\/\\/[^\\n]*" : "(?<=^|\\s)#[^\\n]*";
  const strings = `"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'|\`(?:\\\\.|[^\`\\\\])*\``;
  const pattern = new RegExp(
    `(?<comment>${comment})|(?<string>${strings})|` +
      `(?<word>\\b(?:${WORDS[language] ?? "null"})\\b)|(?<number>\\b\\d+(?:\\.\\d+)?\\b)`,
    "gm",
  );
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push({ kind: "plain", text: text.slice(end, match.index) });
    found.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "plain", text: text.slice(end) });
  return found;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Token["kind"] {
  if (groups.comment !== undefined) return "comment";
  if (groups.string !== undefined) return "string";
  return groups.word !== undefined ? "word" : "number";
}
