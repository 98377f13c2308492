import { useMemo, useState } from "react";
import { tokensOf } from "../lib/code-tokens.ts";
import { remember, remembered } from "../lib/preferences.ts";
import { common } from "../strings/en/shell.ts";
import { Tabs } from "./tabs.tsx";
import { Copy } from "./values.tsx";

/** One text in one language. */
export interface Snippet {
  /** `python`, `js`, `curl`, `json`. */
  readonly language: string;
  readonly text: string;
}

/** The same request in several languages; the one last chosen is remembered. */
export function Snippets({
  snippets,
  label,
}: {
  readonly snippets: readonly Snippet[];
  readonly label: string;
}) {
  const [language, setLanguage] = useState(() => remembered("language") ?? "python");
  const chosen = snippets.find((each) => each.language === language) ?? snippets[0];
  if (chosen === undefined) return null;
  return (
    <div className="code">
      <Tabs
        label={label}
        value={chosen.language}
        onChange={(next) => {
          setLanguage(next);
          remember("language", next);
        }}
        aside={<Copy text={chosen.text} label={common.copyCode} />}
        tabs={snippets.map((snippet) => ({
          key: snippet.language,
          label: snippet.language,
          panel: () => <CodeText {...snippet} />,
        }))}
      />
    </div>
  );
}

/** A text with the colours of its language. */
export function CodeText({ language, text }: Snippet) {
  const tokens = useMemo(() => tokensOf(language, text), [language, text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <pre tabIndex={0}>
      <code>
        {tokens.map(({ kind, text: part }, index) =>
          kind === "plain" ? (
            part
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name.
            <span key={index} className={`code-${kind}`}>
              {part}
            </span>
          ),
        )}
      </code>
    </pre>
  );
}
