import { exactCredits, type Millicredits, wholeCreditsDown } from "../core/money.ts";

/** A balance answer: the two documented members, and the exact amount. */
export interface BalanceData {
  readonly email: string;
  /** Whole credits, rounded down; 0 when more was spent than granted, with `VIDGO_CREDITS=off`. */
  readonly credits_amount: number;
  /** What the book says, exact: below zero then. */
  readonly credits: string;
}

/** Writes what a project has left. */
export function balanceData(email: string, balance: Millicredits): BalanceData {
  const whole = Math.max(0, wholeCreditsDown(balance));
  return { email, credits_amount: whole, credits: exactCredits(balance) };
}
