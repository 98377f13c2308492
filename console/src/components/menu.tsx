import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Link } from "../lib/router.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** A line of {@link Menu}: an action or a link; `null` draws a line between groups. */
export type MenuItem = {
  readonly label: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  /** Chosen now, among others like it. */
  readonly checked?: boolean;
} & ({ readonly onSelect: () => void } | { readonly to: string } | { readonly href: string });

/** What a button of a menu needs. */
export interface MenuTrigger {
  readonly "aria-haspopup": "menu";
  readonly "aria-expanded": boolean;
  readonly "aria-controls": string | undefined;
  readonly onClick: () => void;
}

/** Actions behind a button. Arrows, Home, End and first letters move; Escape gives focus back. */
export function Menu(props: {
  readonly trigger: (trigger: MenuTrigger) => ReactNode;
  readonly items: readonly (MenuItem | null)[];
  readonly label: string;
  /** Opens to the left. */
  readonly end?: boolean;
  /** Opens upwards. */
  readonly up?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    anchor.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    const away = (event: Event): void => {
      const target = event.target instanceof Node ? event.target : null;
      if (anchor.current?.contains(target) === false) setOpen(false);
    };
    addEventListener("pointerdown", away);
    addEventListener("focusin", away);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("focusin", away);
    };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    anchor.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are those of the menu inside.
    <div className="menu-anchor" ref={anchor} onKeyDown={(event) => move(event, { open, close })}>
      {props.trigger({
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <Floating id={id} label={props.label} anchor={anchor} end={props.end} up={props.up}>
          {props.items.map((item, index) =>
            item === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name.
              <div key={index} className="menu-line" />
            ) : (
              <MenuLine key={item.label} item={item} close={close} />
            ),
          )}
        </Floating>
      )}
    </div>
  );
}

/** The sheet of a menu: above all else, so that no frame which scrolls cuts it. */
function Floating(props: {
  readonly id: string;
  readonly label: string;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly end: boolean | undefined;
  readonly up: boolean | undefined;
  readonly children: ReactNode;
}) {
  const { anchor, end = false, up = false } = props;
  const sheet = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null) return;
    element.showPopover();
    const settle = (): void => {
      const around = anchor.current?.getBoundingClientRect();
      if (around !== undefined) Object.assign(element.style, place(around, element, { end, up }));
    };
    settle();
    // What scrolls may be any frame around the button.
    addEventListener("scroll", settle, { capture: true, passive: true });
    addEventListener("resize", settle);
    return () => {
      removeEventListener("scroll", settle, { capture: true });
      removeEventListener("resize", settle);
    };
  }, [anchor, end, up]);
  return (
    <div
      id={props.id}
      ref={sheet}
      role="menu"
      popover="manual"
      className="menu"
      aria-label={props.label}
    >
      {props.children}
    </div>
  );
}

/** Between button and sheet, and between sheet and window, pixels. */
const GAP_PX = 4;

/** Below the button, or above it where it is asked for or where there is no room. */
function place(
  around: DOMRect,
  { offsetWidth: width, offsetHeight: height }: HTMLElement,
  { end, up }: { readonly end: boolean; readonly up: boolean },
): { readonly left: string; readonly top: string } {
  const below = around.bottom + GAP_PX;
  const above = around.top - GAP_PX - height;
  const isAbove = (up || below + height > innerHeight) && above >= 0;
  const left = end ? around.right - width : around.left;
  const mostLeft = innerWidth - width - GAP_PX;
  return {
    left: `${Math.max(GAP_PX, Math.min(left, mostLeft))}px`,
    top: `${isAbove ? above : below}px`,
  };
}

function MenuLine({ item, close }: { readonly item: MenuItem; readonly close: () => void }) {
  const attributes = {
    role: item.checked === undefined ? "menuitem" : "menuitemradio",
    tabIndex: -1,
    className: "menu-item",
    "data-danger": item.danger,
    "aria-checked": item.checked,
  };
  const inside = (
    <>
      {item.icon !== undefined && <Icon name={item.icon} />}
      <span className="grow truncate">{item.label}</span>
      {item.checked === true && <Icon name="check" size={14} />}
    </>
  );
  if ("to" in item) {
    return (
      <Link to={item.to} onClick={close} {...attributes}>
        {inside}
      </Link>
    );
  }
  if ("href" in item) {
    return (
      <a href={item.href} target="_blank" rel="noopener" onClick={close} {...attributes}>
        {inside}
      </a>
    );
  }
  const select = (): void => {
    close();
    item.onSelect();
  };
  return (
    <button type="button" {...attributes} onClick={select}>
      {inside}
    </button>
  );
}

function move(
  event: KeyboardEvent<HTMLElement>,
  { open, close }: { readonly open: boolean; readonly close: () => void },
): void {
  if (!open) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.findIndex((item) => item.matches(":focus"));
  const to = (index: number): void => items[(index + items.length) % items.length]?.focus();
  const letter = (): void => {
    const rest = [...items.slice(at + 1), ...items];
    const wanted = event.key.toLowerCase();
    rest.find((item) => item.textContent?.trim().toLowerCase().startsWith(wanted))?.focus();
  };
  const keys = new Map([
    ["ArrowDown", () => to(at + 1)],
    ["ArrowUp", () => to(at - 1)],
    ["Home", () => to(0)],
    ["End", () => to(items.length - 1)],
    ["Escape", close],
  ]);
  const action = keys.get(event.key) ?? (/^[\p{L}\p{N}]$/u.test(event.key) ? letter : undefined);
  if (action === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}
