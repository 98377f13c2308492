/** A colour in OKLCH: lightness 0 to 1, chroma 0 to about 0.3, hue in degrees. */
export type Lch = readonly [lightness: number, chroma: number, hue: number];

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour as CSS text; `alpha` 0 to 1. */
export function css(colour: Lch, alpha = 1): string {
  const [red, green, blue] = toRgb(colour);
  return alpha >= 1
    ? `rgb(${red},${green},${blue})`
    : `rgba(${red},${green},${blue},${Math.max(0, alpha).toFixed(3)})`;
}

/** A colour as the screen shows it; what sRGB cannot show is clipped. */
export function toRgb([lightness, chroma, hue]: Lch): Rgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The OKLCH of a screen colour. */
export function fromRgb([red, green, blue]: Rgb): Lch {
  const r = toLinear(red);
  const g = toLinear(green);
  const b = toLinear(blue);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(x, y), ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360];
}

/**
 * Mixes two colours, hue on the short arc; between blue and warm skies it goes through rose, never
 * through green. A grey takes the hue of the other.
 */
export function mix(first: Lch, second: Lch, share: number): Lch {
  const t = Math.min(1, Math.max(0, share));
  const from = first[1] < 0.008 ? second[2] : first[2];
  const to = second[1] < 0.008 ? from : second[2];
  return [
    first[0] + (second[0] - first[0]) * t,
    first[1] + (second[1] - first[1]) * t,
    (from + hueWay(from, to) * t + 720) % 360,
  ];
}

/** A colour with lightness and chroma changed: `[+lightness, ×chroma, +hue]`. */
export function shift(colour: Lch, [light, times, turn]: readonly [number, number, number]): Lch {
  return [
    Math.min(1, Math.max(0, colour[0] + light)),
    Math.min(0.32, colour[1] * times),
    (colour[2] + turn + 720) % 360,
  ];
}

function hueWay(from: number, to: number): number {
  const way = ((to - from + 540) % 360) - 180;
  const blueToWarm = isSkyBlue(from) && isWarm(to) && way < 0;
  const warmToBlue = isWarm(from) && isSkyBlue(to) && way > 0;
  if (blueToWarm) return way + 360;
  return warmToBlue ? way - 360 : way;
}

function isSkyBlue(hue: number): boolean {
  return hue >= 225 && hue <= 290;
}

function isWarm(hue: number): boolean {
  return hue <= 85 || hue >= 350;
}

function toByte(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear));
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
