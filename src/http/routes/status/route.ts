import { hash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isTerminal } from "../../../core/task.ts";
import type { TaskPulse } from "../../../store/store.ts";
import { successBody } from "../../../wire/envelope.ts";
import type { TaskWithFiles } from "../../../wire/outputs.ts";
import { pollAfterMs, statusData } from "../../../wire/status.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { matchesEtag } from "../../conditional.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";
import {
  createStatusAnswers,
  type KeptAnswer,
  type PreparedAnswer,
  type StatusAnswers,
} from "../../status-answers.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";

/**
 * `GET /api/generate/status/:task_id`: how a task stands. The hottest path of all: an ended task
 * is asked of the database once; of an open one only what can have changed is read, if it is not
 * known anyway, and its answer is written anew only when something has.
 */
export function addStatus(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const answers = createStatusAnswers(services.clock);
  const stopListening = services.store.onHint((hint) => {
    if (hint === "files") answers.clear();
  });
  app.addHook("onClose", async () => stopListening());
  app.get<{ Params: { task_id: string } }>(
    "/api/generate/status/:task_id",
    { onRequest: guard },
    (request, reply) => {
      const { projectId } = callerOf(request);
      const taskId = request.params.task_id;
      const kept = answers.get(projectId, taskId);
      if (kept !== null && isCurrent(kept, { projectId, taskId }, services)) {
        return send(request, reply, kept.answer);
      }
      if (!isTaskId(taskId)) throw taskNotFound();
      return answerFromStore({ projectId, taskId, kept, answers }, services).then((answer) =>
        send(request, reply, answer),
      );
    },
  );
}

/** Tells without asking the database that an answer still holds. */
function isCurrent(
  kept: KeptAnswer,
  { projectId, taskId }: Pick<Question, "projectId" | "taskId">,
  { store, clock }: HttpServices,
): boolean {
  if (kept.pulse === null) return true;
  const pulse = store.tasks.pulse(projectId, taskId);
  return pulse !== null && pulseText(pulse, kept.createdAtMs, clock.nowMs()) === kept.pulse;
}

interface Question {
  readonly projectId: string;
  readonly taskId: string;
  /** What was answered before, or `null`. */
  readonly kept: KeptAnswer | null;
  readonly answers: StatusAnswers;
}

async function answerFromStore(
  question: Question,
  services: HttpServices,
): Promise<PreparedAnswer> {
  const { projectId, taskId, kept, answers } = question;
  const { era } = answers;
  const { tasks } = services.store;
  const nowMs = services.clock.nowMs();
  if (kept !== null) {
    const pulse = await tasks.peek(projectId, taskId);
    if (pulse !== null && pulseText(pulse, kept.createdAtMs, nowMs) === kept.pulse) {
      return kept.answer;
    }
  }
  const view = await tasks.find(projectId, taskId);
  if (view === null) throw taskNotFound();
  const { task } = view;
  const answer = prepare(view, nowMs, services);
  const pulse = isTerminal(task.stage) ? null : pulseText(task, task.createdAtMs, nowMs);
  if (answers.era === era) {
    answers.put(projectId, taskId, { answer, pulse, createdAtMs: task.createdAtMs });
  }
  return answer;
}

function pulseText(pulse: TaskPulse, createdAtMs: number, nowMs: number): string {
  const { stage, progress, routeIndex, startedAtMs } = pulse;
  const askAgainMs = pollAfterMs({ stage, createdAtMs }, nowMs);
  return `${stage} ${progress} ${routeIndex} ${startedAtMs} ${askAgainMs}`;
}

function prepare(view: TaskWithFiles, nowMs: number, services: HttpServices): PreparedAnswer {
  const data = statusData(view, nowMs, services.links.url);
  const body = JSON.stringify(successBody(data));
  return {
    body,
    etag: `"${hash("sha1", body, "base64url")}"`,
    retryAfterS: data.poll_after_ms === null ? null : Math.ceil(data.poll_after_ms / 1000),
  };
}

function send(request: FastifyRequest, reply: FastifyReply, answer: PreparedAnswer): FastifyReply {
  // A copy may be kept by the client alone, and must be shown to us before it is used again.
  reply.header("cache-control", "private, no-cache").header("etag", answer.etag);
  if (answer.retryAfterS !== null) reply.header("retry-after", String(answer.retryAfterS));
  if (matchesEtag(request.headers["if-none-match"], answer.etag)) return reply.code(304).send();
  return reply.header("content-type", JSON_TYPE).send(answer.body);
}
