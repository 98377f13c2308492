import { useQueryClient } from "@tanstack/react-query";
import { messageOf } from "../../components/feedback.tsx";
import { useToast } from "../../components/toast.tsx";
import { copyText } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import { type Delivery, isOpen, type TaskDetail, type TaskItem } from "../../lib/tasks.ts";
import { tasks as words } from "../../strings/en/tasks.ts";

/** What can be done to tasks, by the public API. Each says what came of it. */
export interface TaskActions {
  readonly cancel: (list: readonly Pick<TaskItem, "task_id" | "status">[]) => Promise<void>;
  /** Submits the same input once more; gives the id of the new task, or `null`. */
  readonly again: (taskId: string) => Promise<string | null>;
  readonly redeliver: (list: readonly Pick<TaskItem, "task_id">[]) => Promise<void>;
  readonly copyIds: (list: readonly Pick<TaskItem, "task_id">[]) => Promise<void>;
}

/** The actions on tasks of this project. */
export function useTaskActions(): TaskActions {
  const client = useQueryClient();
  const toast = useToast();
  const { project } = useScene();
  const said = words.said;
  const renew = (): void => void client.invalidateQueries({ queryKey: ["tasks", project.id] });
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    renew();
  };
  return {
    cancel: (list) =>
      guarded(async () => {
        const open = list.filter(({ status }) => isOpen(status));
        if (open.length === 0) return toast({ tone: "grey", text: said.notOpen });
        for (const { task_id } of open)
          await api(`/api/generate/cancel/${task_id}`, { method: "POST" });
        toast({ tone: "grey", text: said.canceled(open.length) });
      }),
    async again(taskId) {
      try {
        const made = await submitAgain(taskId);
        toast({ tone: "green", text: said.again });
        renew();
        return made;
      } catch (error) {
        toast({ tone: "red", text: messageOf(error) });
        return null;
      }
    },
    redeliver: (list) =>
      guarded(async () => {
        let count = 0;
        for (const { task_id } of list) count += await redeliverTask(task_id);
        if (count === 0) return toast({ tone: "grey", text: said.noCallback });
        toast({ tone: "green", text: said.redelivered(count) });
      }),
    async copyIds(list) {
      const copied = await copyText(list.map(({ task_id }) => task_id).join("\n"));
      if (copied) toast({ tone: "green", text: said.copied });
    },
  };
}

async function submitAgain(taskId: string): Promise<string> {
  const task = await api<TaskDetail>(`/api/tasks/${taskId}`);
  const { model, input, callback_url, mode } = task;
  const body = { model, input, ...(callback_url === null ? {} : { callback_url }) };
  const headers = { "idempotency-key": crypto.randomUUID(), ...modeHeader(mode) };
  const made = await api<{ readonly task_id: string }>("/api/generate/submit", { body, headers });
  return made.task_id;
}

/** A test task is made again as a test: offline and free. */
export function modeHeader(mode: "live" | "test"): Readonly<Record<string, string>> {
  return mode === "test" ? { "x-vidgo-mode": "test" } : {};
}

async function redeliverTask(taskId: string): Promise<number> {
  const { deliveries } = await api<{ readonly deliveries: readonly Delivery[] }>(
    "/api/webhooks/deliveries",
    { query: { task_id: taskId } },
  );
  const done = deliveries.filter(({ state }) => state !== "waiting");
  for (const { delivery_id } of done) {
    await api(`/api/webhooks/deliveries/${delivery_id}/redeliver`, { method: "POST" });
  }
  return done.length;
}
