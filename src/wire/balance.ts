import { exactCredits, type Millicredits, wholeCreditsDown } from "../core/money.ts";

/** A balance answer: the two documented members, and the exact amount. */
export interface BalanceData {
  readonly email: string;
  /** Whole credits, rounded down. */
  readonly credits_amount: number;
  /** The same, exact. */
  readonly credits: string;
}

/** Writes what a project has left. */
export function balanceData(email: string, balance: Millicredits): BalanceData {
  return { email, credits_amount: wholeCreditsDown(balance), credits: exactCredits(balance) };
}
