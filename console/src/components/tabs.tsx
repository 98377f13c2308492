import { type KeyboardEvent, type ReactNode, useId } from "react";

/** One of {@link Tabs}. */
export interface Tab {
  readonly key: string;
  readonly label: ReactNode;
  readonly panel: () => ReactNode;
}

/** Views of one thing, one at a time. Arrows move between them. */
export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (key: string) => void;
  /** Without the line below. */
  readonly quiet?: boolean;
  /** Stands at the right of the tabs. */
  readonly aside?: ReactNode;
}) {
  const id = useId();
  const chosen = props.tabs.find(({ key }) => key === props.value) ?? props.tabs[0];
  const go = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || chosen === undefined) return;
    const at = props.tabs.indexOf(chosen) + step;
    const next = props.tabs[(at + props.tabs.length) % props.tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    props.onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div>
      <div className="tabs-row" data-quiet={props.quiet}>
        <div role="tablist" aria-label={props.label} className="tabs" onKeyDown={go}>
          {props.tabs.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              role="tab"
              id={`${id}-${key}`}
              className="tab"
              aria-selected={key === chosen?.key}
              aria-controls={key === chosen?.key ? `${id}-panel` : undefined}
              tabIndex={key === chosen?.key ? 0 : -1}
              onClick={() => props.onChange(key)}
            >
              {label}
            </button>
          ))}
        </div>
        {props.aside}
      </div>
      {chosen !== undefined && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen.key}`}>
          {chosen.panel()}
        </div>
      )}
    </div>
  );
}
