import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";
import { Button, LinkButton } from "../../components/button.tsx";
import { Empty, LoadError, messageOf, Skeleton } from "../../components/feedback.tsx";
import { Search, Segmented, Select } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Page } from "../../components/page.tsx";
import { useToast } from "../../components/toast.tsx";
import { setQueryWords, usePlace, useQueryWord } from "../../lib/router.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { countsQuery, starTask, type TaskFilter, type TaskItem } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { pages } from "../../strings/en/pages.ts";
import { useTaskList } from "../tasks/task-list.ts";
import { Compare } from "./compare.tsx";
import { Lightbox } from "./lightbox.tsx";
import { PickedTiles } from "./picked-tiles.tsx";
import { End, Tiles } from "./tiles.tsx";
import { usePicked } from "./use-picked.ts";
import "./gallery.css";

const NO_FILTER = { key: "", provider: "", mode: "", from: "" };
const OPEN_WORDS = { kind: "", q: "", model: "", starred: "" };

/** Everything that was made, to look at: by kind, model, star, words and day. */
export function GalleryPage() {
  const { project } = useScene();
  const { query } = usePlace();
  const filter: TaskFilter = {
    ...NO_FILTER,
    status: "finished",
    kind: query.get("kind") ?? "",
    model: query.get("model") ?? "",
    q: query.get("q") ?? "",
    starred: query.get("starred") === "true" ? "true" : "",
  };
  useShortcuts({ "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus() });
  return (
    <Page title={pages.gallery} filters={<Filters filter={filter} />}>
      <Shown key={`${project.id} ${JSON.stringify(filter)}`} filter={filter} />
    </Page>
  );
}

function Filters({ filter }: { readonly filter: TaskFilter }) {
  const { kind, model, q, starred } = filter;
  const set = (name: string) => (value: string) => setQueryWords({ [name]: value });
  const kinds = Object.entries(gallery.kinds).map(([value, label]) => ({ value, label }));
  return (
    <>
      <Segmented
        label={pages.gallery}
        choices={[{ value: "all", label: gallery.all }, ...kinds]}
        value={kind === "" ? "all" : kind}
        onChange={(value) => setQueryWords({ kind: value === "all" ? "" : value, model: "" })}
      />
      <button
        type="button"
        className="button star-filter"
        data-kind="plain"
        aria-pressed={starred !== ""}
        onClick={() => set("starred")(starred === "" ? "true" : "")}
      >
        <Icon name="star" />
        {gallery.starred}
      </button>
      <Models filter={filter} value={model} onChange={set("model")} />
      <Search label={gallery.search} value={q} onChange={set("q")} />
    </>
  );
}

function Models(props: {
  readonly filter: TaskFilter;
  readonly value: string;
  readonly onChange: (model: string) => void;
}): ReactNode {
  const { project } = useScene();
  const { data } = useQuery(countsQuery(project.id, { ...props.filter, model: "" }));
  const models = (data?.models ?? []).flatMap(({ value, count }) =>
    value === null ? [] : [{ value, count }],
  );
  const known = models.some(({ value }) => value === props.value) || props.value === "";
  return (
    <Select
      aria-label={gallery.model}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{gallery.anyModel}</option>
      {!known && <option value={props.value}>{props.value}</option>}
      {models.map(({ value, count }) => (
        <option key={value} value={value}>
          {value} ({count})
        </option>
      ))}
    </Select>
  );
}

function Shown({ filter }: { readonly filter: TaskFilter }) {
  const { project } = useScene();
  const { list, more, again, star: show } = useTaskList(project.id, filter, () => scrollY < 40);
  const [opened, setOpened] = useQueryWord("task");
  const [comparing, setComparing] = useState(false);
  const rows = [...list.fresh, ...list.rows];
  const { picked, pick, clear } = usePicked(rows);
  const star = useStar(show);
  if (rows.length === 0) {
    if (list.error !== null) return <LoadError error={list.error} onRetry={again} />;
    if (list.cursor === undefined) return <Skeleton height={400} />;
    return <Nothing filter={filter} />;
  }
  const at = rows.findIndex(({ task_id }) => task_id === opened);
  const current = rows[at];
  const goTo = (next: TaskItem | undefined): void => {
    if (next === undefined) return;
    setOpened(next.task_id);
    // What comes is there before it is asked for.
    if (at > rows.length - 5) more();
  };
  const chosen = rows.filter(({ task_id }) => picked.has(task_id));
  return (
    <>
      <Tiles {...{ rows, picked }} onPick={pick} onOpen={setOpened} onStar={star} />
      <End onSeen={more} busy={list.loading} />
      {list.error !== null && <LoadError error={list.error} onRetry={again} />}
      <PickedTiles
        {...{ chosen }}
        onStar={star}
        onCompare={mayCompare(chosen) ? () => setComparing(true) : null}
        onClear={clear}
      />
      {opened !== "" && (
        <Lightbox
          taskId={opened}
          starred={current?.starred ?? null}
          onStar={(starred) => star([opened], starred)}
          onBefore={at > 0 ? () => goTo(rows[at - 1]) : null}
          onAfter={at >= 0 && at < rows.length - 1 ? () => goTo(rows[at + 1]) : null}
          onClose={() => setOpened("")}
        />
      )}
      {comparing && <Compare tasks={chosen} onClose={() => setComparing(false)} />}
    </>
  );
}

/** Stars are shown at once, and taken back when the gateway refuses them. */
function useStar(show: (taskId: string, starred: boolean) => void) {
  const toast = useToast();
  return useCallback(
    async (taskIds: readonly string[], starred: boolean) => {
      for (const id of taskIds) show(id, starred);
      try {
        await Promise.all(taskIds.map((id) => starTask(id, starred)));
      } catch (error) {
        for (const id of taskIds) show(id, !starred);
        toast({ tone: "red", text: messageOf(error) });
      }
    },
    [show, toast],
  );
}

/** Most that is shown side by side. */
const COMPARED_MAX = 4;

function mayCompare(chosen: readonly TaskItem[]): boolean {
  const [only] = chosen;
  if (chosen.length === 1) return only !== undefined && only.pieces > 1;
  return chosen.length > 1 && chosen.length <= COMPARED_MAX;
}

function Nothing({ filter }: { readonly filter: TaskFilter }) {
  const to = useTo();
  const { kind, q, model, starred } = filter;
  if (kind + q + model + starred !== "") {
    return (
      <Empty
        icon="filter"
        title={gallery.none.title}
        actions={<Button onClick={() => setQueryWords(OPEN_WORDS)}>{gallery.none.clear}</Button>}
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
