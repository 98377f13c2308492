import { formatDuration } from "../lib/format.ts";
import type { Delivery, DeliveryTry } from "../lib/tasks.ts";
import { tasks } from "../strings/en/tasks.ts";
import { webhooks } from "../strings/en/webhooks.ts";
import { Badge, type Tone } from "./badge.tsx";
import type { IconName } from "./icon.tsx";
import { type Column, Table } from "./table.tsx";
import { Time, Untrusted } from "./values.tsx";
import "./delivery-tries.css";

const SIGNS: Readonly<Record<Delivery["state"], { readonly tone: Tone; readonly icon: IconName }>> =
  {
    waiting: { tone: "blue", icon: "running" },
    delivered: { tone: "green", icon: "finished" },
    refused: { tone: "red", icon: "failed" },
    exhausted: { tone: "red", icon: "warning" },
  };

/** The state of a callback; a second try and later is said. */
export function DeliveryState({ delivery }: { readonly delivery: Delivery }) {
  const { state, tries } = delivery;
  const retrying = state === "waiting" && tries.length > 0;
  const sign = retrying ? ({ tone: "amber", icon: "retry" } as const) : SIGNS[state];
  return (
    <Badge tone={sign.tone} icon={sign.icon}>
      {retrying ? webhooks.retrying(tries.length) : tasks.deliveryStates[state]}
    </Badge>
  );
}

/** Every try of a callback: when, what came back, how long it took. */
export function DeliveryTries({ delivery }: { readonly delivery: Delivery }) {
  const columns: readonly Column<DeliveryTry>[] = [
    { key: "number", head: webhooks.tries.number, cell: ({ number }) => number, width: 48 },
    {
      key: "started",
      head: webhooks.tries.started,
      cell: ({ started_time }) => <Time value={started_time} />,
    },
    { key: "answer", head: webhooks.tries.answer, cell: Answer },
    {
      key: "took",
      head: webhooks.tries.took,
      cell: ({ duration_ms }) => formatDuration(duration_ms),
      align: "end",
      wideOnly: true,
    },
  ];
  if (delivery.tries.length === 0) return <p className="muted">{webhooks.tries.none}</p>;
  return (
    <Table
      caption={webhooks.tries.caption}
      columns={columns}
      rows={delivery.tries}
      rowKey={({ number }) => String(number)}
    />
  );
}

function Answer({ status, error, answer }: DeliveryTry) {
  return (
    <div className="stack-tight">
      <span>
        {status === null ? (
          <span className="badge" data-tone="red" data-plain>
            {error ?? webhooks.tries.noAnswer}
          </span>
        ) : (
          <code>{status}</code>
        )}
      </span>
      {answer !== "" && (
        <pre className="delivery-answer">
          <Untrusted text={answer} />
        </pre>
      )}
    </div>
  );
}
