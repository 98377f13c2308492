import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/feedback.tsx";
import { Field, Input } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { formatDuration } from "../../lib/format.ts";
import { useSubmission } from "../../lib/submission.ts";
import { common } from "../../strings/en/shell.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { errorWords } from "./delivery-words.ts";
import type { PingResult } from "./webhook-data.ts";

/** Sends a signed test event to a URL and shows what came back. */
export function PingDialog({ onClose }: { readonly onClose: () => void }) {
  const [url, setUrl] = useState("");
  const { busy, send, faultOf } = useSubmission(["url"]);
  const [result, setResult] = useState<PingResult | null>(null);
  const words = webhooks.ping;
  const submit = (): void => {
    setResult(null);
    void send(async () => {
      setResult(await api<PingResult>("/api/webhooks/ping", { body: { url } }));
    });
  };
  return (
    <FormDialog
      title={words.title}
      onClose={onClose}
      onSubmit={submit}
      submit={words.action}
      busy={busy}
      leave={<Button onClick={onClose}>{common.close}</Button>}
    >
      <Field label={words.url} hint={words.hint} error={faultOf("url") || faultOf(null)}>
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
    </FormDialog>
  );
}

function Answered({ result }: { readonly result: PingResult }) {
  const { status, error, duration_ms, answer } = result;
  const good = status !== null && status >= 200 && status < 300;
  const took = duration_ms === null ? "" : ` · ${formatDuration(duration_ms)}`;
  return (
    <Notice tone={good ? "green" : "red"}>
      {status === null ? webhooks.ping.failed(errorWords(error)) : webhooks.ping.answered(status)}
      {took}
      {answer !== "" && (
        <pre className="ping-answer">
          <Untrusted text={answer} />
        </pre>
      )}
    </Notice>
  );
}
