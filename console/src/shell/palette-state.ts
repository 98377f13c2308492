import { useSyncExternalStore } from "react";

/** What floats over the shell: the palette, the list of shortcuts, or nothing. */
export type Overlay = "palette" | "shortcuts" | null;

let overlay: Overlay = null;
const listeners = new Set<() => void>();

/** Opens the palette from anywhere. */
export function openPalette(): void {
  setOverlay("palette");
}

/** Shows one overlay, or none. */
export function setOverlay(next: Overlay): void {
  overlay = next;
  for (const listener of listeners) listener();
}

/** The overlay that is shown. */
export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => overlay,
  );
}
