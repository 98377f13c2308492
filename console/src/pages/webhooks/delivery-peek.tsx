import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DeliveryState } from "../../components/delivery-tries.tsx";
import { Peek } from "../../components/dialog.tsx";
import { LoadError, messageOf, Skeleton } from "../../components/feedback.tsx";
import { useToast } from "../../components/toast.tsx";
import { Copy, Id, Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { formatDuration, shortId } from "../../lib/format.ts";
import { remembered } from "../../lib/preferences.ts";
import { Link } from "../../lib/router.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import { useKeys } from "../../lib/use-keys.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { errorWords, reasonWords } from "./delivery-words.ts";
import { deliveryQuery, type SentDelivery, type SentTry } from "./webhook-data.ts";

const words = webhooks.delivery;

/** One callback: where it went, every try with its answer, and what was sent, word for word. */
export function DeliveryPeek(props: {
  readonly id: string;
  readonly may: boolean;
  readonly onClose: () => void;
}) {
  const { id, may, onClose } = props;
  const { project } = useScene();
  const { data, error, refetch } = useQuery(deliveryQuery(project.id, id));
  const { busy, resend } = useResend(id);
  const waits = data === undefined || data.state === "waiting";
  useKeys(({ key, metaKey, ctrlKey }) => {
    const plain = !metaKey && !ctrlKey && remembered("shortcuts") !== "off";
    if (key === "r" && plain && may && !waits && !busy) void resend();
  });
  return (
    <Peek
      title={words.title(data === undefined ? shortId(id) : shortId(data.task_id))}
      onClose={onClose}
      foot={
        may && (
          <Button
            kind="primary"
            icon="retry"
            busy={busy}
            off={waits}
            title={data?.state === "waiting" ? webhooks.waits : undefined}
            onClick={() => void resend()}
          >
            {webhooks.redeliver}
          </Button>
        )
      }
    >
      {data !== undefined && <Told delivery={data} />}
      {data === undefined && error === null && <Skeleton height={320} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Peek>
  );
}

function useResend(id: string) {
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const resend = async (): Promise<void> => {
    setBusy(true);
    try {
      await api(`/api/webhooks/deliveries/${id}/redeliver`, { method: "POST" });
      toast({ tone: "green", text: webhooks.redelivered });
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    setBusy(false);
    await client.invalidateQueries({ queryKey: ["webhooks"] });
  };
  return { busy, resend };
}

function Told({ delivery }: { readonly delivery: SentDelivery }) {
  const { tries, request } = delivery;
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = tries.find(({ number }) => number === chosen) ?? tries.at(-1);
  return (
    <div className="stack">
      <Outcome delivery={delivery} />
      <Facts delivery={delivery} />
      <section className="stack-tight">
        <h3>{words.tries}</h3>
        {tries.length === 0 && <p className="muted">{webhooks.tries.none}</p>}
        <ol className="tries">
          {tries.toReversed().map((made) => (
            <Try
              key={made.number}
              made={made}
              chosen={made === shown}
              onChoose={() => setChosen(made.number)}
            />
          ))}
        </ol>
      </section>
      <section className="stack-tight">
        <div className="row">
          <h3 className="grow">
            {shown !== undefined && tries.length > 1
              ? words.requestOf(shown.number)
              : words.request}
          </h3>
          <Copy text={request.body} />
        </div>
        <Head delivery={delivery} made={shown} />
        <pre className="exchange">
          <Untrusted text={request.body} />
        </pre>
      </section>
    </div>
  );
}

/** How it stands, why, and what happens next. */
function Outcome({ delivery }: { readonly delivery: SentDelivery }) {
  const { state, reason, next_try_time, tries } = delivery;
  const { outcomes } = webhooks;
  return (
    <div className="row delivery-outcome">
      <DeliveryState delivery={delivery} />
      <p className="muted">
        {state === "waiting" ? (
          tries.length === 0 ? (
            outcomes.first
          ) : (
            <>
              {outcomes.next} <Time value={next_try_time} />
            </>
          )
        ) : (
          (reasonWords(reason) ?? outcomes[state])
        )}
      </p>
    </div>
  );
}

function Facts({ delivery }: { readonly delivery: SentDelivery }) {
  const { callback_url, event_id, task_id } = delivery;
  const to = useTo();
  return (
    <dl className="delivery-facts">
      <dt>{words.to}</dt>
      <dd>
        <code>
          <Untrusted text={callback_url} />
        </code>
      </dd>
      <dt>{words.event}</dt>
      <dd>
        <Id value={event_id} />
      </dd>
      <dt>{words.task}</dt>
      <dd>
        <Link to={to(`tasks/${task_id}`)}>
          <code>{shortId(task_id)}</code>
        </Link>
      </dd>
    </dl>
  );
}

function Try(props: {
  readonly made: SentTry;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { made, chosen } = props;
  const { number, status, error, answer, started_time, duration_ms } = made;
  const good = status !== null && status >= 200 && status < 300;
  return (
    <li className="try" data-chosen={chosen || undefined}>
      <div className="row">
        <span className="muted">{number}</span>
        <span className="badge" data-tone={good ? "green" : "red"} data-plain>
          {status ?? errorWords(error)}
        </span>
        <span className="grow meta">
          <Time value={started_time} />
          {duration_ms !== null && ` · ${formatDuration(duration_ms)}`}
        </span>
        {!chosen && (
          <Button small kind="quiet" onClick={props.onChoose}>
            {words.show}
          </Button>
        )}
      </div>
      {chosen && answer !== "" && (
        <pre className="exchange delivery-answer">
          <Untrusted text={answer} />
        </pre>
      )}
      {chosen && answer === "" && status !== null && <p className="meta">{words.noBody}</p>}
    </li>
  );
}

/** The line of the request and our own headers, as they left. */
function Head(props: { readonly delivery: SentDelivery; readonly made: SentTry | undefined }) {
  const { delivery, made } = props;
  const url = URL.parse(delivery.callback_url);
  const target = url === null ? delivery.callback_url : url.pathname + url.search;
  const headers = Object.entries(made?.headers ?? {});
  const lines = [
    `${delivery.request.method} ${target} HTTP/1.1`,
    ...(url === null ? [] : [`host: ${url.host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return (
    <>
      <pre className="exchange">
        <Untrusted text={lines.join("\n")} />
      </pre>
      {made !== undefined && made.headers === null && <p className="meta">{words.notKept}</p>}
    </>
  );
}
