import type { Cost, UpstreamError } from "../core/outcome.ts";

/** The member of a production or an error that tells a cost; empty where none is told. */
export interface CostPart {
  readonly cost?: Cost;
}

/** Reads an amount that an upstream tells, as a number or as a decimal text. */
export function costPart(amount: number | string | null, unit: Cost["unit"]): CostPart {
  const text = typeof amount === "number" ? plain(amount) : (amount ?? "");
  return /^\d{1,15}(\.\d{1,12})?$/.test(text) ? { cost: { amount: text, unit } } : {};
}

/** Reads ten-billionths of a dollar. */
export function tickCost(ticks: number | null): CostPart {
  if (ticks === null || !Number.isSafeInteger(ticks) || ticks < 0) return {};
  const digits = String(ticks).padStart(11, "0");
  const fraction = digits.slice(-10).replace(/0+$/, "");
  const whole = digits.slice(0, -10);
  return costPart(fraction === "" ? whole : `${whole}.${fraction}`, "usd");
}

/** A failure of which the upstream tells what it charges: nothing, or how much. */
export function withCost(error: UpstreamError, { cost }: CostPart): UpstreamError {
  if (cost === undefined) return error;
  return { ...error, cost, billed: Number(cost.amount) > 0 ? "yes" : "no" };
}

/** Numbers that JavaScript writes with an exponent are written out. */
function plain(amount: number): string {
  const text = String(amount);
  return text.includes("e") ? amount.toFixed(12).replace(/\.?0+$/, "") : text;
}
