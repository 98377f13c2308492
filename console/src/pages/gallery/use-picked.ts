import { useCallback, useRef, useState } from "react";
import type { TaskItem } from "../../lib/tasks.ts";

/** What was picked; with Shift all from the last one on. */
export function usePicked(rows: readonly TaskItem[]): {
  readonly picked: ReadonlySet<string>;
  readonly pick: (taskId: string, wish: { readonly on: boolean; readonly range: boolean }) => void;
  readonly clear: () => void;
} {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const order = useRef<readonly string[]>([]);
  order.current = rows.map(({ task_id }) => task_id);
  const last = useRef<string | null>(null);
  const pick = useCallback(
    (taskId: string, { on, range }: { readonly on: boolean; readonly range: boolean }) => {
      const ids = range ? between(order.current, last.current, taskId) : [taskId];
      last.current = taskId;
      setPicked((before) => {
        const next = new Set(before);
        for (const id of ids) {
          if (on) next.add(id);
          else next.delete(id);
        }
        return next;
      });
    },
    [],
  );
  const clear = useCallback(() => setPicked(new Set()), []);
  return { picked, pick, clear };
}

function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const ends = [order.indexOf(from ?? to), order.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : order.slice(first, last + 1);
}
