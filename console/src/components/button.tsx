import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "../lib/router.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** How loud a button is; one `primary` a view. */
export type ButtonKind = "primary" | "plain" | "quiet" | "danger" | "danger-plain";

interface Look {
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  readonly small?: boolean;
  readonly large?: boolean;
  readonly wide?: boolean;
}

type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> & {
    /** Something is under way: the button keeps its width and takes no press. */
    readonly busy?: boolean;
    /** Not possible now; `title` should say why. The button stays in the order of the tab key. */
    readonly off?: boolean;
  };

/** A button with a word on it. */
export function Button({ kind, icon, small, large, wide, busy, off, ...rest }: ButtonProps) {
  const { children, onClick, type = "button", ...attributes } = rest;
  const still = busy === true || off === true;
  return (
    <button
      type={type}
      className="button"
      {...lookOf({ kind, small, large, wide })}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (still) event.preventDefault();
        else onClick?.(event);
      }}
      {...attributes}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton(props: Look & { readonly to: string; readonly children: ReactNode }) {
  const { to, icon, children, ...look } = props;
  return (
    <Link to={to} className="button" {...lookOf(look)}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </Link>
  );
}

type IconButtonProps = ButtonProps & {
  readonly icon: IconName;
  /** What it does, for those who do not see the drawing, and as its tooltip. */
  readonly label: string;
};

/** A button with a drawing on it. */
export function IconButton({ icon, label, kind = "quiet", ...rest }: IconButtonProps) {
  return (
    <Button kind={kind} icon={icon} aria-label={label} title={label} data-icon-only {...rest} />
  );
}

function lookOf({
  kind = "plain",
  small,
  large,
  wide,
}: { [Name in keyof Look]: Look[Name] | undefined }) {
  return {
    "data-kind": kind,
    "data-small": small || undefined,
    "data-large": large || undefined,
    "data-wide": wide || undefined,
  };
}
