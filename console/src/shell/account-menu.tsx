import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "../components/icon.tsx";
import { Menu, type MenuItem } from "../components/menu.tsx";
import { api } from "../lib/api.ts";
import { readTheme, setTheme, type Theme } from "../lib/preferences.ts";
import { navigate } from "../lib/router.tsx";
import { type Session, useScene, useTakeSession } from "../lib/session.tsx";
import { shell } from "../strings/en/shell.ts";

/** Who is signed in, the theme, the way out. */
export function AccountMenu() {
  const { session } = useScene();
  const items = useAccountItems();
  const name = session.person?.name ?? "";
  return (
    <Menu
      up
      label={shell.account}
      items={items}
      trigger={(trigger) => (
        <button
          type="button"
          className="rail-link account"
          {...trigger}
          aria-label={`${shell.account}: ${name}`}
        >
          <Icon name="user" />
          <span className="rail-text truncate">{name}</span>
        </button>
      )}
    />
  );
}

/** Theme and way out, for menus of the account. */
export function useAccountItems(): readonly (MenuItem | null)[] {
  const [theme, choose] = useState(readTheme);
  const take = useTakeSession();
  const leave = useMutation({
    mutationFn: () => api<Session>("/api/session/sign-out", { body: { everywhere: false } }),
    onSuccess: (session) => {
      take(session);
      navigate("/", { replace: true });
    },
  });
  const themeItem = (value: Theme, icon: "screen" | "sun" | "moon"): MenuItem => ({
    label: shell.theme[value],
    icon,
    checked: theme === value,
    onSelect: () => {
      setTheme(value);
      choose(value);
    },
  });
  return [
    themeItem("system", "screen"),
    themeItem("light", "sun"),
    themeItem("dark", "moon"),
    null,
    { label: shell.docs, icon: "docs", href: "/docs" },
    { label: shell.signOut, icon: "exit", onSelect: () => leave.mutate() },
  ];
}
