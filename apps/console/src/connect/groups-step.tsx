import { Button, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { isOffered } from '../api/offered.js';
import type { Check } from '../api/types.js';
import { counted } from '../format/counts.js';
import { ProblemBox } from '../parts/problem-box.js';
import form from '../settings/form.module.css';
import { CheckOutcome } from './check-outcome.js';
import { isGuid, splitGroupEntries } from './check-entries.js';
import styles from './connect.module.css';
import { groupsLink } from './entra-links.js';
import { GroupSearch } from './group-search.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';
import { useUnsavedTest } from './use-unsaved-test.js';

interface Candidate {
  readonly id: string;
  readonly displayName: string | null;
  readonly mail?: string | null;
}

/**
 * Whose people come: groups, by object id or exact name, or everybody. Each group becomes a chip that says what it is and what is odd
 * about it.
 */
export function GroupsStep(props: StepProps): ReactElement {
  const { draft, change, secret, back, next, obstacle, pass } = props;
  const { everybody, groups, groupText } = draft;
  const test = useUnsavedTest(props, groups, { enabled: groups.length > 0 });
  const checkOf = (entry: string) => test.data?.checks.find(({ name }) => name === `group:${entry}`);
  const add = () => change({ groups: [...new Set([...groups, ...splitGroupEntries(groupText)])], groupText: '' });
  const drop = (entry: string) => change({ groups: groups.filter((each) => each !== entry) });
  const replace = (entry: string, id: string) =>
    change({ groups: [...new Set(groups.map((each) => (each === entry ? id : each)))] });
  const odd = groups.flatMap((entry) => {
    const check = checkOf(entry);
    return check === undefined || check.code === null ? [] : [{ entry, check }];
  });
  return (
    <div className={styles['body']}>
      <Field label="Who belongs into Rollcall">
        <RadioGroup
          value={everybody ? 'everybody' : 'groups'}
          onChange={(_, { value }) => change({ everybody: value === 'everybody' })}
        >
          <Radio value="groups" label="The people of some groups" />
          <Radio value="everybody" label="Everybody in the tenant" />
        </RadioGroup>
      </Field>
      {everybody && <p>Groups are optional then: they only give their memberships to the accounts.</p>}
      <p>
        In{' '}
        <a href={groupsLink} target="_blank" rel="noreferrer">
          Entra, All groups
        </a>
        , open each group and copy its Object ID. Exact names work too. Only direct members of a group are taken.
      </p>
      <Field label="Object ids or exact names" hint="Separated by commas, spaces (ids) or lines.">
        <Textarea value={groupText} rows={3} onChange={(_, { value }) => change({ groupText: value })} />
      </Field>
      <div>
        <Button disabled={splitGroupEntries(groupText).length === 0} onClick={add}>
          Add
        </Button>
      </div>
      {isOffered('post /connections/search-groups') && (
        <GroupSearch draft={draft} secret={secret} onTake={(groupId) => change({ groups: [...new Set([...groups, groupId])] })} />
      )}
      {groups.length > 0 && (
        <ul className={form['chips']} aria-label="Chosen groups">
          {groups.map((entry) => (
            <GroupChip key={entry} entry={entry} check={checkOf(entry)} onDrop={() => drop(entry)} />
          ))}
        </ul>
      )}
      {test.isError && <ProblemBox error={test.error} onRetry={() => void test.refetch()} />}
      {odd.map(({ entry, check }) => (
        <div key={entry} className={styles['odd']}>
          <CheckOutcome check={check} />
          {candidatesOf(check).map(({ id, displayName, mail }) => (
            <Button key={id} size="small" onClick={() => replace(entry, id)}>
              Take {displayName} {mail != null && `(${mail})`} {id}
            </Button>
          ))}
        </div>
      ))}
      <StepFoot back={back} next={next} obstacle={obstacle} pass={pass} />
    </div>
  );
}

interface GroupChipProps {
  readonly entry: string;
  readonly check: Check | undefined;
  readonly onDrop: () => void;
}

function GroupChip({ entry, check, onDrop }: GroupChipProps): ReactElement {
  const { displayName, kind, users } = check?.facts ?? {};
  const name = typeof displayName === 'string' ? displayName : entry;
  const about = [
    typeof kind === 'string' ? kind : null,
    typeof users === 'number' ? counted(users, 'user') : null,
    check?.facts['hiddenMembership'] === true ? 'hidden membership' : null,
    check?.ok === true && !isGuid(entry) ? 'a name, not an id: kept by its id' : null,
  ].filter((part) => part !== null);
  const tone = check === undefined || check.code === null ? 'plain' : check.ok ? 'warning' : 'bad';
  return (
    <li className={form['chip']} data-tone={tone} title={entry}>
      <span>
        {name}
        {about.length > 0 && ` · ${about.join(' · ')}`}
      </span>
      <Button size="small" appearance="subtle" icon={<DismissRegular />} aria-label={`Take ${name} out`} onClick={onDrop} />
    </li>
  );
}

function candidatesOf({ facts }: Check): Candidate[] {
  const { candidates } = facts;
  return Array.isArray(candidates) ? (candidates as Candidate[]) : [];
}
