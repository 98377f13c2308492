import { door } from "../../strings/en/door.ts";

/** What signing in and up take. */
export interface Credentials {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const PASSWORD_MIN = 12;
const PASSWORD_MAX = 128;

/** What is wrong with what was typed, by field; empty when it may be sent. */
export function faultsOf(
  { name, email, password }: Credentials,
  fresh: boolean,
): Readonly<Partial<Record<keyof Credentials, string>>> {
  const { faults } = door;
  const found: Partial<Record<keyof Credentials, string>> = {};
  if (fresh && name.trim() === "") found.name = faults.name;
  if (!/^[^\s@]+@[^\s@]+$/.test(email.trim())) found.email = faults.email;
  if (password === "") found.password = faults.passwordEmpty;
  else if (fresh && [...password].length < PASSWORD_MIN) {
    found.password = faults.passwordShort(PASSWORD_MIN - [...password].length);
  } else if (fresh && [...password].length > PASSWORD_MAX) found.password = faults.passwordLong;
  return found;
}
