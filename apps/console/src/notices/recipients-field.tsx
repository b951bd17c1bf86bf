import { Dropdown, Option } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { RecipientChoice } from '../api/types.js';
import styles from './notices.module.css';
import { lostRecipients, recipientWords } from './recipient-words.js';

interface RecipientsFieldProps {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly superAdmins: readonly RecipientChoice[];
  readonly disabled: boolean;
  readonly onChange: (chosen: string[]) => void;
}

/** Who is told of a kind: nobody in particular, which is all super admins, or some of them. */
export function RecipientsField({ label, chosen, superAdmins, disabled, onChange }: RecipientsFieldProps): ReactElement {
  const lost = lostRecipients(chosen, superAdmins);
  return (
    <>
      <Dropdown
        multiselect
        size="small"
        className={styles['recipients'] ?? ''}
        aria-label={label}
        disabled={disabled}
        value={recipientWords(chosen, superAdmins)}
        selectedOptions={[...chosen]}
        // Whoever left is taken out with the first choice: a rule can name super admins only.
        onOptionSelect={(_, { selectedOptions }) => onChange(selectedOptions.filter((id) => !lost.includes(id)))}
      >
        {superAdmins.map(({ id, displayName, email }) => (
          <Option key={id} value={id} text={displayName}>
            {email === null ? `${displayName} (no mail address)` : `${displayName}, ${email}`}
          </Option>
        ))}
      </Dropdown>
      {lost.length > 0 && (
        <p className={styles['lost']}>
          Somebody chosen is no super admin any more: all super admins are told instead, and each notice says so.
        </p>
      )}
    </>
  );
}
