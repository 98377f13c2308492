import { useEffect, useMemo, useRef, useState } from "react";
import { isRecord, isSame, judge } from "../../lib/judge.ts";
import type { ModelDetail } from "../../lib/models.ts";
import { remember, remembered } from "../../lib/preferences.ts";
import { useScene } from "../../lib/session.tsx";
import type { SubmitBody } from "../../lib/snippets.ts";
import { type FormField, fieldsOf } from "./form-fields.ts";
import { carryValues, firstValues, toRequest, type Values } from "./to-input.ts";

const NOTHING: Values = {};

/** The form of the chosen model as it is filled in now. */
export interface Draft {
  readonly fields: readonly FormField[];
  readonly values: Values;
  readonly body: SubmitBody;
  /** What is wrong, by JSON pointer. */
  readonly faults: ReadonlyMap<string, string>;
  /** Members of the last model that this one does not take. */
  readonly dropped: readonly string[];
  readonly example: Values;
  /** Whether anything was filled in or carried over. */
  readonly touched: boolean;
  readonly set: (values: Values) => void;
  readonly reset: () => void;
}

/**
 * Keeps a draft for each model in this browser, so that neither a reload nor a look at another page
 * loses it. A model that has none takes over what fits of the last one.
 */
export function useDraft(model: ModelDetail, start: Values | null): Draft {
  const { project } = useScene();
  const fields = useMemo(() => fieldsOf(model.input_schema), [model]);
  const example = model.examples[0] ?? NOTHING;
  const place = placeOf(project.id, model.id);
  const [state, setState] = useState<State>({ place: "", values: {}, dropped: [] });
  const begun = useRef(start);
  let current = state;
  if (state.place !== place) {
    current = begin({ place, fields, example, before: state, start: begun.current });
    begun.current = null;
    setState(current);
  }
  const { values } = current;
  const latest = useRef(values);
  latest.current = values;
  useEffect(() => {
    // What was carried over is a draft too; an untouched form is none.
    if (isSame(latest.current, firstValues(fields, example))) return;
    remember(place, JSON.stringify(latest.current));
  }, [place, fields, example]);
  const body = useMemo(() => toRequest(model.id, fields, values), [model.id, fields, values]);
  const faults = useMemo(() => faultsOf(model, body), [model, body]);
  const set = (next: Values): void => {
    remember(place, JSON.stringify(next));
    setState({ place, values: next, dropped: [] });
  };
  return {
    fields,
    values,
    body,
    faults,
    example,
    touched: !isSame(values, firstValues(fields, example)),
    dropped: current.dropped,
    set,
    reset: () => {
      remember(place, null);
      setState({ place, values: firstValues(fields, example), dropped: [] });
    },
  };
}

/** Lays an input where its model looks for a draft. */
export function keepDraft(project: string, { model, input }: SubmitBody): void {
  remember(placeOf(project, model), JSON.stringify(input));
}

function placeOf(project: string, model: string): string {
  return `draft.${project}.${model}`;
}

interface State {
  readonly place: string;
  readonly values: Values;
  readonly dropped: readonly string[];
}

function begin(context: {
  readonly place: string;
  readonly fields: readonly FormField[];
  readonly example: Values;
  readonly before: State;
  readonly start: Values | null;
}): State {
  const { place, fields, example, before, start } = context;
  if (start !== null) return { place, values: start, dropped: [] };
  const kept = readDraft(place);
  if (kept !== null) return { place, values: kept, dropped: [] };
  const carried = carryValues(before.values, fields);
  const values = { ...firstValues(fields, example), ...carried.values };
  return { place, values, dropped: carried.dropped };
}

function readDraft(place: string): Values | null {
  try {
    const value: unknown = JSON.parse(remembered(place) ?? "null");
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** The first fault of each place. */
function faultsOf(model: ModelDetail, { input }: SubmitBody): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { pointer, text } of judge(model.input_schema, input)) {
    if (!found.has(pointer)) found.set(pointer, text);
  }
  return found;
}
