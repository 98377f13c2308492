import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isTerminal } from "../../../core/task.ts";
import type { TaskPulse } from "../../../store/store.ts";
import type { TaskWithFiles } from "../../../wire/outputs.ts";
import { statusData } from "../../../wire/status.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { startEventStream } from "../../event-stream.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";
import { createWatch, refusalByNow, type Watch } from "../../watch.ts";

const LOOK_EVERY_MS = 500;
const BEAT_EVERY_MS = 15_000;

/**
 * `GET /api/generate/status/:task_id/events`: a task as a stream: its status now and after each
 * change, with the progress that its upstream tells; the end of the task ends it.
 */
export function addStatusEvents(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const watch = createWatch(app, services);
  app.get<{ Params: { task_id: string } }>(
    "/api/generate/status/:task_id/events",
    { onRequest: guard },
    async (request, reply) => {
      const taskId = request.params.task_id;
      const { projectId } = callerOf(request);
      const view = isTaskId(taskId) ? await services.store.tasks.find(projectId, taskId) : null;
      if (view === null) throw taskNotFound();
      using _place = watch.enter(request);
      await follow(request, reply, { view, services, guard, watch });
    },
  );
}

interface Following {
  readonly view: TaskWithFiles;
  readonly services: HttpServices;
  readonly guard: Authenticate;
  readonly watch: Watch;
}

async function follow(
  request: FastifyRequest,
  reply: FastifyReply,
  { view, services, guard, watch }: Following,
): Promise<void> {
  const { store, clock, links } = services;
  const { id: taskId, projectId } = view.task;
  using line = startEventStream(request, reply, watch.closing);
  let shown: TaskWithFiles | null = view;
  let saidMs = clock.monotonicMs();
  while (shown !== null && !line.signal.aborted) {
    const data = statusData(shown, clock.nowMs(), links.url);
    await line.send({ type: "status", data: JSON.stringify(data) });
    saidMs = clock.monotonicMs();
    if (isTerminal(shown.task.stage)) break;
    const seen: TaskPulse = shown.task;
    for (;;) {
      await watch.next(LOOK_EVERY_MS, line.signal);
      if (line.signal.aborted || (await refusalByNow(guard, request, reply)) !== null) {
        return;
      }
      const pulse = await store.tasks.peek(projectId, taskId);
      if (pulse === null || !isSame(pulse, seen)) break;
      if (clock.monotonicMs() - saidMs < BEAT_EVERY_MS) continue;
      saidMs = clock.monotonicMs();
      await line.beat();
    }
    shown = await store.tasks.find(projectId, taskId);
  }
}

function isSame(pulse: TaskPulse, seen: TaskPulse): boolean {
  return (
    pulse.stage === seen.stage &&
    pulse.progress === seen.progress &&
    pulse.routeIndex === seen.routeIndex &&
    pulse.startedAtMs === seen.startedAtMs
  );
}
