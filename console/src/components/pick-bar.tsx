import type { ReactNode } from "react";
import "./pick-bar.css";

/** What can be done with what was picked; stays in sight at the bottom of the page. */
export function PickBar({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="pick-bar" role="toolbar" aria-label={label}>
      <span className="muted">{label}</span>
      {children}
    </div>
  );
}
