import { Component, type ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { Empty, messageOf } from "../components/feedback.tsx";
import { common } from "../strings/en/shell.ts";

/** Keeps a fault of one page from taking the rest with it. */
export class Boundary extends Component<{ readonly children: ReactNode }, { fault: unknown }> {
  override state: { fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown): { fault: unknown } {
    return { fault };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    // A chunk that is gone means that the gateway has a newer console.
    const updated = /dynamically imported module|Failed to fetch/.test(messageOf(fault));
    const actions = <Button onClick={() => location.reload()}>{common.reload}</Button>;
    return (
      <Empty
        icon="warning"
        title={updated ? common.newVersion : common.pageFailed}
        actions={actions}
      >
        {updated ? undefined : messageOf(fault)}
      </Empty>
    );
  }
}
