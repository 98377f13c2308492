import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { useToast } from "../../components/toast.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import { webhooks } from "../../strings/en/webhooks.ts";
import { type Endpoint, endpointsQuery } from "./webhook-data.ts";

/** Hosts that fail or are disabled: why, what that does, and the way to call them again. */
export function Endpoints({ may }: { readonly may: boolean }) {
  const { project } = useScene();
  const { data = [] } = useQuery(endpointsQuery(project.id));
  const [whole, setWhole] = useState(false);
  if (data.length === 0) return null;
  // What is disabled stands first: nothing gets there.
  const sorted = data.toSorted(
    (one, other) => Number(one.disabled_time === null) - Number(other.disabled_time === null),
  );
  return (
    <div className="endpoints">
      {sorted.slice(0, whole ? sorted.length : SHOWN_MAX).map((endpoint) => (
        <Trouble key={endpoint.host} endpoint={endpoint} may={may} />
      ))}
      {!whole && sorted.length > SHOWN_MAX && (
        <Button small onClick={() => setWhole(true)}>
          {webhooks.endpoints.all(sorted.length)}
        </Button>
      )}
    </div>
  );
}

/** Hosts that stand above the list before the rest is asked for. */
const SHOWN_MAX = 3;

function Trouble({ endpoint, may }: { readonly endpoint: Endpoint; readonly may: boolean }) {
  const { host, failing_since, disabled_time, reason } = endpoint;
  const client = useQueryClient();
  const toast = useToast();
  const words = webhooks.endpoints;
  const enable = async (): Promise<void> => {
    try {
      await api("/api/webhooks/endpoints/enable", { body: { host } });
      toast({ tone: "green", text: words.enabled });
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    await client.invalidateQueries({ queryKey: ["webhooks"] });
  };
  const disabled = disabled_time !== null;
  return (
    <Notice
      tone={disabled ? "red" : "amber"}
      action={
        disabled &&
        may && (
          <Button small onClick={() => void enable()}>
            {words.enable}
          </Button>
        )
      }
    >
      <strong className="unbroken">
        <Untrusted text={host} />
      </strong>
      {disabled ? (
        <p>
          {words.since} <Time value={disabled_time} />. {words.disabled[reason ?? "failing"]}{" "}
          {words.effect}
        </p>
      ) : (
        <p>
          {words.failingSince} <Time value={failing_since} />. {words.failingEffect}
        </p>
      )}
    </Notice>
  );
}
