import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { Field, Input } from "../../components/field.tsx";
import { Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { formatDuration } from "../../lib/format.ts";
import { common } from "../../strings/en/shell.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import type { PingResult } from "./webhook-data.ts";

/** Sends a signed test event to a URL and shows what came back. */
export function PingDialog({ onClose }: { readonly onClose: () => void }) {
  const [url, setUrl] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [result, setResult] = useState<PingResult | null>(null);
  const words = webhooks.ping;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError("");
    setResult(null);
    try {
      setResult(await api<PingResult>("/api/webhooks/ping", { body: { url } }));
    } catch (fault) {
      setError(messageOf(fault));
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.close}</Button>
          <Button kind="primary" type="submit" form="ping" busy={busy}>
            {words.action}
          </Button>
        </>
      }
    >
      <form id="ping" className="stack" onSubmit={(event) => void send(event)} noValidate>
        <Field label={words.url} hint={words.hint} error={error}>
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              placeholder="https://example.com/hook"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <div role="status">{result !== null && <Answered result={result} />}</div>
      </form>
    </Dialog>
  );
}

function Answered({ result }: { readonly result: PingResult }) {
  const { status, error, duration_ms, answer } = result;
  const good = status !== null && status >= 200 && status < 300;
  const took = duration_ms === null ? "" : ` · ${formatDuration(duration_ms)}`;
  return (
    <Notice tone={good ? "green" : "red"}>
      {status === null
        ? webhooks.ping.failed(error ?? webhooks.tries.noAnswer)
        : webhooks.ping.answered(status)}
      {took}
      {answer !== "" && (
        <pre className="ping-answer">
          <Untrusted text={answer} />
        </pre>
      )}
    </Notice>
  );
}
