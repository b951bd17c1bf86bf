import type { ReactElement } from 'react';
import { CopyButton } from '../parts/copy-button.js';
import styles from './connect.module.css';
import { registrationsLink } from './entra-links.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';

const STEPS_AS_TEXT = `How to connect Microsoft Entra ID to Rollcall

1. Open ${registrationsLink}
   Choose New registration. Any name. "Accounts in this organizational directory only". No redirect URI.
   From its Overview copy: Application (client) ID, Directory (tenant) ID.
2. Certificates & secrets > New client secret. Copy the Value at once (not the Secret ID); note the day on which it ends.
3. API permissions > Add a permission > Microsoft Graph > Application permissions:
   Group.Read.All and User.Read.All. Then "Grant admin consent" (Global Administrator or Privileged Role Administrator);
   the Status column must show green ticks.
4. Groups > All groups: copy the Object ID of each group whose people belong into Rollcall. Not needed where everybody does.
`;

/** What is needed, and the whole way as text for a colleague. */
export function StartStep({ back, next, obstacle }: StepProps): ReactElement {
  return (
    <div className={styles['body']}>
      <p>It takes about ten minutes. You need:</p>
      <ul>
        <li>
          the{' '}
          <a href={registrationsLink} target="_blank" rel="noreferrer">
            Entra admin center
          </a>
          , as somebody who may register applications;
        </li>
        <li>
          a <b>Global Administrator</b> or <b>Privileged Role Administrator</b> for one click in step 4, the admin consent;
        </li>
        <li>a security group (or several) with the people who belong into Rollcall, unless everybody of the tenant does;</li>
        <li>for each of these people a mail address, or a user principal name that can receive mail.</li>
      </ul>
      <StepFoot back={back} next={next} obstacle={obstacle}>
        <CopyButton text={STEPS_AS_TEXT}>Copy these steps</CopyButton>
      </StepFoot>
    </div>
  );
}
