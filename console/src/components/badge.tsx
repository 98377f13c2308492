import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** The colour of a state; never the only sign of it. */
export type Tone = "grey" | "blue" | "green" | "red" | "amber" | "violet";

/** A state as icon, word and colour. */
export function Badge(props: {
  readonly tone: Tone;
  readonly icon?: IconName;
  /** Without the coloured ground: in dense lists. */
  readonly plain?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const { tone, icon, plain, title, children } = props;
  return (
    <span className="badge" data-tone={tone} data-plain={plain || undefined} title={title}>
      {icon !== undefined && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

/** A word without a state: a scope, a mode, a format. */
export function Chip({ children }: { readonly children: ReactNode }) {
  return <span className="chip">{children}</span>;
}
