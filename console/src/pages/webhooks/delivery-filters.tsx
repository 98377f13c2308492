import { useQuery } from "@tanstack/react-query";
import { Segmented, Select } from "../../components/field.tsx";
import { formatNumber } from "../../lib/format.ts";
import { setQueryWords } from "../../lib/router.tsx";
import { useScene } from "../../lib/session.tsx";
import { tasks } from "../../strings/en/tasks.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { type DeliveryCounts, type DeliveryFilter, deliveryCountsQuery } from "./webhook-data.ts";

/** What the list of callbacks is narrowed by, with how many there are of each. */
export function DeliveryFilters({ filter }: { readonly filter: DeliveryFilter }) {
  const { project } = useScene();
  const { data } = useQuery(deliveryCountsQuery(project.id, { ...filter, state: "" }));
  // What can be chosen is told without what is chosen, or one could never choose another.
  const { data: all } = useQuery(deliveryCountsQuery(project.id, { from: filter.from }));
  const set = (name: keyof DeliveryFilter) => (value: string) => setQueryWords({ [name]: value });
  const { filters } = webhooks;
  return (
    <>
      <Segmented
        label={webhooks.columns.state}
        choices={statesOf(data)}
        value={filter.state === "" ? "all" : filter.state}
        onChange={(value) => set("state")(value === "all" ? "" : value)}
      />
      <Choice
        label={filters.code}
        value={filter.code}
        onChange={set("code")}
        choices={(all?.codes ?? []).map(({ value, count }) => [
          value === null ? "none" : String(value),
          `${value ?? webhooks.tries.noAnswer} · ${formatNumber(count)}`,
        ])}
      />
      <Choice
        label={filters.host}
        value={filter.host}
        onChange={set("host")}
        choices={(all?.hosts ?? []).map(({ value, count }) => [
          value,
          `${value} · ${formatNumber(count)}`,
        ])}
      />
      <Choice
        label={filters.time}
        value={filter.from}
        onChange={set("from")}
        choices={Object.entries(tasks.filters.spans).filter(([value]) => value !== "")}
      />
    </>
  );
}

function statesOf(counts: DeliveryCounts | undefined) {
  const of = (state: string): number =>
    counts?.states.find(({ value }) => value === state)?.count ?? 0;
  const told = (word: string, count: number): string =>
    counts === undefined ? word : `${word} ${formatNumber(count)}`;
  return [
    { value: "all", label: told(webhooks.all, counts?.total ?? 0) },
    ...Object.entries(tasks.deliveryStates).map(([value, word]) => ({
      value,
      label: told(word, of(value)),
    })),
  ];
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly (readonly [value: string, label: string])[];
}) {
  const { label, value, choices } = props;
  const isMissing = value !== "" && !choices.some(([each]) => each === value);
  return (
    <Select
      small
      aria-label={label}
      value={value}
      onChange={({ target }) => props.onChange(target.value)}
    >
      <option value="">{label}</option>
      {isMissing && <option value={value}>{value}</option>}
      {choices.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </Select>
  );
}
