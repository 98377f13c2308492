/** The words of signing in, setting up and joining. */
export const door = {
  signIn: {
    title: "Sign in",
    action: "Sign in",
    busy: "Signing in…",
    invited: "New here? Ask an owner of the project for an invitation link.",
    open: "New here?",
    signUp: "Create an account",
  },
  signUp: { title: "Create an account", action: "Create account", have: "Have an account?" },
  setup: {
    title: "Set up this gateway",
    lead: "You opened the one-time setup link. The account you make now owns the first project.",
    action: "Create owner account",
    needed:
      "This gateway has no account yet. Open the setup link that its first start printed, or print a new one:",
    command: "npm run -s vidgo -- setup-link",
  },
  invite: {
    title: (project: string) => `Join ${project}`,
    lead: (role: string) =>
      `You are invited as ${role}. Make an account, or sign in to join with yours.`,
    joinLead: (role: string, email: string) =>
      `You are signed in as ${email} and invited as ${role}.`,
    action: "Create account and join",
    join: "Join project",
    signIn: "I have an account",
  },
  link: {
    used: "This link cannot be used any more",
    usedText:
      "It was used, revoked or has ended. Ask an owner for a new invitation; who runs the gateway prints a new setup link with",
    unknown: "There is no such link",
    unknownText: "Check that the whole address was copied.",
  },
  fields: {
    name: "Name",
    email: "E-mail",
    password: "Password",
    passwordHint: "At least 12 characters.",
    showPassword: "Show password",
  },
  faults: {
    name: "Give a name",
    email: "Give an e-mail address, such as ada@example.com",
    passwordWrong: "This is not the password of your account",
    passwordEmpty: "Give the password",
    passwordShort: (left: number) =>
      left === 1 ? "One more character is needed" : `${left} more characters are needed`,
    passwordLong: "At most 128 characters",
  },
  again: {
    title: "Your session has ended",
    lead: "Sign in again to go on. Nothing on this page is lost.",
  },
  confirm: {
    title: "Confirm that it is you",
    lead: "Handing out access needs a password given within the last hour.",
    action: "Confirm",
  },
  roles: { owner: "owner", member: "member", viewer: "viewer" },
};
