import { useState } from "react";
import { Segmented, Switch } from "../../components/field.tsx";
import { readTheme, remember, remembered, setTheme, type Theme } from "../../lib/preferences.ts";
import { settingsWords } from "../../strings/en/settings.ts";
import { shell } from "../../strings/en/shell.ts";
import { Section } from "./section.tsx";

/** How the console looks in this browser. */
export function AppearanceSection() {
  const [theme, choose] = useState<Theme>(readTheme);
  const [letters, setLetters] = useState(remembered("shortcuts") !== "off");
  const words = settingsWords.appearance;
  return (
    <Section title={words.title}>
      <Segmented
        label={words.theme}
        choices={(["system", "light", "dark"] as const).map((value) => ({
          value,
          label: shell.theme[value],
        }))}
        value={theme}
        onChange={(next) => {
          setTheme(next);
          choose(next);
        }}
      />
      <Switch
        label={words.shortcuts}
        hint={words.shortcutsHint}
        checked={letters}
        onChange={(on) => {
          remember("shortcuts", on ? null : "off");
          setLetters(on);
        }}
      />
    </Section>
  );
}
