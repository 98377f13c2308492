import { exactCredits, type Millicredits, wholeCreditsUp } from "../core/money.ts";

/** The answer to a quote: what a submit of the same body would hold. */
export interface QuoteData {
  readonly model: string;
  /** Whole credits, rounded up; `null` when the model has no price. */
  readonly credits_amount: number | null;
  /** The same, exact. */
  readonly credits: string | null;
}

/** Writes a price; `null` stands for an unknown one. */
export function quoteData(model: string, price: Millicredits | null): QuoteData {
  return {
    model,
    credits_amount: price === null ? null : wholeCreditsUp(price),
    credits: price === null ? null : exactCredits(price),
  };
}
