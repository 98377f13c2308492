import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  use,
  useCallback,
  useMemo,
  useSyncExternalStore,
} from "react";

/** Where the browser is: the path and what the address says behind `?`. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const listeners = new Set<() => void>();

/** Goes to an address of the console; `replace` leaves no step to come back to. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  if (to === location.pathname + location.search) return;
  if (options.replace === true) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

/** The place, again whenever it changes. */
export function usePlace(): Place {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  const search = useSyncExternalStore(subscribe, () => location.search);
  return useMemo(() => ({ path, query: new URLSearchParams(search) }), [path, search]);
}

/**
 * A word of the address behind `?`: filters, tabs and what is selected live there, so that a link
 * and a reload show the same.
 * @param usual What an absent word means; it is not written.
 */
export function useQueryWord(
  name: string,
  usual = "",
): readonly [string, (value: string, options?: { readonly push?: boolean }) => void] {
  const { query } = usePlace();
  const value = query.get(name) ?? usual;
  const set = useCallback(
    (next: string, options: { readonly push?: boolean } = {}) => {
      setQueryWords({ [name]: next === usual ? "" : next }, options);
    },
    [name, usual],
  );
  return [value, set];
}

/** Writes several words of the address at once; an empty one is taken away. */
export function setQueryWords(
  words: Readonly<Record<string, string>>,
  options: { readonly push?: boolean } = {},
): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(words)) {
    if (value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  const to = text === "" ? location.pathname : `${location.pathname}?${text}`;
  navigate(to, { replace: options.push !== true });
}

const Params = createContext<Readonly<Record<string, string>>>({});

/** Hands the parameters of a route to its page. */
export function ParamsProvider(props: {
  readonly params: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}) {
  return <Params value={props.params}>{props.children}</Params>;
}

/** The parameters of the route that is shown: `{ id }` for `tasks/:id`. */
export function useParams(): Readonly<Record<string, string>> {
  return use(Params);
}

/** A link inside the console: a real one, so that a middle click opens a tab. */
export function Link({
  to,
  onClick,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly to: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || modified || event.button !== 0) return;
    event.preventDefault();
    navigate(to);
    if (!to.includes("?")) scrollTo(0, 0);
  };
  return <a href={to} onClick={follow} {...rest} />;
}
