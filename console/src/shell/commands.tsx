import { navigate } from "../lib/router.tsx";
import { useTo } from "../lib/session.tsx";
import { useShortcuts } from "../lib/shortcuts.ts";
import { Palette } from "./palette.tsx";
import { openPalette, setOverlay, useOverlay } from "./palette-state.ts";
import { useRailRoutes } from "./rail-routes.ts";
import { ShortcutList } from "./shortcut-list.tsx";

/** The keys that work on every page, and what they open. */
export function Commands() {
  const overlay = useOverlay();
  const to = useTo();
  const routes = useRailRoutes();
  const going = routes.flatMap(({ path, rail }) =>
    rail === undefined ? [] : [[`g ${rail.letter}`, () => navigate(to(path))] as const],
  );
  useShortcuts({
    "mod+k": openPalette,
    "?": () => setOverlay("shortcuts"),
    "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
    ...Object.fromEntries(going),
  });
  if (overlay === "palette") return <Palette onClose={() => setOverlay(null)} />;
  if (overlay === "shortcuts") return <ShortcutList onClose={() => setOverlay(null)} />;
  return null;
}
