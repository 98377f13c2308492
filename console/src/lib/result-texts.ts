/** One result of a model: its members depend on the model. */
type Result = Readonly<Record<string, unknown>>;

/** Words that a model gave. */
export interface TextPart {
  /** The member that holds them. */
  readonly name: string;
  readonly text: string;
  /** What they say when they are JSON, else `null`. */
  readonly value: unknown;
}

/** Members that tell of a file and are shown with it. */
const FACTS = /_url$|_id$|^(title|tags|file_type|duration)$/;

/** The members of a result that are words of their own: lyrics, a style, aligned words as JSON. */
export function textsOf(result: Result): readonly TextPart[] {
  return Object.entries(result).flatMap(([name, text]) => {
    if (typeof text !== "string" || text.trim() === "" || FACTS.test(name)) return [];
    if (/^https?:\/\//.test(text)) return [];
    return [{ name, text, value: jsonOf(text) }];
  });
}

/** The titles of tracks by the place of their file; `null` for what is no track or has none. */
export function titlesOf(
  results: readonly Result[],
  files: readonly { readonly media_type: string }[],
): readonly (string | null)[] {
  let next = 0;
  return files.map(({ media_type }) => {
    if (!media_type.startsWith("audio/")) return null;
    const title = results[next]?.title;
    next += 1;
    return typeof title === "string" && title !== "" ? title : null;
  });
}

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]["\s\]}[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
