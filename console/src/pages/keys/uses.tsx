import { keys } from "../../strings/en/keys.ts";

const WIDTH = 108;
const HEIGHT = 20;

/** How often a key was used in each of the last 36 hours, as bars. */
export function Uses({ uses }: { readonly uses: readonly number[] }) {
  const most = Math.max(1, ...uses);
  const step = WIDTH / Math.max(1, uses.length);
  const total = uses.reduce((sum, count) => sum + count, 0);
  return (
    <svg
      className="uses"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={keys.usesLabel(total)}
    >
      {uses.map((count, index) => {
        const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place.
            key={index}
            data-zero={count === 0}
            x={index * step}
            y={HEIGHT - height}
            width={Math.max(1, step - 1)}
            height={height}
          />
        );
      })}
    </svg>
  );
}
