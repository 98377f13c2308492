import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { useToast } from "../../components/toast.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import { webhooks } from "../../strings/en/webhooks.ts";
import { type Endpoint, endpointsQuery } from "./webhook-data.ts";

/** Hosts that have failed for long, with the way to let callbacks go to them again. */
export function Endpoints({ may }: { readonly may: boolean }) {
  const { project } = useScene();
  const { data } = useQuery(endpointsQuery(project.id));
  return data?.map((endpoint) => <Trouble key={endpoint.host} endpoint={endpoint} may={may} />);
}

const WHY: Readonly<Record<string, string>> = webhooks.endpoints.why;

function Trouble({ endpoint, may }: { readonly endpoint: Endpoint; readonly may: boolean }) {
  const { host, failing_since, disabled_time } = endpoint;
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
      <Untrusted text={host} />: {disabled ? words.disabled : words.failing}{" "}
      <Time value={disabled_time ?? failing_since} />
      {disabled && <div>{WHY[endpoint.reason ?? ""]}</div>}
    </Notice>
  );
}
