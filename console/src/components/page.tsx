import { type ReactNode, useEffect } from "react";
import { visibleText } from "../lib/format.ts";
import { useScene } from "../lib/session.tsx";
import { Untrusted } from "./values.tsx";

/**
 * The frame of a page: its one heading, its primary action, its filters. The window is named after
 * it: `Failed tasks · demo · Vidgo`.
 */
export function Page(props: {
  readonly title: string;
  /** What the window is called when it says more than the heading. */
  readonly windowTitle?: string;
  /** One sentence below the heading, where a page needs one. */
  readonly lead?: ReactNode;
  /** Right of the heading: search and the primary action. */
  readonly actions?: ReactNode;
  /** A line of filters below it. */
  readonly filters?: ReactNode;
  readonly children: ReactNode;
}) {
  const { project } = useScene();
  useWindowTitle(`${props.windowTitle ?? props.title} · ${project.name}`);
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          <Untrusted text={props.title} />
        </h1>
        {props.actions !== undefined && <div className="page-actions">{props.actions}</div>}
      </div>
      {props.lead !== undefined && <p className="page-lead">{props.lead}</p>}
      {props.filters !== undefined && <div className="page-filters">{props.filters}</div>}
      {props.children}
    </div>
  );
}

/** Names the window. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = visibleText(`${title} · Vidgo`);
  }, [title]);
}
