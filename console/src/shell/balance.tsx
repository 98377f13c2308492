import { useQuery } from "@tanstack/react-query";
import { Money } from "../components/values.tsx";
import { api } from "../lib/api.ts";
import { useScene } from "../lib/session.tsx";
import { common, shell } from "../strings/en/shell.ts";

/** What `GET /api/user/balance` gives: credits that are left. */
interface BalanceData {
  readonly credits_amount: number;
}

/** What the project has left; `undefined` while it is not known. */
export function useBalance(): number | undefined {
  const { project } = useScene();
  const { data } = useQuery({
    queryKey: ["balance", project.id],
    queryFn: ({ signal }) => api<BalanceData>("/api/user/balance", { signal }),
  });
  return data?.credits_amount;
}

/** What the project has left, in the rail. */
export function Balance() {
  const balance = useBalance();
  return (
    <div className="rail-balance rail-text" title={shell.balance}>
      <strong>
        <Money credits={balance} />
      </strong>
      {common.credits}
    </div>
  );
}
