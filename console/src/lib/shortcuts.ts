import { useEffect, useRef } from "react";
import { remembered } from "./preferences.ts";

/** What keys do, by their name: `mod+k`, `?`, `g h`, `/`. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** A second key of `g h` counts within this time, milliseconds. */
const CHORD_MS = 900;

/**
 * Listens for keys while the component is shown. Single letters never fire in a field or with a
 * dialog open, and not at all when they are switched off in the settings.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    let first = "";
    let firstMs = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = keyName(event);
      const chord = event.timeStamp - firstMs < CHORD_MS ? `${first} ${key}` : "";
      first = key;
      firstMs = event.timeStamp;
      const action = current.current[chord] ?? current.current[key];
      if (action === undefined) return;
      // What lies behind a dialog is out of reach, by keys too.
      if (document.querySelector("dialog[open]") !== null) return;
      if (!key.startsWith("mod+") && !mayFire(event)) return;
      event.preventDefault();
      firstMs = 0;
      action(event);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  return event.altKey ? `alt+${key}` : key;
}

/** What takes letters for itself; a box that is ticked does not. */
const TYPED_INTO = "input:not([type=checkbox], [type=radio]), textarea, select";

function mayFire(event: KeyboardEvent): boolean {
  if (remembered("shortcuts") === "off") return false;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  return !target.isContentEditable && target.closest(TYPED_INTO) === null;
}

/** The sign of the key that goes with letters: ⌘ on a Mac, Ctrl elsewhere. */
export function modSign(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";
}
