import { parseTime } from "../../lib/format.ts";
import type { TaskItem } from "../../lib/tasks.ts";

/** The tasks of one day. */
export interface Day {
  /** `2026-11-20`, by the clock of who looks. */
  readonly key: string;
  readonly date: Date;
  readonly tasks: readonly TaskItem[];
}

/** Groups tasks, newest first, by the day on which they were made. Pure. */
export function byDay(tasks: readonly TaskItem[]): readonly Day[] {
  const days = new Map<string, { readonly date: Date; readonly tasks: TaskItem[] }>();
  for (const task of tasks) {
    const date = parseTime(task.created_time) ?? new Date(0);
    const key = dayKey(date);
    const day = days.get(key);
    if (day === undefined) days.set(key, { date, tasks: [task] });
    else day.tasks.push(task);
  }
  return [...days].map(([key, day]) => ({ key, ...day }));
}

/** The name of a day in local time. */
export function dayKey(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0"));
  return `${date.getFullYear()}-${month}-${day}`;
}
