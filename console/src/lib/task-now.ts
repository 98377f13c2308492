import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { TaskStatus } from "../components/status.tsx";
import { api, sessionHeaders } from "./api.ts";
import { readEvents } from "./server-events.ts";

/** A task as its status answer tells it. */
export interface TaskNow {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly progress: number;
  readonly error_message: string | null;
  readonly error_code: string | null;
  readonly model: string;
  readonly provider: string | null;
  /** What it costs or did cost, exact. */
  readonly credits: string;
  readonly expires_time: string | null;
  /** `null` after the end. */
  readonly poll_after_ms: number | null;
}

/** The status of a task; asked for again as often as the gateway says, until it has ended. */
export function taskNowQuery(id: string) {
  return queryOptions({
    queryKey: ["task-now", id],
    queryFn: ({ signal }) => api<TaskNow>(`/api/generate/status/${id}`, { signal }),
    refetchInterval: ({ state }) => state.data?.poll_after_ms ?? false,
  });
}

/** A task as it goes on: by its own stream while it runs, and by asking where that is lost. */
export function useTaskNow(id: string) {
  const client = useQueryClient();
  const query = useQuery(taskNowQuery(id));
  const open = query.data !== undefined && query.data.poll_after_ms !== null;
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      const headers = { ...sessionHeaders(), accept: "text/event-stream" };
      const address = `/api/generate/status/${id}/events`;
      const response = await fetch(address, { headers, signal: stop.signal });
      if (!response.ok || response.body === null) return;
      await readEvents(response.body, ({ type, data }) => {
        if (type === "status") client.setQueryData(["task-now", id], JSON.parse(data));
      });
    };
    // A lost stream is no loss: the query goes on asking.
    follow().catch(() => {});
    return () => stop.abort();
  }, [open, id, client]);
  return query;
}
