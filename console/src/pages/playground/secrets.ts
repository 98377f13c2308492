/** Whether a text holds what looks like a key: inputs are stored, and providers see them. */
export function looksSecret(text: string): boolean {
  return /\b(sk-[\w-]{16,}|vg_(live|test)_\w{8,}|Bearer\s+[\w.-]{16,}|AKIA[A-Z0-9]{16})/.test(text);
}
