import { Field, Radio, RadioGroup, Switch } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { ConnectionSettings } from '../api/types.js';
import { counted } from '../format/counts.js';
import form from './form.module.css';
import { NumberOrNone } from './number-or-none.js';
import { ScheduleFields } from './schedule-fields.js';
import { Setting } from './setting.js';
import type { TabProps } from './settings-page.js';

const APPLY: Readonly<Record<ConnectionSettings['apply'], { label: string; effect: string }>> = {
  automatic: {
    label: 'Automatically, below the guard',
    effect: 'Changes happen as they come. More removals than the guard allows wait for you.',
  },
  reviewRemovals: {
    label: 'Review removals',
    effect: 'Newcomers and updates happen as they come; nobody is removed before somebody releases it, live or in a run.',
  },
  reviewAll: { label: 'Review everything', effect: 'Nothing happens before somebody releases it, live or in a run.' },
};

const APPLY_CHOICES = ['automatic', 'reviewRemovals', 'reviewAll'] as const;

/** How changes are taken, and what is never done without asking. */
export function StrategyTab({ settings, change }: TabProps): ReactElement {
  const { trigger, guard, newAccount, leaver } = settings;
  return (
    <>
      <Setting
        effect={
          trigger.live
            ? 'A change in Entra arrives within seconds.'
            : 'Changes in Entra are noted, and wait: only full syncs apply them.'
        }
      >
        <Switch
          checked={trigger.live}
          label="Live sync"
          onChange={(_, { checked }) => change({ trigger: { ...trigger, live: checked } })}
        />
      </Setting>
      <ScheduleFields schedule={trigger.fullSync} onChange={(fullSync) => change({ trigger: { ...trigger, fullSync } })} />
      <Setting effect={APPLY[settings.apply].effect}>
        <Field label="Apply changes">
          <RadioGroup
            value={settings.apply}
            onChange={(_, { value }) => change({ apply: APPLY_CHOICES.find((choice) => choice === value) ?? 'automatic' })}
          >
            {APPLY_CHOICES.map((choice) => (
              <Radio key={choice} value={choice} label={APPLY[choice].label} />
            ))}
          </RadioGroup>
        </Field>
      </Setting>
      <Setting effect={guardSentence(guard)}>
        <div className={form['stack']}>
          <NumberOrNone
            label="Guard: most removals"
            value={guard.maxRemovals}
            least={10}
            fallback={500}
            onChange={(maxRemovals) => change({ guard: { ...guard, maxRemovals } })}
          />
          <NumberOrNone
            label="Guard: most removals, percent of the people"
            value={guard.maxRemovalPercent}
            least={0}
            most={100}
            fallback={20}
            onChange={(maxRemovalPercent) => change({ guard: { ...guard, maxRemovalPercent } })}
          />
          <NumberOrNone
            label="Guard: within minutes"
            value={guard.windowMinutes}
            least={1}
            most={43_200}
            onChange={(windowMinutes) => change({ guard: { ...guard, windowMinutes: windowMinutes ?? 60 } })}
          />
        </div>
      </Setting>
      <Setting
        effect={
          newAccount.state === 'inactive'
            ? 'New people wait as inactive until you activate them: no invitation, no seat.'
            : 'New people are active as soon as they arrive.'
        }
      >
        <Field label="New people">
          <RadioGroup
            value={newAccount.state}
            onChange={(_, { value }) =>
              change({ newAccount: { ...newAccount, state: value === 'active' ? 'active' : 'inactive' } })
            }
          >
            <Radio value="inactive" label="Inactive" />
            <Radio value="active" label="Active" />
          </RadioGroup>
        </Field>
      </Setting>
      <Setting
        effect={
          leaver.action === 'deactivate'
            ? 'Who leaves every watched group is deactivated, never deleted, and gets the account back on return.'
            : 'Who leaves every watched group keeps the account as it is.'
        }
      >
        <Field label="People who leave">
          <RadioGroup
            value={leaver.action}
            onChange={(_, { value }) => change({ leaver: { action: value === 'keep' ? 'keep' : 'deactivate' } })}
          >
            <Radio value="deactivate" label="Deactivate" />
            <Radio value="keep" label="Keep" />
          </RadioGroup>
        </Field>
      </Setting>
    </>
  );
}

function guardSentence({ maxRemovals, maxRemovalPercent, windowMinutes }: ConnectionSettings['guard']): string {
  const bounds = [
    ...(maxRemovals === null ? [] : [counted(maxRemovals, 'removal')]),
    ...(maxRemovalPercent === null ? [] : [`${maxRemovalPercent} % of the people`]),
  ];
  const always = 'A group of three or more is never emptied without a release.';
  if (bounds.length === 0) return `No bound on the number of removals. ${always}`;
  return `More than ${bounds.join(' or ')} within ${counted(windowMinutes, 'minute')} are held for you (10 are always let through). ${always}`;
}
