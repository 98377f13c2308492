import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { DeliveryState, DeliveryTries } from "../../components/delivery-tries.tsx";
import { Peek } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { JsonTree } from "../../components/json.tsx";
import { Id, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useAttempt } from "../../lib/attempt.ts";
import { shortId } from "../../lib/format.ts";
import { Link } from "../../lib/router.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import { useKeys } from "../../lib/use-keys.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { deliveryQuery, type SentDelivery } from "./webhook-data.ts";

/** One callback: every try, what was sent, what came back, and the way to send it again. */
export function DeliveryPeek(props: {
  readonly id: string;
  readonly may: boolean;
  readonly onClose: () => void;
}) {
  const { id, may, onClose } = props;
  const { project } = useScene();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(deliveryQuery(project.id, id));
  const { busy, attempt } = useAttempt();
  const waits = data === undefined || data.state === "waiting";
  const resend = async (): Promise<void> => {
    const address = `/api/webhooks/deliveries/${id}/redeliver`;
    await attempt(() => api(address, { method: "POST" }), webhooks.redelivered);
    await client.invalidateQueries({ queryKey: ["webhooks"] });
  };
  useKeys(({ key, metaKey, ctrlKey }) => {
    if (key === "r" && !metaKey && !ctrlKey && may && !waits && !busy) void resend();
  });
  return (
    <Peek
      title={webhooks.peek}
      onClose={onClose}
      foot={
        may && (
          <Button kind="primary" icon="retry" busy={busy} off={waits} onClick={() => void resend()}>
            {webhooks.redeliver}
          </Button>
        )
      }
    >
      {data === undefined && error === null && <Skeleton height={240} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && <Facts delivery={data} />}
    </Peek>
  );
}

function Facts({ delivery }: { readonly delivery: SentDelivery }) {
  const last = delivery.tries.at(-1);
  return (
    <div className="stack">
      <div className="stack-tight">
        <div>
          <DeliveryState delivery={delivery} />
        </div>
        <code className="delivery-line">
          <Untrusted text={delivery.callback_url} />
        </code>
        <div className="row-wrap">
          <Id value={delivery.event_id} />
          <TaskCell task_id={delivery.task_id} />
        </div>
        {delivery.reason !== null && (
          <p className="muted">
            <Untrusted text={reasonOf(delivery.reason)} />
          </p>
        )}
      </div>
      <DeliveryTries delivery={delivery} />
      <section className="stack-tight">
        <h3>{webhooks.sent.body}</h3>
        <JsonTree value={readable(delivery.request.body)} label={webhooks.sent.body} />
      </section>
      {last !== undefined && (
        <section className="stack-tight">
          <h3>{webhooks.sent.headers}</h3>
          {last.headers === null ? (
            <p className="muted">{webhooks.sent.notKept}</p>
          ) : (
            <JsonTree value={last.headers} label={webhooks.sent.headers} />
          )}
        </section>
      )}
    </div>
  );
}

/** The body is kept as the bytes that were signed; people read it as what it says. */
function readable(body: unknown): unknown {
  try {
    return typeof body === "string" ? JSON.parse(body) : body;
  } catch {
    return body;
  }
}

const REASONS: Readonly<Record<string, string>> = webhooks.reasons;

/** Why a callback ended, in words. */
export function reasonOf(reason: string): string {
  return REASONS[reason] ?? reason;
}

/** The task that a callback is about. */
export function TaskCell({ task_id }: { readonly task_id: string }) {
  const to = useTo();
  return (
    <Link to={to(`tasks/${task_id}`)}>
      <code>{shortId(task_id)}</code>
    </Link>
  );
}
