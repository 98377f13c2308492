import { hash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isTerminal } from "../../../core/task.ts";
import { successBody } from "../../../wire/envelope.ts";
import type { TaskWithFiles } from "../../../wire/outputs.ts";
import { statusData } from "../../../wire/status.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { matchesEtag } from "../../conditional.ts";
import { createEndedAnswers, type EndedAnswers, type PreparedAnswer } from "../../ended-answers.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { Caller, HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";

/**
 * `GET /api/generate/status/:task_id`: how a task stands. The hottest path of all, so the answer
 * is text from the start, and an ended task is asked of the database only once.
 */
export function addStatus(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const ended = createEndedAnswers(services.clock);
  app.get<{ Params: { task_id: string } }>(
    "/api/generate/status/:task_id",
    { onRequest: guard },
    (request, reply) => {
      const caller = callerOf(request);
      const taskId = request.params.task_id;
      const known = ended.get(caller.projectId, taskId);
      if (known !== null) return send(request, reply, known);
      if (!isTaskId(taskId)) throw taskNotFound();
      return answerFromStore({ caller, taskId, ended }, services).then((answer) =>
        send(request, reply, answer),
      );
    },
  );
}

interface Question {
  readonly caller: Caller;
  readonly taskId: string;
  readonly ended: EndedAnswers;
}

async function answerFromStore(
  question: Question,
  services: HttpServices,
): Promise<PreparedAnswer> {
  const { projectId } = question.caller;
  const view = await services.store.tasks.find(projectId, question.taskId);
  if (view === null) throw taskNotFound();
  const answer = prepare(view, services);
  if (isTerminal(view.task.stage)) question.ended.put(projectId, question.taskId, answer);
  return answer;
}

function prepare(view: TaskWithFiles, services: HttpServices): PreparedAnswer {
  const data = statusData(view, services.clock.nowMs(), services.links.url);
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
