import { useEffect, useRef, useState } from "react";
import { messageOf } from "../../components/feedback.tsx";
import { ApiError } from "../../lib/api.ts";
import type { SubmitBody } from "../../lib/snippets.ts";
import { keepRuns, newRun, type Run, type RunMode, readRuns, submitRun } from "./runs.ts";

/** The runs of this project and which one is looked at. */
export interface Runs {
  readonly list: readonly Run[];
  readonly shown: Run | null;
  readonly show: (key: string) => void;
  readonly start: (body: SubmitBody, mode: RunMode) => void;
  /** Sends a run again that did not get through. */
  readonly retry: (run: Run) => void;
  readonly drop: (run: Run) => void;
  readonly clear: () => void;
}

/** Starts runs and remembers them; none of them blocks the form. */
export function useRuns(project: string): Runs {
  const [list, setList] = useState(() => readRuns(project));
  const [shown, setShown] = useState<string | null>(() => list[0]?.key ?? null);
  const latest = useRef(list);
  const save = (next: readonly Run[]): void => {
    latest.current = next;
    setList(next);
    keepRuns(project, next);
  };
  const change = (run: Run, next: Partial<Run>): void => {
    save(latest.current.map((each) => (each.key === run.key ? { ...each, ...next } : each)));
  };
  const send = async (run: Run): Promise<void> => {
    try {
      change(run, { taskId: await submitRun(run), fault: null });
    } catch (thrown) {
      const isRefusal = thrown instanceof ApiError && thrown.status !== 0;
      change(run, { fault: { text: messageOf(thrown), isRefusal } });
    }
  };
  // A run that was on its way when the page was left is asked for again, by the same key.
  const resume = useRef(send);
  resume.current = send;
  useEffect(() => {
    for (const run of latest.current) if (run.taskId === null) void resume.current(run);
  }, []);
  return {
    list,
    shown: list.find(({ key }) => key === shown) ?? null,
    show: setShown,
    start: (body, mode) => {
      const run = newRun(body, mode);
      save([run, ...latest.current]);
      setShown(run.key);
      void send(run);
    },
    retry: (run) => {
      change(run, { fault: null });
      void send(run);
    },
    drop: (run) => save(latest.current.filter(({ key }) => key !== run.key)),
    clear: () => save([]),
  };
}
