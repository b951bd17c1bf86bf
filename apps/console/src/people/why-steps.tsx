import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import type { Why } from '../api/types.js';
import { listed } from '../format/counts.js';
import { fieldName } from '../format/effects.js';
import { wouldWords } from '../held-changes/held-words.js';
import { Badge } from '../parts/badge.js';
import { Mono } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { Loaded } from '../parts/loaded.js';
import { Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { LiftPin } from '../pins/lift-pin.js';
import { pinReason, whatIsKept } from '../pins/pin-words.js';
import { describeNow, ruleSentence } from './explain.js';
import styles from './person.module.css';
import { useGroupNames } from './use-names.js';

/** Why the account is as it is: what was read, whether the person is in scope, what the rules say, what holds it, what follows. */
export function WhySteps({ accountId }: { readonly accountId: string }): ReactElement {
  const why = useQuery(queries.why(accountId));
  return (
    <Panel title="Why">
      <Loaded query={why}>
        {(found) => (
          <ol className={styles['steps']}>
            <ReadStep why={found} />
            <ScopeStep why={found} />
            <MatchStep why={found} />
            <RulesStep why={found} />
            <StandingStep why={found} />
            <NowStep why={found} />
          </ol>
        )}
      </Loaded>
    </Panel>
  );
}

interface StepProps {
  readonly why: Why;
}

const STATES: Readonly<Record<string, string>> = {
  present: 'is in the tenant',
  softDeleted: 'was deleted in Entra and can be restored there',
  deleted: 'was deleted in Entra for good',
};

function ReadStep({ why }: StepProps): ReactElement {
  const { state, attributes } = why.person;
  const { accountEnabled } = attributes;
  return (
    <li>
      <h3>Read</h3>
      <p>
        In Entra the person{' '}
        {state === null ? 'is known by id only: the details are not read yet' : (STATES[state] ?? `is ${state}`)}
        {accountEnabled === false && ', and disabled'}
        {accountEnabled === true && ', and enabled'}.
      </p>
    </li>
  );
}

function ScopeStep({ why }: StepProps): ReactElement {
  const groupName = useGroupNames();
  return (
    <li>
      <h3>Scope</h3>
      {why.groups.length === 0 && <p>Not a member of any watched group.</p>}
      {why.groups.map(({ groupId, path, present, granted, changedAt, noticedAt, writtenBy }) => (
        <p key={groupId}>
          <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId: why.account.connectionId, groupId }}>
            {path.map(groupName).join(' → ')}
          </PageLink>{' '}
          <Badge tone={present ? 'good' : 'plain'}>{present ? 'member in Entra' : 'not a member in Entra'}</Badge>{' '}
          {present !== granted && <Badge tone="warning">{granted ? 'still a member here' : 'not a member here'}</Badge>}{' '}
          {noticedAt !== null && (
            <>
              Noticed <Instant at={noticedAt} exact />,{' '}
            </>
          )}
          changed here <Instant at={changedAt} />,{' '}
          {writtenBy === 'delta' ? 'as a change that Graph reported' : 'by a complete read'}.
        </p>
      ))}
    </li>
  );
}

/** Who is who is told by the object id alone: names and addresses may change, or be given to somebody else. */
function MatchStep({ why }: StepProps): ReactElement {
  const { entraObjectId, email } = why.account;
  return (
    <li>
      <h3>Match</h3>
      <p>
        The account belongs to the person with the Entra object ID <Mono>{entraObjectId}</Mono>
        {email === null ? ', and holds no address.' : `, and holds the address ${email}.`}
      </p>
    </li>
  );
}

function RulesStep({ why }: StepProps): ReactElement {
  return (
    <li>
      <h3>Decide</h3>
      {why.rules.map((step) => (
        <p key={step.rule}>
          <Badge tone={step.passed ? 'good' : 'bad'}>{step.passed ? 'yes' : 'no'}</Badge> {ruleSentence(step)}
        </p>
      ))}
      {why.reason !== null && (
        <p>
          {why.reason.message}. {why.reason.remedy} <code>{why.reason.code}</code>
        </p>
      )}
    </li>
  );
}

function StandingStep({ why }: StepProps): ReactElement | null {
  const groupName = useGroupNames();
  const nameOf = (groupId: string | null) => (groupId === null ? 'the account' : groupName(groupId));
  if (why.holds.length === 0 && why.pins.length === 0) return null;
  return (
    <li>
      <h3>Held and pinned</h3>
      {why.holds.map(({ id, action, groupId, reason, heldAt }) => (
        <p key={id}>
          <PageLink to="/held-changes">Held</PageLink> since <Instant at={heldAt} />: would {wouldWords(action)}
          {groupId !== null && ` ${groupName(groupId)}`}. {reason.message}.
        </p>
      ))}
      {why.pins.map((pin) => (
        <p key={pin.id}>
          Pinned since <Instant at={pin.pinnedAt} exact />: {whatIsKept(pin, groupName)}, because {pinReason(pin.reason)}. It
          stays so until the tenant changes it again.{' '}
          <LiftPin pinId={pin.id} what={pin.field === null ? nameOf(pin.groupId) : fieldName(pin.field)} />
        </p>
      ))}
    </li>
  );
}

function NowStep({ why }: StepProps): ReactElement {
  const groupName = useGroupNames();
  const effects = describeNow(why.now, groupName);
  return (
    <li>
      <h3>Apply</h3>
      <p>
        {effects === null
          ? 'The connection is gone: nothing follows any more.'
          : effects.length === 0
            ? 'The account is what the rules make of it: nothing would change now.'
            : `${why.holds.length === 0 ? 'Looked at now' : 'If nothing were held'}, sync would ${listed(effects)}.`}
      </p>
    </li>
  );
}
