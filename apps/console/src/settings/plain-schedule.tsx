import type { ReactElement } from 'react';
import type { FullSyncSchedule } from '../api/types.js';

/** When full sync runs by itself, in words. */
export function PlainSchedule({ schedule }: { readonly schedule: FullSyncSchedule }): ReactElement {
  if (schedule === null) return <>never by itself</>;
  if ('everyHours' in schedule) return <>every {schedule.everyHours === 1 ? 'hour' : `${schedule.everyHours} hours`}</>;
  return (
    <>
      every night at {schedule.at} (TZ: {schedule.zone})
    </>
  );
}
