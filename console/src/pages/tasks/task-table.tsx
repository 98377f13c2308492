import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useRowWindow } from "../../components/window-rows.ts";
import { useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import type { TaskItem } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { TaskRow } from "./task-row.tsx";

/** How near the end of what is there the next page is asked for, rows. */
const AHEAD = 40;

/** The list itself: thousands of rows, of which only those in sight are in the document. */
export function TaskTable(props: {
  readonly rows: readonly TaskItem[];
  readonly fresh: number;
  /** How many there are in all, as far as is known. */
  readonly total: number | null;
  readonly busy: boolean;
  readonly picked: ReadonlySet<string>;
  readonly onPick: (taskId: string, picked: boolean) => void;
  readonly onPeek: (taskId: string) => void;
  readonly onFresh: () => void;
  readonly onMore: () => void;
  readonly foot: ReactNode;
}) {
  const { rows, onMore } = props;
  const to = useTo();
  const body = useRef<HTMLDivElement>(null);
  const height = useRowHeight(body);
  const { from, to: end } = useRowWindow(body, rows.length, height);
  useLayoutEffect(() => {
    if (end > rows.length - AHEAD) onMore();
  }, [end, rows.length, onMore]);
  useRowKeys({ rows, body, height, onPick: props.onPick, picked: props.picked });
  return (
    <div
      role="table"
      className="task-table"
      aria-label={tasks.caption}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-busy={props.busy}
    >
      <TableHead />
      {props.fresh > 0 && (
        <div className="task-new">
          <Button kind="quiet" small icon="up" onClick={props.onFresh}>
            {props.fresh >= 100 ? tasks.freshMany : tasks.fresh(props.fresh)}
          </Button>
        </div>
      )}
      <div
        role="rowgroup"
        className="task-body"
        ref={body}
        style={{ height: rows.length * height }}
      >
        {rows.slice(from, end).map((task, index) => (
          <TaskRow
            key={task.task_id}
            task={task}
            to={to(`tasks/${task.task_id}`)}
            place={from + index + 2}
            top={(from + index) * height}
            selected={props.picked.has(task.task_id)}
            onSelect={props.onPick}
            onPeek={props.onPeek}
          />
        ))}
      </div>
      {props.foot}
    </div>
  );
}

const HEADS = ["select", "preview", "prompt", "model", "state", "took", "money", "made"] as const;
const AT_END: ReadonlySet<string> = new Set(["took", "money", "made"]);
const UNSEEN: ReadonlySet<string> = new Set(["select", "preview"]);

function TableHead() {
  return (
    <div role="rowgroup">
      <div role="row" className="task-head" aria-rowindex={1}>
        {HEADS.map((name) => (
          <div
            role="columnheader"
            key={name}
            className={`task-cell task-${name === "preview" ? "thumb" : name}`}
            data-align={AT_END.has(name) ? "end" : undefined}
          >
            <span className={UNSEEN.has(name) ? "hidden-visually" : undefined}>
              {tasks.columns[name]}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** The height of a row by the density and the pointer, pixels. */
function useRowHeight(body: { readonly current: HTMLElement | null }): number {
  const [height, setHeight] = useState(40);
  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return;
    const read = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row"));
    if (Number.isFinite(read)) setHeight(read);
  }, [body]);
  return height;
}

interface Keys {
  readonly rows: readonly TaskItem[];
  readonly body: { readonly current: HTMLElement | null };
  readonly height: number;
  readonly picked: ReadonlySet<string>;
  readonly onPick: (taskId: string, picked: boolean) => void;
}

/** `j` and `k` move through the rows, `x` picks the one that has the focus. */
function useRowKeys({ rows, body, height, picked, onPick }: Keys): void {
  const focused = (): string | null =>
    document.activeElement?.closest("[data-task]")?.getAttribute("data-task") ?? null;
  // The focus follows two frames later: a second press goes on from where the first one leads.
  const leading = useRef<string | null>(null);
  const move = (step: 1 | -1): void => {
    const from = leading.current ?? focused();
    const at = rows.findIndex(({ task_id }) => task_id === from);
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    const target = rows[next];
    if (target === undefined) return;
    leading.current = target.task_id;
    const top = (body.current?.getBoundingClientRect().top ?? 0) + next * height;
    if (top < 80 || top > innerHeight - 120) scrollBy(0, top - innerHeight / 2);
    // The row may only be in the document after the scroll was drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (leading.current === target.task_id) leading.current = null;
        body.current
          ?.querySelector<HTMLElement>(`[data-task="${CSS.escape(target.task_id)}"] a`)
          ?.focus({ preventScroll: true });
      }),
    );
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const id = focused();
      if (id !== null) onPick(id, !picked.has(id));
    },
  });
}
