import type { ReactNode } from "react";
import { ApiError } from "../lib/api.ts";
import { sentence } from "../lib/fault-at.ts";
import { common } from "../strings/en/shell.ts";
import type { Tone } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** A sentence that must not be missed, where it matters. */
export function Notice(props: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Speak it at once: for the failure of what the person just did. */
  readonly urgent?: boolean;
}) {
  const icon = props.tone === "green" ? "check" : props.tone === "blue" ? "info" : "warning";
  return (
    <div className="notice" data-tone={props.tone} role={props.urgent ? "alert" : undefined}>
      <Icon name={props.tone === "grey" || props.tone === "violet" ? "info" : icon} />
      <div className="notice-text">{props.children}</div>
      {props.action}
    </div>
  );
}

/** Nothing to show: none yet, or none that match. It says which, and what to do. */
export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={props.icon} size={28} />
      <h2>{props.title}</h2>
      {props.children !== undefined && <p>{props.children}</p>}
      {props.actions !== undefined && <div className="empty-actions">{props.actions}</div>}
    </div>
  );
}

/** What should stand here could not be loaded: why, the request's id, and a button to try again. */
export function LoadError(props: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { error, onRetry } = props;
  if (error instanceof ApiError && error.type === "permission_denied_error") {
    return (
      <Empty icon="lock" title={common.notForRole}>
        {common.askOwner}
      </Empty>
    );
  }
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div className="empty" role="alert">
      <Icon name="warning" size={28} />
      <h2>{common.notLoaded}</h2>
      <p>
        {messageOf(error)}
        {requestId !== null && (
          <>
            <br />
            <span className="meta mono">{requestId}</span>
          </>
        )}
      </p>
      {onRetry !== undefined && (
        <div className="empty-actions">
          <Button icon="retry" onClick={onRetry}>
            {common.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The sentence of a fault. */
export function messageOf(error: unknown): string {
  return sentence(error instanceof Error ? error.message : String(error));
}

/** The place of something that is on its way, in its final size. */
export function Skeleton(props: { readonly height: number; readonly width?: number | string }) {
  return (
    <div className="skeleton" style={{ height: props.height, width: props.width ?? "100%" }} />
  );
}

/** How far something is, from the server's own number. */
export function Progress(props: { readonly percent: number; readonly label: string }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={props.label}
      aria-valuenow={props.percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div style={{ width: `${Math.max(2, Math.min(100, props.percent))}%` }} />
    </div>
  );
}
