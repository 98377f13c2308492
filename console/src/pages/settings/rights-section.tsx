import { Icon } from "../../components/icon.tsx";
import { settingsWords } from "../../strings/en/settings.ts";
import { Section } from "./section.tsx";

const ROLES = ["viewer", "member", "owner"] as const;

/** Who may do what, in one table. */
export function RightsSection() {
  const words = settingsWords.rights;
  return (
    <Section title={words.title}>
      <table className="rights">
        <caption className="hidden-visually">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden-visually">{words.title}</span>
            </th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {settingsWords.roles[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {words.rows.map(([what, least]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              {ROLES.map((role, rank) => (
                <td key={role}>
                  {rank >= (RANKS[least ?? ""] ?? 0) ? (
                    <Yes text={words.yes} />
                  ) : (
                    <span className="faint">–</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const RANKS: Readonly<Record<string, number>> = { viewer: 0, member: 1, owner: 2 };

function Yes({ text }: { readonly text: string }) {
  return (
    <>
      <Icon name="check" />
      <span className="hidden-visually">{text}</span>
    </>
  );
}
