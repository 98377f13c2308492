import { useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useAttempt } from "../../lib/attempt.ts";
import { providers as words } from "../../strings/en/providers.ts";
import type { ProviderKey } from "./provider-data.ts";

/** A key that was added here, by its end, with the way to remove it. */
export function KeyLine({ subject }: { readonly subject: ProviderKey }) {
  const client = useQueryClient();
  const { busy, attempt } = useAttempt();
  const remove = async (): Promise<void> => {
    const path = `/api/provider-keys/${subject.key_id}/remove`;
    await attempt(() => api(path, { method: "POST" }), words.removed);
    await client.invalidateQueries({ queryKey: ["providers"] });
    await client.invalidateQueries({ queryKey: ["models"] });
  };
  return (
    <div className="row-wrap">
      <code>
        <Untrusted text={subject.account} /> {words.keyEnds(subject.last4)}
      </code>
      <span className="meta">
        <Time value={subject.created_time} />
      </span>
      {!subject.readable && <span className="meta">{words.unreadable}</span>}
      <Button small kind="danger-plain" busy={busy} onClick={() => void remove()}>
        {words.remove}
      </Button>
    </div>
  );
}
