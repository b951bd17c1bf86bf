import type { ReactElement } from 'react';
import type { PersonCheck } from '../api/types.js';
import { asSentence } from '../format/as-sentence.js';
import { changedFields, changeText, effectTone, effectVerb } from '../format/effects.js';
import { Badge } from '../parts/badge.js';
import { PageLink } from '../parts/router-link.js';
import styles from './person.module.css';
import { useGroupNames } from './use-names.js';

const TITLES: Readonly<Record<PersonCheck['steps'][number]['step'], string>> = {
  read: 'Read',
  scope: 'Scope',
  match: 'Match',
  decide: 'Decide',
  apply: 'Apply',
};

interface CheckStepsProps {
  readonly check: PersonCheck;
  readonly connectionId: string;
}

/** One person as Graph shows them now: what was read, what follows, and what it would change. */
export function CheckSteps({ check, connectionId }: CheckStepsProps): ReactElement {
  return (
    <ol className={styles['steps']} aria-label="Steps of the check">
      {check.steps.map(({ step, ok, message, reason }) => (
        <li key={step}>
          <h3>{TITLES[step]}</h3>
          <p>
            <Badge tone={ok ? 'good' : 'warning'}>{ok ? 'ok' : 'no'}</Badge> {asSentence(message)}
          </p>
          {reason !== null && (
            <p>
              {reason.remedy} <code>{reason.code}</code>
            </p>
          )}
          {step === 'scope' && <Groups check={check} connectionId={connectionId} />}
          {step === 'decide' && <Effects check={check} />}
        </li>
      ))}
    </ol>
  );
}

function Groups({ check, connectionId }: CheckStepsProps): ReactElement {
  const groupName = useGroupNames();
  return (
    <>
      {check.groups.map(({ groupId, named, known, inner }) => (
        <p key={groupId}>
          <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId, groupId }}>
            {groupName(groupId)}
          </PageLink>{' '}
          <Badge tone={named && !inner ? 'good' : 'plain'}>
            {inner ? 'member by a group inside it' : named ? 'member in Entra' : 'not a member in Entra'}
          </Badge>{' '}
          {named !== known && !inner && <Badge tone="warning">{known ? 'still a member here' : 'not a member here'}</Badge>}
        </p>
      ))}
    </>
  );
}

function whatFollows({ applied, live, steps }: PersonCheck): string {
  if (steps.some(({ step, reason }) => step === 'decide' && reason?.code === 'REVIEW')) return 'What is held:';
  if (applied) return 'Handed over, to be applied:';
  const held = 'unless the guard or a review holds it:';
  return live ? `What would follow, ${held}` : `Live sync is off or paused. What the next full sync would do, ${held}`;
}

function Effects({ check }: { readonly check: PersonCheck }): ReactElement {
  const groupName = useGroupNames();
  return (
    <>
      {check.effects.length > 0 && <p>{whatFollows(check)}</p>}
      {check.effects.map(({ type, groupId, before, after }) => (
        <p key={`${type} ${groupId ?? ''}`}>
          <Badge tone={effectTone(type)}>{effectVerb(type)}</Badge> {groupId !== null && groupName(groupId)}{' '}
          {changedFields(before, after).map(changeText).join(' · ')}
        </p>
      ))}
    </>
  );
}
