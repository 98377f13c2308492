import { type ReactNode, useId } from "react";

/** A part of the settings under a heading of its own. */
export function Section(props: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 className="grow" id={id}>
          {props.title}
        </h2>
        {props.action}
      </div>
      <div className="card-body stack">{props.children}</div>
    </section>
  );
}
