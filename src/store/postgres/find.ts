import { text, toFile, toPulse, toTask } from "../rows.ts";
import type { TaskPulse, TaskView } from "../store.ts";
import { idSet, type Row } from "../transaction.ts";
import type { Connections, Session } from "./connections.ts";
import { toGatewayError } from "./failure.ts";
import { gatherCalls } from "./gather.ts";

/** A task as somebody asks for it. */
export interface Question {
  readonly projectId: string;
  readonly taskId: string;
}

/**
 * Reads tasks by id, those that are asked for together in one round trip: on a round trip of its
 * own, each would cost several times the work of finding it.
 */
export function findTogether(connections: Connections): {
  find(question: Question): Promise<TaskView | null>;
  peek(question: Question): Promise<TaskPulse | null>;
} {
  const gather = <Result>(
    answer: (
      session: Session,
      ids: readonly string[],
    ) => Promise<ReadonlyMap<string, Found<Result>>>,
  ) =>
    gatherCalls<Question, Result | null>({
      groupMax: 256,
      mark: () => null,
      async work(questions) {
        const ids = questions.map(({ taskId }) => taskId).filter(isPlain);
        try {
          const found = await connections.use((session) => answer(session, ids));
          return questions.map(({ projectId, taskId }) => {
            const one = found.get(taskId);
            return one === undefined || one.projectId !== projectId ? null : one.result;
          });
        } catch (error) {
          throw toGatewayError(error);
        }
      },
    });
  return { find: gather(findViews), peek: gather(findPulses) };
}

interface Found<Result> {
  readonly projectId: string;
  readonly result: Result;
}

async function findViews(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Found<TaskView>>> {
  const rows = await session.query({
    sql: `SELECT * FROM task WHERE id IN (SELECT key FROM json_each($1))`,
    values: [idSet(ids)],
  });
  const finished = rows.filter((row) => row.stage === "finished").map((row) => text(row, "id"));
  const files = finished.length === 0 ? [] : await findFiles(session, finished);
  return new Map(
    rows.map((row) => {
      const own = files.filter((file) => file.task_id === row.id).map(toFile);
      const view = { task: toTask(row), files: own };
      return [view.task.id, { projectId: view.task.projectId, result: view }];
    }),
  );
}

function findFiles(session: Session, ids: readonly string[]): Promise<readonly Row[]> {
  return session.query({
    sql: `SELECT * FROM file WHERE task_id IN (SELECT key FROM json_each($1)) ORDER BY position`,
    values: [idSet(ids)],
  });
}

async function findPulses(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Found<TaskPulse>>> {
  const rows = await session.query({
    sql: `SELECT id, project_id, stage, progress, route_index, started_at FROM task
      WHERE id IN (SELECT key FROM json_each($1))`,
    values: [idSet(ids)],
  });
  return new Map(
    rows.map((row) => [
      text(row, "id"),
      { projectId: text(row, "project_id"), result: toPulse(row) },
    ]),
  );
}

/** Strangers ask for anything; what cannot be in a JSON text cannot be an id of ours. */
function isPlain(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id);
}
