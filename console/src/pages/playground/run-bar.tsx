import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/feedback.tsx";
import { Segmented } from "../../components/field.tsx";
import { ApiError } from "../../lib/api.ts";
import { formatCredits, formatCreditsLong } from "../../lib/format.ts";
import { modSign } from "../../lib/shortcuts.ts";
import { useBalance } from "../../shell/balance.tsx";
import { playground } from "../../strings/en/playground.ts";
import { common } from "../../strings/en/shell.ts";
import { inFormWords } from "./form-words.ts";
import type { RunMode } from "./runs.ts";
import type { Draft } from "./use-draft.ts";
import { useQuote } from "./use-quote.ts";

/** The price of the next press, and the press. */
export function RunBar(props: {
  readonly draft: Draft;
  readonly mode: RunMode;
  /** Whether this person may run anything. */
  readonly may: boolean;
  /** Run was pressed. */
  readonly tried: boolean;
  readonly onMode: (mode: RunMode) => void;
  readonly onRun: () => void;
}) {
  const { draft, mode, may } = props;
  const complete = draft.faults.size === 0;
  const quote = useQuote(draft.body, mode, complete && may);
  const balance = useBalance();
  const credits = complete && quote.error === null ? (quote.data?.credits ?? null) : null;
  const price = credits === null ? null : Number(credits);
  const missing = price !== null && balance !== undefined ? price - balance : 0;
  const paid = price !== null && price > 0;
  return (
    <div className="run-bar">
      {quote.error instanceof ApiError && complete && (draft.touched || props.tried) && (
        <Notice tone="amber">{inFormWords(quote.error.message, draft.fields)}</Notice>
      )}
      {missing > 0 && paid && (
        <Notice tone="amber">{playground.quote.short(formatCreditsLong(missing))}</Notice>
      )}
      <div className="row-wrap">
        <ModeChoice mode={mode} onMode={props.onMode} />
        <span className="run-price grow" role="status" aria-label={playground.quote.label}>
          <PriceText
            complete={complete}
            known={quote.data !== undefined}
            price={price}
            balance={balance}
          />
        </span>
      </div>
      <div className="row">
        <Button
          kind="primary"
          large
          wide
          off={!may}
          title={may ? undefined : common.viewerOnly}
          onClick={props.onRun}
          data-run
        >
          {paid ? playground.runFor(formatCreditsLong(price)) : playground.run}
          <span className="run-keys">{modSign()}↵</span>
        </Button>
        <Button kind="quiet" large onClick={draft.reset}>
          {playground.reset}
        </Button>
      </div>
    </div>
  );
}

function PriceText(props: {
  readonly complete: boolean;
  readonly known: boolean;
  readonly price: number | null;
  readonly balance: number | undefined;
}) {
  const { quote } = playground;
  const { complete, known, price, balance } = props;
  if (price === null) return <>{complete && known ? quote.unknown : quote.none}</>;
  if (price === 0) return <>{quote.free}</>;
  return (
    <>
      <strong>{formatCreditsLong(price)}</strong>
      {balance !== undefined && ` ${quote.of(formatCredits(balance))}`}
    </>
  );
}

/** The choice between paid and free, for the bar at the bottom of the form. */
function ModeChoice(props: { readonly mode: RunMode; readonly onMode: (mode: RunMode) => void }) {
  const { mode } = playground;
  return (
    <Segmented
      label={mode.label}
      value={props.mode}
      onChange={props.onMode}
      choices={[
        { value: "live", label: mode.live },
        { value: "test", label: mode.test },
      ]}
    />
  );
}
