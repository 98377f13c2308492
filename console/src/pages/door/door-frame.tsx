import type { ReactNode } from "react";
import { useWindowTitle } from "../../components/page.tsx";

/** The frame of what stands before the shell: one column in the middle of the page. */
export function DoorFrame(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}) {
  useWindowTitle(props.title);
  return (
    <main className="door">
      <div className="door-box">
        <img src="/icon.svg" alt="" width={40} height={40} />
        <div className="stack-tight">
          <h1>{props.title}</h1>
          {props.lead !== undefined && <p className="muted">{props.lead}</p>}
        </div>
        {props.children}
      </div>
    </main>
  );
}
