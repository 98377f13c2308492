/** Groups are set apart by a narrow space that never breaks. */
const GROUP = "\u202f";
const MINUS = "\u2212";

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 3, useGrouping: true });

/** A number of at most three decimals, groups of thousands set apart, `−` for less than none. */
export function formatNumber(value: number): string {
  return plain.format(value).replaceAll(",", GROUP).replace("-", MINUS);
}

/**
 * Credits as people read them: `195`, `14.5`, `0.001`.
 * @param exact The API's decimal string or a number; `null` and what is no number give `–`.
 */
export function formatCredits(exact: string | number | null | undefined): string {
  const value = typeof exact === "string" ? Number(exact) : exact;
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return formatNumber(value);
}

/** Credits with their unit: `1 credit`, `195 credits`. */
export function formatCreditsLong(exact: string | number | null | undefined): string {
  const text = formatCredits(exact);
  return text === "1" ? "1 credit" : `${text} credits`;
}

/** A duration: `840 ms`, `4.2 s`, `1 min 32 s`, `2 h 05 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  const least = Math.max(0, ms);
  if (least < 1_000) return `${Math.round(least)} ms`;
  if (least < 59_950) return `${trimmed(least / 1_000, least < 10_000 ? 1 : 0)} s`;
  const seconds = Math.round(least / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Seconds of a track or film on a clock: `0:05`, `3:12`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = `${padded(whole % 60)}`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${rest}`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes in decimal units: `8.4 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1_000;
    step += 1;
  }
  return `${trimmed(value, step > 0 && value < 10 ? 1 : 0)} ${UNITS[step]}`;
}

/** A share of one as percent, with a decimal below ten: `2.4 %`, `87 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${trimmed(percent, Math.abs(percent) < 10 ? 1 : 0)} %`;
}

/** The API writes times in UTC without a zone; `null` for what is no time. */
export function parseTime(text: string | null | undefined): Date | null {
  if (text === null || text === undefined || text === "") return null;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? null : date;
}

const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const hourMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** How long ago or when: relative within a day, then `20 Nov 10:08`, other years `20 Nov 2025`. */
export function formatTime(date: Date, nowMs: number): string {
  const awayMs = date.getTime() - nowMs;
  if (Math.abs(awayMs) < 86_400_000) return relative(awayMs);
  const day = dayMonth.format(date);
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return sameYear ? `${day} ${hourMinute.format(date)}` : `${day} ${date.getFullYear()}`;
}

/** The time of a log line in local time: `10:08:31.204`. */
export function formatLogTime(date: Date): string {
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(padded).join(":");
  return `${clock}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** What the tooltip of a time says: local, UTC and Unix seconds. */
export function formatTimeLong(date: Date): string {
  const utc = date.toISOString().replace("T", " ").slice(0, 19);
  return `${date.toLocaleString("en-GB")} · ${utc} UTC · ${Math.floor(date.getTime() / 1_000)}`;
}

/** An id that keeps its tail: `task…uyujaw3d`. Short ones stay whole. */
export function shortId(id: string): string {
  if (id.length <= 18) return id;
  const head = /^[a-z]+/.exec(id)?.[0].slice(0, 8) ?? id.slice(0, 4);
  return `${head}…${id.slice(-8)}`;
}

/** Text of strangers with control and direction characters made visible. */
export function visibleText(text: string): string {
  return text.replace(/[^\n\t\P{C}]|[\u200b\u200e\u200f]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    // Joiners build letters and emoji, and lone surrogates are shown as such by the browser.
    if (code === 0x200c || code === 0x200d || code > 0xffff) return sign;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

function relative(awayMs: number): string {
  const minutes = Math.round(Math.abs(awayMs) / 60_000);
  if (Math.abs(awayMs) < 5_000) return "now";
  const text =
    Math.abs(awayMs) < 59_500
      ? `${Math.round(Math.abs(awayMs) / 1_000)} s`
      : minutes < 60
        ? `${minutes} min`
        : `${Math.round(minutes / 60)} h`;
  return awayMs < 0 ? `${text} ago` : `in ${text}`;
}

function trimmed(value: number, decimals: number): string {
  return formatNumber(Number(value.toFixed(decimals)));
}

function padded(value: number): string {
  return String(value).padStart(2, "0");
}
