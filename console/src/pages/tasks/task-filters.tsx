import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Search, Segmented, Select } from "../../components/field.tsx";
import { formatNumber } from "../../lib/format.ts";
import { setQueryWords, usePlace } from "../../lib/router.tsx";
import { useScene } from "../../lib/session.tsx";
import {
  countsQuery,
  FILTER_NAMES,
  keyTitle,
  type TaskCounts,
  type TaskFilter,
} from "../../lib/tasks.ts";
import { states } from "../../strings/en/states.ts";
import { tasks } from "../../strings/en/tasks.ts";

/** The filter as the address says it. */
export function useTaskFilter(): TaskFilter {
  const { query } = usePlace();
  const words = FILTER_NAMES.map((name) => [name, query.get(name) ?? ""]);
  return Object.fromEntries(words);
}

/** Whether a filter lets everything through. */
export function isOpenFilter(filter: TaskFilter): boolean {
  return Object.values(filter).every((word) => word === "");
}

/** Takes every filter off. */
export function clearFilters(): void {
  setQueryWords(Object.fromEntries(FILTER_NAMES.map((name) => [name, ""])));
}

/** What a list is narrowed by: states with their counts, facets, search. */
export function TaskFilters({ filter }: { readonly filter: TaskFilter }) {
  const { project } = useScene();
  const { status: _, ...others } = filter;
  const { data } = useQuery(countsQuery(project.id, others));
  const set = (name: keyof TaskFilter) => (value: string) => setQueryWords({ [name]: value });
  const { filters } = tasks;
  return (
    <>
      <Segmented
        label={tasks.columns.state}
        choices={statusChoices(data)}
        value={filter.status === "" ? "all" : filter.status}
        onChange={(value) => set("status")(value === "all" ? "" : value)}
      />
      <Facet
        label={filters.kind}
        value={filter.kind}
        onChange={set("kind")}
        choices={Object.entries(filters.kinds)}
      />
      <Facet
        label={filters.model}
        value={filter.model}
        onChange={set("model")}
        choices={(data?.models ?? []).flatMap(named)}
      />
      <Facet
        label={filters.key}
        value={filter.key}
        onChange={set("key")}
        choices={(data?.keys ?? []).flatMap((key) =>
          key.value === null ? [] : [[key.value, keyTitle(key.value, key.name)] as const],
        )}
      />
      <Facet
        label={filters.span}
        value={filter.from}
        onChange={set("from")}
        choices={Object.entries(filters.spans).filter(([span]) => span !== "")}
      />
      <Search label={tasks.search} value={filter.q} onChange={set("q")} />
    </>
  );
}

function statusChoices(counts: TaskCounts | undefined) {
  const { all } = tasks;
  const count = (value: number | undefined): string =>
    value === undefined ? "" : ` ${formatNumber(value)}`;
  return [
    { value: "all", label: `${all}${count(counts?.total)}` },
    { value: "running", label: `${states.task.running}${count(counts?.status.running)}` },
    { value: "finished", label: `${states.task.finished}${count(counts?.status.finished)}` },
    { value: "failed", label: `${states.task.failed}${count(counts?.status.failed)}` },
    {
      value: "not_started",
      label: `${states.task.not_started}${count(counts?.status.not_started)}`,
    },
  ];
}

function named(share: { readonly value: string | null }): readonly (readonly [string, string])[] {
  return share.value === null ? [] : [[share.value, share.value]];
}

/** One filter: any, or one of a few. A value that is not among them stays choosable. */
export function Facet(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const { value, choices, label } = props;
  const known = value === "" || choices.some(([each]) => each === value);
  return (
    <span className="facet" data-set={value !== "" || undefined}>
      <label htmlFor={id} className="hidden-visually">
        {label}
      </label>
      <Select id={id} small value={value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{label}</option>
        {!known && <option value={value}>{value}</option>}
        {choices.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </Select>
    </span>
  );
}
