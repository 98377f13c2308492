import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { usePlace } from "../../lib/router.tsx";
import { useMay } from "../../lib/session.tsx";
import { pages } from "../../strings/en/pages.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { Deliveries } from "./deliveries.tsx";
import { DeliveryFilters } from "./delivery-filters.tsx";
import { Endpoints } from "./endpoints.tsx";
import { PingDialog } from "./ping-dialog.tsx";
import { Signing } from "./signing.tsx";
import { SpanDialog } from "./span-dialog.tsx";
import type { DeliveryFilter } from "./webhook-data.ts";
import "./webhooks.css";

/** Did it arrive: callbacks with every try, sending again, the secret that signs them. */
export function WebhooksPage() {
  const may = useMay("webhooks");
  const [dialog, setDialog] = useState<"ping" | "span" | null>(null);
  const filter = useFilter();
  return (
    <Page
      title={pages.webhooks}
      lead={webhooks.lead}
      actions={
        may && (
          <>
            <Button icon="retry" onClick={() => setDialog("span")}>
              {webhooks.recover}
            </Button>
            <Button kind="primary" icon="webhooks" onClick={() => setDialog("ping")}>
              {webhooks.sendTest}
            </Button>
          </>
        )
      }
      filters={may && <DeliveryFilters filter={filter} />}
    >
      <Endpoints may={may} />
      <Deliveries key={JSON.stringify(filter)} filter={filter} may={may} />
      {may && <Signing />}
      {dialog === "ping" && <PingDialog onClose={() => setDialog(null)} />}
      {dialog === "span" && <SpanDialog onClose={() => setDialog(null)} />}
    </Page>
  );
}

function useFilter(): DeliveryFilter {
  const { query } = usePlace();
  const word = (name: keyof DeliveryFilter): string => query.get(name) ?? "";
  return { state: word("state"), host: word("host"), code: word("code"), from: word("from") };
}
