import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge, Chip, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import type { IconName } from "../../components/icon.tsx";
import { Page } from "../../components/page.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { ApiError } from "../../lib/api.ts";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { pages } from "../../strings/en/pages.ts";
import { providers as words } from "../../strings/en/providers.ts";
import { AddKey } from "./add-key.tsx";
import { KeyLine } from "./key-line.tsx";
import {
  type Provider,
  type ProviderAccount,
  type ProviderKey,
  type ProviderState,
  providersQuery,
} from "./provider-data.ts";
import "./providers.css";

/** What serves the gateway: state, accounts, keys that were added, and what a key would bring. */
export function ProvidersPage() {
  const { data, error, refetch } = useQuery(providersQuery());
  const [adding, setAdding] = useState<string | null>(null);
  useShortcuts({ n: () => setAdding("") });
  if (error instanceof ApiError && (error.status === 403 || error.status === 404)) {
    return (
      <Page title={pages.providers}>
        <Empty icon="lock" title={words.forbidden} />
      </Page>
    );
  }
  return (
    <Page
      title={pages.providers}
      lead={words.lead}
      actions={
        <Button kind="primary" icon="plus" onClick={() => setAdding("")}>
          {words.add}
        </Button>
      }
    >
      {data === undefined && error === null && <Skeleton height={400} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
      <ul className="providers">
        {data?.providers.toSorted(byUse).map((provider) => (
          <ProviderCard
            key={provider.name}
            provider={provider}
            keys={data.keys.filter((key) => key.provider === provider.name)}
            onAdd={() => setAdding(provider.name)}
          />
        ))}
      </ul>
      {adding !== null && data !== undefined && (
        <AddKey
          providers={data.providers.filter(({ activated_by }) => activated_by !== null)}
          chosen={adding}
          onClose={() => setAdding(null)}
        />
      )}
    </Page>
  );
}

/** What serves stands before what could. */
function byUse(one: Provider, other: Provider): number {
  return Number(one.state === "no_key") - Number(other.state === "no_key");
}

const SIGNS: Readonly<Record<ProviderState, { readonly tone: Tone; readonly icon: IconName }>> = {
  no_key: { tone: "grey", icon: "dashed" },
  healthy: { tone: "green", icon: "finished" },
  paused: { tone: "amber", icon: "pause" },
  circuit: { tone: "red", icon: "warning" },
  resting: { tone: "amber", icon: "clock" },
  busy: { tone: "blue", icon: "running" },
};

function StateBadge(props: { readonly state: ProviderState; readonly until: string | null }) {
  const { tone, icon } = SIGNS[props.state];
  return (
    <Badge tone={tone} icon={icon}>
      {words.states[props.state]}
      {props.until !== null && (
        <>
          {" "}
          {words.until} <Time value={props.until} />
        </>
      )}
    </Badge>
  );
}

function ProviderCard(props: {
  readonly provider: Provider;
  readonly keys: readonly ProviderKey[];
  readonly onAdd: () => void;
}) {
  const { provider, keys } = props;
  const idle = provider.state === "no_key";
  return (
    <li className="card" data-idle={idle || undefined}>
      <div className="card-head">
        <h2 className="grow">{provider.name}</h2>
        <StateBadge state={provider.state} until={provider.until_time} />
      </div>
      <div className="card-body stack-tight">
        {provider.in_flight > 0 && <p className="meta">{words.inFlight(provider.in_flight)}</p>}
        {provider.accounts.map((account) => (
          <AccountLine key={account.account} account={account} />
        ))}
        {keys.map((key) => (
          <KeyLine key={key.key_id} subject={key} />
        ))}
        <Models names={provider.models} idle={idle} />
        {idle && (
          <div className="row-wrap">
            <Button small icon="plus" onClick={props.onAdd}>
              {words.add}
            </Button>
            {provider.activated_by !== null && (
              <span className="meta">{words.activate(provider.activated_by)}</span>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

function AccountLine({ account }: { readonly account: ProviderAccount }) {
  const fault = account.last_error;
  return (
    <div className="account-line">
      <div className="row-wrap">
        <strong>
          <Untrusted text={account.account} />
        </strong>
        <span className="muted">{words.sources[account.source]}</span>
        {account.host !== null && (
          <code className="muted">
            <Untrusted text={account.host} />
          </code>
        )}
        {account.state !== "healthy" && (
          <StateBadge state={account.state} until={account.until_time} />
        )}
      </div>
      {fault !== null && (
        <p className="meta">
          {words.lastError} <Time value={fault.time} />: <Untrusted text={fault.message} />
        </p>
      )}
    </div>
  );
}

const SHOWN_MAX = 8;

function Models({ names, idle }: { readonly names: readonly string[]; readonly idle: boolean }) {
  if (names.length === 0) {
    return <p className="meta">{idle ? words.wouldMap : words.unmapped}</p>;
  }
  const shown = names.slice(0, SHOWN_MAX);
  return (
    <div className="row-wrap">
      {idle && <span className="meta">{words.wouldServe}</span>}
      {shown.map((name) => (
        <Chip key={name}>{name}</Chip>
      ))}
      {names.length > SHOWN_MAX && (
        <span className="meta" title={names.join(", ")}>
          + {words.models(names.length - SHOWN_MAX)}
        </span>
      )}
    </div>
  );
}
