import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button, LinkButton } from "../../components/button.tsx";
import { Empty, LoadError, messageOf, Skeleton } from "../../components/feedback.tsx";
import { Search, Segmented, Select } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { useToast } from "../../components/toast.tsx";
import { formatNumber } from "../../lib/format.ts";
import { setQueryWords, usePlace, useQueryWord } from "../../lib/router.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { countsQuery, starTask, type TaskFilter, type TaskItem } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { pages } from "../../strings/en/pages.ts";
import { useTaskList } from "../tasks/task-list.ts";
import { byDay, dayKey } from "./days.ts";
import { Lightbox } from "./lightbox.tsx";
import { PickedTiles } from "./picked-tiles.tsx";
import { Tile } from "./tile.tsx";
import "./gallery.css";

const NO_FILTER = { key: "", provider: "", mode: "", from: "" };

/** Everything that was made, to look at: by kind, by words, by day. */
export function GalleryPage() {
  const { project } = useScene();
  const { query } = usePlace();
  const filter: TaskFilter = {
    ...NO_FILTER,
    status: "finished",
    kind: query.get("kind") ?? "",
    model: query.get("model") ?? "",
    q: query.get("q") ?? "",
    starred: query.get("starred") ?? "",
  };
  const { kind, q } = filter;
  useShortcuts({ "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus() });
  const set = (name: string) => (value: string) => setQueryWords({ [name]: value });
  const kinds = Object.entries(gallery.kinds).map(([value, label]) => ({ value, label }));
  return (
    <Page
      title={pages.gallery}
      filters={
        <>
          <Segmented
            label={pages.gallery}
            choices={[{ value: "all", label: gallery.all }, ...kinds]}
            value={kind === "" ? "all" : kind}
            onChange={(value) => set("kind")(value === "all" ? "" : value)}
          />
          <Button
            small
            icon="star"
            aria-pressed={filter.starred !== ""}
            onClick={() => set("starred")(filter.starred === "" ? "true" : "")}
          >
            {gallery.starred}
          </Button>
          <ModelChoice filter={filter} onModel={set("model")} />
          <Search label={gallery.search} value={q} onChange={set("q")} />
        </>
      }
    >
      <Shown key={`${project.id} ${JSON.stringify(filter)}`} filter={filter} />
    </Page>
  );
}

function Shown({ filter }: { readonly filter: TaskFilter }) {
  const { project } = useScene();
  const { list, more, again, star: show } = useTaskList(project.id, filter, () => scrollY < 40);
  const [opened, setOpened] = useQueryWord("task");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = useCallback((id: string, on: boolean) => {
    setPicked((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const toast = useToast();
  const star = useCallback(
    async (id: string, starred: boolean) => {
      show(id, starred);
      try {
        await starTask(id, starred);
      } catch (error) {
        show(id, !starred);
        toast({ tone: "red", text: messageOf(error) });
      }
    },
    [show, toast],
  );
  const open = useCallback((id: string) => setOpened(id), [setOpened]);
  const rows = [...list.fresh, ...list.rows];
  if (rows.length === 0) {
    if (list.error !== null) return <LoadError error={list.error} onRetry={again} />;
    if (list.cursor === undefined) return <Skeleton height={400} />;
    return <Nothing filtered={isNarrowed(filter)} />;
  }
  const step = (by: 1 | -1): void => {
    const at = rows.findIndex(({ task_id }) => task_id === opened);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next !== undefined) setOpened(next.task_id);
  };
  return (
    <>
      <Tiles rows={rows} picked={picked} onPick={pick} onOpen={open} onStar={star} />
      <End onSeen={more} busy={list.loading} />
      {list.error !== null && <LoadError error={list.error} onRetry={again} />}
      <PickedTiles ids={[...picked]} onClear={() => setPicked(new Set())} />
      {opened !== "" && (
        <Lightbox
          taskId={opened}
          starred={rows.find(({ task_id }) => task_id === opened)?.starred ?? null}
          onStar={star}
          onStep={step}
          onClose={() => setOpened("")}
        />
      )}
    </>
  );
}

function isNarrowed({ kind, q, model, starred }: TaskFilter): boolean {
  return `${kind}${q}${model}${starred}` !== "";
}

/** The models of what is there, by how much they made. */
function ModelChoice(props: {
  readonly filter: TaskFilter;
  readonly onModel: (model: string) => void;
}) {
  const { project } = useScene();
  const { model, ...others } = props.filter;
  const { data } = useQuery(countsQuery(project.id, others));
  const named = (data?.models ?? []).flatMap(({ value, count }) =>
    value === null ? [] : [{ value, label: `${value} ${formatNumber(count)}` }],
  );
  const missing = model !== "" && !named.some(({ value }) => value === model);
  return (
    <Select
      small
      aria-label={gallery.model}
      value={model}
      onChange={({ target }) => props.onModel(target.value)}
    >
      <option value="">{gallery.model}</option>
      {missing && <option value={model}>{model}</option>}
      {named.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  const to = useTo();
  if (filtered) {
    const clear = (): void => setQueryWords({ kind: "", q: "", model: "", starred: "" });
    return (
      <Empty
        icon="filter"
        title={gallery.none.title}
        actions={<Button onClick={clear}>{gallery.none.clear}</Button>}
      />
    );
  }
  return (
    <Empty
      icon="gallery"
      title={gallery.empty.title}
      actions={
        <LinkButton icon="playground" to={to("playground")}>
          {gallery.empty.action}
        </LinkButton>
      }
    >
      {gallery.empty.text}
    </Empty>
  );
}

function Tiles(props: {
  readonly rows: readonly TaskItem[];
  readonly picked: ReadonlySet<string>;
  readonly onPick: (taskId: string, picked: boolean) => void;
  readonly onOpen: (taskId: string) => void;
  readonly onStar: (taskId: string, starred: boolean) => void;
}) {
  return byDay(props.rows).map(({ key, date, tasks }) => (
    <section key={key} className="day" aria-label={dayName(date)}>
      <h2 className="day-name">{dayName(date)}</h2>
      <div className="tiles">
        {tasks.map((task) => (
          <Tile
            key={task.task_id}
            task={task}
            picked={props.picked.has(task.task_id)}
            onPick={props.onPick}
            onOpen={props.onOpen}
            onStar={props.onStar}
          />
        ))}
      </div>
    </section>
  ));
}

const longDay = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
});

function dayName(date: Date): string {
  const key = dayKey(date);
  if (key === dayKey(new Date())) return gallery.today;
  if (key === dayKey(new Date(Date.now() - 86_400_000))) return gallery.yesterday;
  return longDay.format(date);
}

/** Reads on when the end comes into sight. */
function End({ onSeen, busy }: { readonly onSeen: () => void; readonly busy: boolean }) {
  const mark = useRef<HTMLDivElement>(null);
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    if (mark.current === null || busy) return;
    const eye = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) seen.current();
      },
      { rootMargin: "1200px" },
    );
    eye.observe(mark.current);
    return () => eye.disconnect();
  }, [busy]);
  return <div ref={mark} />;
}
