import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { FullSyncSchedule } from '../api/types.js';
import { readersTimeZone } from '../format/instants.js';
import styles from './form.module.css';
import { NumberOrNone } from './number-or-none.js';
import { scheduleWords } from './schedule-words.js';
import { Setting } from './setting.js';

interface ScheduleFieldsProps {
  readonly schedule: FullSyncSchedule;
  readonly onChange: (schedule: FullSyncSchedule) => void;
}

/** When a full sync runs by itself. */
export function ScheduleFields({ schedule, onChange }: ScheduleFieldsProps): ReactElement {
  const kind = schedule === null ? 'never' : 'everyHours' in schedule ? 'hours' : 'nightly';
  return (
    <Setting effect={effectOf(schedule)}>
      <Field label="Scheduled full sync">
        <RadioGroup value={kind} onChange={(_, { value }) => onChange(scheduleOf(value))}>
          <Radio value="nightly" label="Once a day" />
          <Radio value="hours" label="Every few hours" />
          <Radio value="never" label="Never by itself" />
        </RadioGroup>
      </Field>
      {schedule !== null && 'at' in schedule && (
        <div className={styles['inline']}>
          <Field label="At">
            <Input type="time" value={schedule.at} onChange={(_, { value }) => onChange({ ...schedule, at: value })} />
          </Field>
          <Field label="Time zone" hint={`Yours is TZ: ${readersTimeZone()}`}>
            <Input value={schedule.zone} onChange={(_, { value }) => onChange({ ...schedule, zone: value })} />
          </Field>
        </div>
      )}
      {schedule !== null && 'everyHours' in schedule && (
        <NumberOrNone
          label="Hours between two runs"
          value={schedule.everyHours}
          least={1}
          most={168}
          onChange={(everyHours) => onChange({ everyHours: everyHours ?? 1 })}
        />
      )}
    </Setting>
  );
}

function scheduleOf(kind: string): FullSyncSchedule {
  if (kind === 'never') return null;
  return kind === 'hours' ? { everyHours: 6 } : { at: '02:00', zone: readersTimeZone() };
}

function effectOf(schedule: FullSyncSchedule): string {
  if (schedule === null) return 'A full sync runs only when somebody triggers it.';
  return `Everything is read and compared ${scheduleWords(schedule)}.`;
}
