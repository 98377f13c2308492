import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Button, LinkButton } from "../../components/button.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Page } from "../../components/page.tsx";
import { useQueryWord } from "../../lib/router.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { countsQuery, type TaskFilter } from "../../lib/tasks.ts";
import { pages } from "../../strings/en/pages.ts";
import { states } from "../../strings/en/states.ts";
import { tasks } from "../../strings/en/tasks.ts";
import type { TaskList } from "./list-state.ts";
import { Picked } from "./picked.tsx";
import { clearFilters, isOpenFilter, TaskFilters, useTaskFilter } from "./task-filters.tsx";
import { useTaskList } from "./task-list.ts";
import { TaskPeek } from "./task-peek.tsx";
import { TaskTable } from "./task-table.tsx";
import "./tasks.css";

/** All tasks as they happen: filter, search, open, act on several. */
export function TasksPage() {
  const { project } = useScene();
  const to = useTo();
  const filter = useTaskFilter();
  const [peeked, setPeeked] = useQueryWord("task");
  useShortcuts({ "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus() });
  return (
    <Page
      title={pages.tasks}
      windowTitle={windowTitle(filter)}
      actions={
        <LinkButton kind="primary" icon="plus" to={to("playground")}>
          {tasks.create}
        </LinkButton>
      }
      filters={<TaskFilters filter={filter} />}
    >
      <Listed
        key={`${project.id} ${JSON.stringify(filter)}`}
        filter={filter}
        onPeek={(id) => setPeeked(id)}
      />
      {peeked !== "" && <TaskPeek taskId={peeked} onClose={() => setPeeked("")} />}
    </Page>
  );
}

function windowTitle({ status }: TaskFilter): string {
  const words: Readonly<Record<string, string>> = states.task;
  const word = words[status];
  return word === undefined ? pages.tasks : `${word} ${pages.tasks.toLowerCase()}`;
}

function Listed(props: { readonly filter: TaskFilter; readonly onPeek: (id: string) => void }) {
  const { filter } = props;
  const { project } = useScene();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const { list, more, again, show } = useTaskList(project.id, filter, mayInsert);
  const { data: counts } = useQuery(countsQuery(project.id, filter));
  const pick = useCallback((id: string, on: boolean) => {
    setPicked((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const { rows, fresh } = list;
  if (rows.length === 0 && fresh.length === 0) {
    return <NoRows list={list} filter={filter} onRetry={again} />;
  }
  return (
    <>
      <div className="hidden-visually" role="status">
        {fresh.length > 0 ? tasks.freshSaid(fresh.length) : ""}
      </div>
      <TaskTable
        rows={rows}
        fresh={fresh.length}
        total={counts?.total ?? null}
        busy={list.loading}
        picked={picked}
        onPick={pick}
        onPeek={props.onPeek}
        onFresh={() => {
          show();
          scrollTo(0, 0);
        }}
        onMore={more}
        foot={<Foot list={list} onRetry={again} />}
      />
      <Picked
        rows={rows.filter(({ task_id }) => picked.has(task_id))}
        onClear={() => setPicked(new Set())}
      />
    </>
  );
}

/** New rows go in by themselves only where they move nothing that somebody looks at. */
function mayInsert(): boolean {
  const busy = document.querySelector(".task-table:hover, .task-table:focus-within, dialog[open]");
  return scrollY < 40 && busy === null;
}

function Foot({ list, onRetry }: { readonly list: TaskList; readonly onRetry: () => void }) {
  if (list.error !== null) {
    return (
      <div className="task-foot">
        <LoadError error={list.error} onRetry={onRetry} />
      </div>
    );
  }
  if (!list.loading) return null;
  return (
    <div className="task-foot">
      <Skeleton height={20} />
    </div>
  );
}

function NoRows(props: {
  readonly list: TaskList;
  readonly filter: TaskFilter;
  readonly onRetry: () => void;
}) {
  const to = useTo();
  const { list, filter, onRetry } = props;
  if (list.error !== null) return <LoadError error={list.error} onRetry={onRetry} />;
  if (list.cursor === undefined) return <Skeleton height={400} />;
  if (!isOpenFilter(filter)) {
    return (
      <Empty
        icon="filter"
        title={tasks.none.title}
        actions={<Button onClick={clearFilters}>{tasks.none.clear}</Button>}
      />
    );
  }
  return (
    <Empty
      icon="tasks"
      title={tasks.empty.title}
      actions={
        <LinkButton icon="playground" to={to("playground")}>
          {tasks.empty.action}
        </LinkButton>
      }
    >
      {tasks.empty.text}
    </Empty>
  );
}
