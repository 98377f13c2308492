import { describeAccept } from "./conformance/accept.ts";
import { describeCancel } from "./conformance/cancel.ts";
import { describeClaims } from "./conformance/claims.ts";
import { describeDeliveries } from "./conformance/deliveries.ts";
import { describeDoors } from "./conformance/doors.ts";
import type { OpenStore } from "./conformance/fixture.ts";
import { describeInquiries } from "./conformance/inquiries.ts";
import { describeKeyCaps } from "./conformance/key-caps.ts";
import { describeKeys } from "./conformance/keys.ts";
import { describeLedger } from "./conformance/ledger.ts";
import { describePeople } from "./conformance/people.ts";
import { describeRates } from "./conformance/rates.ts";
import { describeReads } from "./conformance/reads.ts";
import { describeRetention } from "./conformance/retention.ts";
import { describeSettle } from "./conformance/settle.ts";
import { describeSteps } from "./conformance/steps.ts";
import { describeUsage } from "./conformance/usage.ts";
import { describeViews } from "./conformance/views.ts";
import { describeWebhooks } from "./conformance/webhooks.ts";

/**
 * Registers the tests that every driver has to pass: each promise of the contract in `store.ts`.
 * @param open Opens a store on an empty database and closes it when the test ends.
 */
export function describeStore(name: string, open: OpenStore): void {
  describeAccept(name, open);
  describeReads(name, open);
  describeClaims(name, open);
  describeSteps(name, open);
  describeSettle(name, open);
  describeCancel(name, open);
  describeInquiries(name, open);
  describeLedger(name, open);
  describeKeys(name, open);
  describeKeyCaps(name, open);
  describePeople(name, open);
  describeDeliveries(name, open);
  describeWebhooks(name, open);
  describeDoors(name, open);
  describeRates(name, open);
  describeRetention(name, open);
  describeViews(name, open);
  describeUsage(name, open);
}
