import { Page } from "../../components/page.tsx";
import { useMay } from "../../lib/session.tsx";
import { pages } from "../../strings/en/pages.ts";
import { AccountSection } from "./account-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { InvitationSection } from "./invitation-section.tsx";
import { MemberSection } from "./member-section.tsx";
import { ProjectSection } from "./project-section.tsx";
import { RightsSection } from "./rights-section.tsx";
import { SessionSection } from "./session-section.tsx";
import "./settings.css";

/** The project, its people, the person's own account and how the console looks. */
export function SettingsPage() {
  const may = useMay("admin");
  return (
    <Page title={pages.settings}>
      <div className="settings">
        <ProjectSection may={may} />
        {may && <MemberSection />}
        {may && <InvitationSection />}
        <RightsSection />
        <AccountSection />
        <SessionSection />
        <AppearanceSection />
      </div>
    </Page>
  );
}
