import type { ReactElement } from 'react';
import type { PersonCheck } from '../api/types.js';
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
            <Badge tone={ok ? 'good' : 'warning'}>{ok ? 'ok' : 'no'}</Badge> {message}
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
      {check.groups.map(({ groupId, named, known }) => (
        <p key={groupId}>
          <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId, groupId }}>
            {groupName(groupId)}
          </PageLink>{' '}
          <Badge tone={named ? 'good' : 'plain'}>{named ? 'member in Entra' : 'not a member in Entra'}</Badge>{' '}
          {named !== known && <Badge tone="warning">{known ? 'still a member here' : 'not a member here'}</Badge>}
        </p>
      ))}
    </>
  );
}

function Effects({ check }: { readonly check: PersonCheck }): ReactElement {
  const groupName = useGroupNames();
  return (
    <>
      {check.effects.length > 0 && (
        <p>{check.applied ? 'Handed over, to be applied:' : 'What would follow, unless the guard or a review holds it:'}</p>
      )}
      {check.effects.map(({ type, groupId, before, after }) => (
        <p key={`${type} ${groupId ?? ''}`}>
          <Badge tone={effectTone(type)}>{effectVerb(type)}</Badge> {groupId !== null && groupName(groupId)}{' '}
          {changedFields(before, after).map(changeText).join(' · ')}
        </p>
      ))}
    </>
  );
}
