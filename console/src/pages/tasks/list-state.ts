import { isOpen, type TaskItem, type TaskPage } from "../../lib/tasks.ts";

/** Rows that are there, and what has come since they were read. */
export interface TaskList {
  readonly rows: readonly TaskItem[];
  /** New tasks that are held back while somebody reads. */
  readonly fresh: readonly TaskItem[];
  /** Where the next page begins; `null`: all is there. `undefined`: nothing is there yet. */
  readonly cursor: string | null | undefined;
  readonly error: unknown;
  readonly loading: boolean;
}

/** What happens to the rows. */
export type ListAction =
  | { readonly kind: "start" }
  | { readonly kind: "page"; readonly page: TaskPage; readonly first: boolean }
  | { readonly kind: "newest"; readonly tasks: readonly TaskItem[]; readonly insert: boolean }
  | { readonly kind: "fail"; readonly error: unknown }
  | { readonly kind: "star"; readonly taskId: string; readonly starred: boolean }
  | { readonly kind: "show" };

/** Before the first answer. */
export const NOTHING: TaskList = {
  rows: [],
  fresh: [],
  cursor: undefined,
  error: null,
  loading: true,
};
/** What follows from an answer; pure. */
export function reduce(state: TaskList, action: ListAction): TaskList {
  switch (action.kind) {
    case "start":
      return { ...state, loading: true, error: null };
    case "fail":
      return { ...state, loading: false, error: action.error };
    case "page": {
      const { tasks, cursor } = action.page;
      if (action.first) return { ...NOTHING, rows: tasks, cursor, loading: false };
      const known = new Set(state.rows.map(({ task_id }) => task_id));
      const added = tasks.filter(({ task_id }) => !known.has(task_id));
      return { ...state, rows: [...state.rows, ...added], cursor, error: null, loading: false };
    }
    case "newest":
      return withNewest(state, action);
    case "star": {
      const { taskId, starred } = action;
      const star = (row: TaskItem): TaskItem =>
        row.task_id === taskId ? { ...row, starred } : row;
      return { ...state, rows: state.rows.map(star), fresh: state.fresh.map(star) };
    }
    case "show":
      return { ...state, rows: [...state.fresh, ...state.rows], fresh: [] };
  }
}

/** Patches the rows that are there; what is new goes on top or waits. */
function withNewest(
  state: TaskList,
  { tasks, insert }: Extract<ListAction, { kind: "newest" }>,
): TaskList {
  const newer = new Map(tasks.map((task) => [task.task_id, task]));
  const patch = (row: TaskItem): TaskItem => {
    const next = newer.get(row.task_id);
    newer.delete(row.task_id);
    // The end of a task is final, whatever an older answer says.
    return next === undefined || (!isOpen(row.status) && isOpen(next.status)) ? row : next;
  };
  const rows = state.rows.map(patch);
  const fresh = state.fresh.map(patch);
  // Older ones that a filter now lets through belong further down: the next reading finds them.
  const top = rows[0]?.created_time ?? "";
  const added = [...newer.values()].filter(({ created_time }) => created_time >= top);
  return insert
    ? { ...state, rows: [...added, ...fresh, ...rows], fresh: [] }
    : { ...state, rows, fresh: [...added, ...fresh] };
}
