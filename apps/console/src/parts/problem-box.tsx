import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { asProblem } from '../api/problem.js';
import { asSentence } from '../format/as-sentence.js';
import styles from './parts.module.css';
import { SupportContact } from './support-contact.js';

interface ProblemBoxProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** A failure as a person can use it: what is wrong, the next step, whom to ask, the code and the id to ask with. */
export function ProblemBox({ error, onRetry }: ProblemBoxProps): ReactElement {
  const { code, detail, remedy, correlationId, faults } = asProblem(error);
  const others = faults.length > 1 ? faults : [];
  return (
    <MessageBar intent="error" layout="multiline" className={styles['problem'] ?? ''}>
      <MessageBarBody>
        <MessageBarTitle>{asSentence(detail)}</MessageBarTitle>
        {others.length > 0 && (
          <ul>
            {others.map(({ field, message }) => (
              <li key={field}>
                <code>{field}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {remedy !== '' && <p>{remedy}</p>}
        <SupportContact code={code} correlationId={correlationId} />
        <p className={styles['ids']}>
          {code}
          {correlationId !== null && ` · correlation id ${correlationId}`}
        </p>
      </MessageBarBody>
      {onRetry !== undefined && (
        <MessageBarActions>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
