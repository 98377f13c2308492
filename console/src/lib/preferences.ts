/** How the console looks; `system` follows the machine. */
export type Theme = "system" | "light" | "dark";

/** The theme that the cookie names. */
export function readTheme(): Theme {
  const word = /(?:^|; )vidgo_theme=(light|dark)/.exec(document.cookie)?.[1];
  return word === "light" || word === "dark" ? word : "system";
}

/** Shows a theme and keeps it for a year, for every tab of this browser. */
export function setTheme(theme: Theme): void {
  const age = theme === "system" ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs a secure origin.
  document.cookie = `vidgo_theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  applyTheme(theme);
}

/** Shows a theme. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** A small value that this browser remembers; `null` when it does not, or may not. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`vidgo.${name}`);
  } catch {
    return null;
  }
}

/** Remembers a small value in this browser, if it lets us; `null` forgets it. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`vidgo.${name}`);
    else localStorage.setItem(`vidgo.${name}`, value);
  } catch {
    // A browser that keeps nothing loses a convenience only.
  }
}
