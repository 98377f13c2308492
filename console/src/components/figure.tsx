/** A number that a page is opened for, under its name, with what it means below. */
export function Figure(props: {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  /** For values of several words. */
  readonly small?: boolean;
}) {
  return (
    <div className="card stat">
      <dt className="muted">{props.name}</dt>
      <dd className="figure" data-small={props.small || undefined}>
        {props.value}
      </dd>
      {props.note !== undefined && <dd className="meta">{props.note}</dd>}
    </div>
  );
}
