import { useState } from "react";
import { Dialog } from "../components/dialog.tsx";
import { Switch } from "../components/field.tsx";
import { remember, remembered } from "../lib/preferences.ts";
import { modSign } from "../lib/shortcuts.ts";
import { shell } from "../strings/en/shell.ts";
import { useRailRoutes } from "./rail-routes.ts";

/** All keys that do something, and the switch for single letters. */
export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  const { shortcuts } = shell;
  const routes = useRailRoutes();
  const [single, setSingle] = useState(remembered("shortcuts") !== "off");
  const lines: readonly (readonly [string, string])[] = [
    [shortcuts.palette, `${modSign()}K`],
    [shortcuts.help, "?"],
    [shortcuts.search, "/"],
    [shortcuts.run, `${modSign()}↵`],
    [shortcuts.prompt, "e"],
    [shortcuts.rows, "j k"],
    [shortcuts.pick, "x"],
    [shortcuts.again, "r"],
    [shortcuts.tiles, "← → ↑ ↓"],
    [shortcuts.pickTile, "Space s"],
    [shortcuts.picked, "d c Esc"],
    [shortcuts.viewer, "← →"],
    [shortcuts.zoom, "+ − 0"],
    [shortcuts.facts, "i s d r"],
    [shortcuts.create, "n"],
    [shortcuts.brush, "[ ] x"],
    [shortcuts.stroke, `${modSign()}Z`],
    [shortcuts.seek, "← →"],
    ...routes.flatMap(({ rail }): (readonly [string, string])[] =>
      rail === undefined ? [] : [[shortcuts.goTo(rail.name), `g ${rail.letter}`]],
    ),
  ];
  return (
    <Dialog title={shortcuts.title} onClose={onClose}>
      <dl className="shortcuts">
        {lines.map(([name, keys]) => (
          <div key={name} className="shortcut">
            <dt>{name}</dt>
            <dd>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        label={shortcuts.single}
        checked={single}
        onChange={(on) => {
          setSingle(on);
          remember("shortcuts", on ? null : "off");
        }}
      />
    </Dialog>
  );
}
