import { type KeyboardEvent, useEffect, useRef } from "react";
import { remembered } from "../../lib/preferences.ts";
import type { TaskItem } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { byDay, dayKey } from "./days.ts";
import { Tile, type TileActions } from "./tile.tsx";

interface TilesProps extends TileActions {
  readonly rows: readonly TaskItem[];
  readonly picked: ReadonlySet<string>;
}

/** The results by day, in rows of one height whose shapes are true. */
export function Tiles(props: TilesProps) {
  const { rows, picked, onPick, onOpen, onStar } = props;
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const face = event.target instanceof Element ? event.target.closest("[data-tile]") : null;
    if (!(face instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.altKey) return;
    const id = face.dataset.tile ?? "";
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      nextTile(face, event.key)?.focus();
    }
    if (event.key === " ") {
      event.preventDefault();
      onPick(id, { on: !picked.has(id), range: event.shiftKey });
    }
    const task = rows.find(({ task_id }) => task_id === id);
    if (event.key === "s" && task !== undefined && remembered("shortcuts") !== "off") {
      void onStar([id], !task.starred);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles inside have the focus.
    <div
      className="days"
      onKeyDown={press}
      // A released space bar would press the button that has the focus.
      onKeyUp={(event) => {
        if (event.key === " " && event.target instanceof HTMLButtonElement) event.preventDefault();
      }}
    >
      {byDay(rows).map(({ key, date, tasks }) => (
        <section key={key} className="day" aria-label={dayName(date)}>
          <h2 className="day-name">{dayName(date)}</h2>
          <div className="tiles">
            {tasks.map((task) => (
              <Tile
                key={task.task_id}
                task={task}
                picked={picked.has(task.task_id)}
                {...{ onPick, onOpen, onStar }}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** The tile that an arrow leads to: beside it, or the nearest of the row above or below. */
function nextTile(from: HTMLElement, key: string): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>("[data-tile]")];
  const at = all.indexOf(from);
  if (key === "ArrowLeft") return all[at - 1];
  if (key === "ArrowRight") return all[at + 1];
  const { top, left, width } = from.getBoundingClientRect();
  const down = key === "ArrowDown";
  const others = (down ? all.slice(at + 1) : all.slice(0, at).reverse()).map((tile) => {
    return { tile, box: tile.getBoundingClientRect() };
  });
  const row = others.find(({ box }) => Math.abs(box.top - top) > 4)?.box.top;
  const middle = left + width / 2;
  const away = (box: DOMRect): number => Math.abs(box.left + box.width / 2 - middle);
  return others
    .filter(({ box }) => row !== undefined && Math.abs(box.top - row) <= 4)
    .sort((one, other) => away(one.box) - away(other.box))[0]?.tile;
}

const longDay = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
});

function dayName(date: Date): string {
  const key = dayKey(date);
  if (key === dayKey(new Date())) return gallery.today;
  if (key === dayKey(new Date(Date.now() - 86_400_000))) return gallery.yesterday;
  return longDay.format(date);
}

/** Reads on when the end comes into sight. */
export function End({ onSeen, busy }: { readonly onSeen: () => void; readonly busy: boolean }) {
  const mark = useRef<HTMLDivElement>(null);
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    if (mark.current === null || busy) return;
    const eye = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) seen.current();
      },
      { rootMargin: "1200px" },
    );
    eye.observe(mark.current);
    return () => eye.disconnect();
  }, [busy]);
  return <div ref={mark} />;
}
