import { DRAWINGS } from "../data/drawings.ts";

/** The name of a drawing of {@link Icon}. */
export type IconName = keyof typeof DRAWINGS;

/** A drawing of 16 × 16 in the colour of its text. It says nothing to a screen reader. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
