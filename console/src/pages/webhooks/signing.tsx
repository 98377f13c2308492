import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Snippets } from "../../components/code.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { LoadError, messageOf } from "../../components/feedback.tsx";
import { Segmented, Switch } from "../../components/field.tsx";
import { useToast } from "../../components/toast.tsx";
import { Copy, Time } from "../../components/values.tsx";
import { VERIFY_SNIPPETS } from "../../data/verify-snippets.ts";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import { common } from "../../strings/en/shell.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { settingsQuery, type WebhookSecret, type WebhookSettings } from "./webhook-data.ts";

/** The secret that signs callbacks, their form, and how a program verifies them. */
export function Signing() {
  return (
    <div className="signing">
      <Secret />
      <Form />
      <section className="stack-tight signing-code">
        <h2>{webhooks.secret.verify}</h2>
        <Snippets snippets={VERIFY_SNIPPETS} label={webhooks.secret.verify} />
      </section>
    </div>
  );
}

function Secret() {
  const { project } = useScene();
  const client = useQueryClient();
  const toast = useToast();
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState(false);
  const words = webhooks.secret;
  const queryKey = ["webhooks", project.id, "secret"];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<WebhookSecret>("/api/webhooks/secret", { signal }),
    enabled: shown,
  });
  const rotate = async (): Promise<void> => {
    setAsking(false);
    try {
      const secret = await api<WebhookSecret>("/api/webhooks/secret/rotate", { method: "POST" });
      client.setQueryData(queryKey, secret);
      setShown(true);
      toast({ tone: "green", text: words.rotated });
    } catch (fault) {
      toast({ tone: "red", text: messageOf(fault) });
    }
  };
  return (
    <section className="card">
      <div className="card-head">
        <h2 className="grow">{words.title}</h2>
        <Button small onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </Button>
        <Button small icon="retry" onClick={() => setAsking(true)}>
          {words.rotate}
        </Button>
      </div>
      <div className="card-body stack-tight">
        <p className="muted">{words.text}</p>
        {shown && error !== null && data === undefined && (
          <LoadError error={error} onRetry={() => void refetch()} />
        )}
        {shown && data !== undefined && <Shown secret={data} />}
      </div>
      {asking && (
        <Dialog
          title={words.rotate}
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
              <Button kind="primary" onClick={() => void rotate()}>
                {words.rotate}
              </Button>
            </>
          }
        >
          <p>{words.rotateText}</p>
        </Dialog>
      )}
    </section>
  );
}

function Shown({ secret }: { readonly secret: WebhookSecret }) {
  return (
    <>
      <div className="copy-line">
        <code>{secret.secret}</code>
        <Copy text={secret.secret} />
      </div>
      {secret.former_secret !== null && (
        <>
          <p className="meta">
            {webhooks.secret.former} <Time value={secret.former_until} />
          </p>
          <div className="copy-line">
            <code>{secret.former_secret}</code>
            <Copy text={secret.former_secret} />
          </div>
        </>
      )}
    </>
  );
}

function Form() {
  const { project } = useScene();
  const client = useQueryClient();
  const toast = useToast();
  const query = settingsQuery(project.id);
  const { data } = useQuery(query);
  const words = webhooks.settings;
  if (data === undefined) return null;
  const change = async (wish: Partial<WebhookSettings>): Promise<void> => {
    try {
      const next = await api<WebhookSettings>("/api/webhooks/settings", { body: wish });
      client.setQueryData(query.queryKey, next);
      toast({ tone: "green", text: words.saved });
    } catch (fault) {
      toast({ tone: "red", text: messageOf(fault) });
    }
  };
  return (
    <section className="card">
      <div className="card-head">
        <h2>{words.title}</h2>
      </div>
      <div className="card-body stack">
        <Segmented
          label={words.body}
          choices={[
            { value: "flat", label: words.flat },
            { value: "wrapped", label: words.wrapped },
          ]}
          value={data.body}
          onChange={(body) => void change({ body })}
        />
        <Switch
          label={words.retry}
          hint={words.retryHint}
          checked={data.retry_4xx}
          onChange={(retry_4xx) => void change({ retry_4xx })}
        />
      </div>
    </section>
  );
}
