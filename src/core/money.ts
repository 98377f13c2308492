/**
 * An amount of credits in integer thousandths. One credit is 0.005 USD; amounts stay below 2^53.
 */
export type Millicredits = number;

/** Millicredits in one credit. */
export const MILLICREDITS_PER_CREDIT = 1000;

/** Turns credits as written in a price list (8.48, 0.5) into millicredits. */
export function fromCredits(credits: number): Millicredits {
  return Math.round(credits * MILLICREDITS_PER_CREDIT);
}

/** A balance as the wire shows it: whole credits, rounded down, so that it is never too much. */
export function wholeCreditsDown(amount: Millicredits): number {
  return Math.floor(amount / MILLICREDITS_PER_CREDIT);
}

/** A price as the wire shows it: whole credits, rounded up, so that it is never too little. */
export function wholeCreditsUp(amount: Millicredits): number {
  return Math.ceil(amount / MILLICREDITS_PER_CREDIT);
}

/** The exact amount as a decimal string without trailing zeros: `8480` gives `"8.48"`. */
export function exactCredits(amount: Millicredits): string {
  const sign = amount < 0 ? "-" : "";
  const digits = String(Math.abs(amount)).padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0+$/, "");
  const whole = digits.slice(0, -3);
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
