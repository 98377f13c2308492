import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { Modal } from "../components/dialog.tsx";
import { Icon, type IconName } from "../components/icon.tsx";
import { modelsQuery } from "../lib/models.ts";
import { setTheme } from "../lib/preferences.ts";
import { navigate } from "../lib/router.tsx";
import { useTo } from "../lib/session.tsx";
import { shell } from "../strings/en/shell.ts";
import { useRailRoutes } from "./rail-routes.ts";
import { rank } from "./rank.ts";

interface Command {
  readonly key: string;
  readonly group: string;
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
}

const SHOWN_MAX = 40;

/** Goes to a page, a task by its id or a model; changes the theme. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const commands = useCommands(text);
  const shown = rank(commands, text, ({ label }) => label).slice(0, SHOWN_MAX);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") run(shown[at]);
    else if (step !== 0 && shown.length > 0) setAt((at + step + shown.length) % shown.length);
    else return;
    event.preventDefault();
  };
  return (
    <Modal className="dialog palette" label={shell.palette.label} onClose={onClose}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-label={shell.palette.label}
        aria-activedescendant={shown[at] === undefined ? undefined : `${id}-${at}`}
        placeholder={shell.palette.placeholder}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <PaletteList id={id} shown={shown} at={at} onRun={run} />
    </Modal>
  );
}

function PaletteList(props: {
  readonly id: string;
  readonly shown: readonly Command[];
  readonly at: number;
  readonly onRun: (command: Command) => void;
}) {
  if (props.shown.length === 0) {
    return (
      <div id={props.id} className="empty" role="status">
        {shell.palette.none}
      </div>
    );
  }
  return (
    <div id={props.id} className="palette-list" role="listbox" aria-label={shell.palette.label}>
      {props.shown.map((command, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
        <div
          key={command.key}
          id={`${props.id}-${index}`}
          role="option"
          tabIndex={-1}
          className="palette-item"
          aria-selected={index === props.at}
          ref={index === props.at ? (item) => item?.scrollIntoView({ block: "nearest" }) : null}
          onClick={() => props.onRun(command)}
        >
          <Icon name={command.icon} />
          <span className="grow truncate">{command.label}</span>
          <span className="meta">{command.group}</span>
        </div>
      ))}
    </div>
  );
}

function useCommands(text: string): readonly Command[] {
  const to = useTo();
  const routes = useRailRoutes();
  const models = useQuery(modelsQuery());
  const { palette, theme } = shell;
  const task = /^task-[a-z0-9-]{6,}$/.exec(text.trim())?.[0];
  return [
    ...(task === undefined
      ? []
      : [
          {
            key: "task",
            group: palette.tasks,
            label: palette.openTask(task),
            icon: "tasks" as const,
            run: () => navigate(to(`tasks/${task}`)),
          },
        ]),
    ...routes.flatMap(({ path, rail }): Command[] =>
      rail === undefined
        ? []
        : [
            {
              key: path,
              group: palette.pages,
              label: rail.name,
              icon: rail.icon,
              run: () => navigate(to(path)),
            },
          ],
    ),
    ...(["system", "light", "dark"] as const).map((value) => ({
      key: `theme-${value}`,
      group: palette.actions,
      label: theme[value],
      icon: "sun" as const,
      run: () => setTheme(value),
    })),
    ...(models.data ?? []).map(({ id }) => ({
      key: `model-${id}`,
      group: palette.models,
      label: id,
      icon: "playground" as const,
      run: () => navigate(to(`playground?model=${encodeURIComponent(id)}`)),
    })),
  ];
}
