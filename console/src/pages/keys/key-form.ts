import type { Scope } from "../../lib/session.tsx";
import { keys } from "../../strings/en/keys.ts";
import type { KeyWish } from "./api-key.ts";

/** What the dialog holds while it is filled in; numbers as they are typed. */
export interface KeyForm {
  readonly name: string;
  readonly mode: "live" | "test";
  readonly scopes: readonly Scope[];
  /** Days, or `never`. */
  readonly expires: string;
  readonly perDay: string;
  readonly total: string;
  readonly perMinute: string;
  readonly networks: string;
}

/** All scopes in the order in which they are shown. */
export const SCOPES: readonly Scope[] = ["submit", "read", "cancel", "files", "webhooks", "admin"];

/** A new key, as the gateway would make it without any wish. */
export const EMPTY_FORM: KeyForm = {
  name: "",
  mode: "live",
  scopes: SCOPES.filter((scope) => scope !== "admin"),
  expires: "never",
  perDay: "",
  total: "",
  perMinute: "",
  networks: "",
};

/** What is wrong with the form, by field. */
export function keyFaults(form: KeyForm): Readonly<Partial<Record<keyof KeyForm, string>>> {
  const found: Partial<Record<keyof KeyForm, string>> = {};
  const { faults } = keys;
  if (form.name.trim() === "") found.name = faults.name;
  if (form.scopes.length === 0) found.scopes = faults.scopes;
  if (!isAmount(form.perDay)) found.perDay = faults.number;
  if (!isAmount(form.total)) found.total = faults.number;
  const strange = networksOf(form.networks).find((network) => !isNetwork(network));
  if (strange !== undefined) found.networks = faults.network(strange);
  if (!isAmount(form.perMinute) || form.perMinute.includes(".")) found.perMinute = faults.whole;
  return found;
}

/** What is sent. */
export function keyWish(form: KeyForm): KeyWish {
  const networks = networksOf(form.networks);
  return {
    name: form.name.trim(),
    mode: form.mode,
    scopes: form.scopes,
    networks: networks.length === 0 ? null : networks,
    expires_in_days: form.expires === "never" ? null : Number(form.expires),
    spend_per_day: amountOf(form.perDay),
    spend_total: amountOf(form.total),
    requests_per_minute: amountOf(form.perMinute),
  };
}

function networksOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((network) => network !== "");
}

/** Whether it looks like an address or a network; the gateway judges the rest. */
function isNetwork(text: string): boolean {
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(\/\d{1,2})?$/.exec(text);
  if (v4 !== null) return v4.slice(1, 5).every((part) => Number(part) <= 255);
  return /^[0-9a-f.]*:[0-9a-f:.]*(\/\d{1,3})?$/i.test(text);
}

function isAmount(text: string): boolean {
  return text.trim() === "" || (/^\d+(\.\d{1,3})?$/.test(text.trim()) && Number(text) > 0);
}

function amountOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
