import { useCallback, useEffect, useReducer, useRef } from "react";
import { isOpen, readTasks, type TaskFilter, type TaskItem } from "../../lib/tasks.ts";
import { useNews } from "../../shell/news.tsx";
import { type ListAction, NOTHING, reduce, type TaskList } from "./list-state.ts";

const OPEN_POLL_MS = 2_500;
const BROKEN_POLL_MS = 5_000;
const NEWS_PAUSE_MS = 300;
/** With this many new ones the list begins anew instead of guessing what lies between. */
const NEWEST_MAX = 100;

/** The list under a filter: read on as it is scrolled, patched as things happen. */
export function useTaskList(
  project: string,
  filter: TaskFilter,
  mayInsert: () => boolean,
): {
  readonly list: TaskList;
  readonly more: () => void;
  readonly again: () => void;
  readonly show: () => void;
  /** Shows it at once; telling the gateway is the caller's. */
  readonly star: (taskId: string, starred: boolean) => void;
} {
  const [list, tell] = useReducer(reduce, NOTHING);
  const state = useRef(list);
  state.current = list;
  const key = JSON.stringify([project, filter]);
  const reading = useRef<AbortController | null>(null);

  const read = useCallback(
    async (cursor: string | null, quiet = false) => {
      reading.current?.abort();
      const stop = new AbortController();
      reading.current = stop;
      if (!quiet) tell({ kind: "start" });
      try {
        const page = await readTasks(filterOf(key), { cursor, signal: stop.signal });
        tell({ kind: "page", page, first: cursor === null });
      } catch (error) {
        if (!stop.signal.aborted) tell({ kind: "fail", error });
      }
    },
    [key],
  );
  useEffect(() => {
    void read(null);
    return () => reading.current?.abort();
  }, [read]);

  const refresh = useRefresh(key, { state, tell, mayInsert });
  useNews(refresh);
  // What could not be read is asked for again by itself, so that a network that came back shows.
  const isBroken = list.error !== null && list.rows.length === 0;
  useEffect(() => {
    if (!isBroken) return;
    const timer = setInterval(() => void read(null, true), BROKEN_POLL_MS);
    return () => clearInterval(timer);
  }, [isBroken, read]);
  const hasOpen = list.rows.some(({ status }) => isOpen(status));
  useEffect(() => {
    if (!hasOpen) return;
    const timer = setInterval(refresh, OPEN_POLL_MS);
    return () => clearInterval(timer);
  }, [hasOpen, refresh]);

  const star = useCallback(
    (taskId: string, starred: boolean) => tell({ kind: "star", taskId, starred }),
    [],
  );
  return {
    list,
    more: () => {
      const { cursor, loading, error } = state.current;
      if (typeof cursor === "string" && !loading && error === null) void read(cursor);
    },
    again: () => void read(state.current.rows.length === 0 ? null : (state.current.cursor ?? null)),
    show: () => tell({ kind: "show" }),
    star,
  };
}

interface Refreshing {
  readonly state: { readonly current: TaskList };
  readonly tell: (action: ListAction) => void;
  readonly mayInsert: () => boolean;
}

/** Reads the newest once more, soon, and once for however many happenings. */
function useRefresh(key: string, { state, tell, mayInsert }: Refreshing): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const insert = useRef(mayInsert);
  insert.current = mayInsert;
  const current = useRef(key);
  current.current = key;
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return useCallback(() => {
    if (timer.current !== null || state.current.cursor === undefined) return;
    timer.current = setTimeout(async () => {
      timer.current = null;
      if (document.visibilityState === "hidden") return;
      try {
        const { tasks } = await readTasks(filterOf(key), { limit: NEWEST_MAX });
        const open = await readOpen(state.current.rows, tasks);
        if (current.current !== key) return;
        tell({ kind: "newest", tasks: [...tasks, ...open], insert: insert.current() });
      } catch {
        // The next happening or the next interval asks again; the rows that are there stay.
      }
    }, NEWS_PAUSE_MS);
  }, [key, state, tell]);
}

/** Rows that ran when they were last seen and are not among the newest. */
async function readOpen(
  rows: readonly TaskItem[],
  newest: readonly TaskItem[],
): Promise<readonly TaskItem[]> {
  const seen = new Set(newest.map(({ task_id }) => task_id));
  const left = rows.filter(({ task_id, status }) => isOpen(status) && !seen.has(task_id));
  const pages = await Promise.all(
    left.slice(0, OPEN_READ_MAX).map(({ task_id }) => readTasks({ q: task_id }, { limit: 1 })),
  );
  return pages.flatMap(({ tasks }) => tasks);
}

const OPEN_READ_MAX = 10;

function filterOf(key: string): TaskFilter {
  const [, filter]: readonly [string, TaskFilter] = JSON.parse(key);
  return filter;
}
