import { CreateRuns1795400000400 } from './1795400000400-create-runs.js';
import { CreateFollowUps1795400000410 } from './1795400000410-create-follow-ups.js';
import { CreatePlans1795400000420 } from './1795400000420-create-plans.js';
import { CreateSchedules1795400000430 } from './1795400000430-create-schedules.js';
import { ReportWhatBecame1795400000440 } from './1795400000440-report-what-became.js';
import { ReadPeople1795400000460 } from './1795400000460-read-people.js';
import { CreateProofs1795400000470 } from './1795400000470-create-proofs.js';
import { AlarmOfWaitingRuns1795400000471 } from './1795400000471-alarm-of-waiting-runs.js';
import { LeaveRoomInPlans1795400000480 } from './1795400000480-leave-room-in-plans.js';
import { CountFromTheFirstPage1795400000490 } from './1795400000490-count-from-the-first-page.js';
import { PaceOfPages1795400000510 } from './1795400000510-pace-of-pages.js';
import { KeepOverdueAlarms1795400000520 } from './1795400000520-keep-overdue-alarms.js';
import { CarryTraces1795400000530 } from './1795400000530-carry-traces.js';
import { BoundWaits1795400000550 } from './1795400000550-bound-waits.js';
import { SayWhoCancelled1795400000560 } from './1795400000560-say-who-cancelled.js';
import { TakeNoRunForAHandful1795400000570 } from './1795400000570-take-no-run-for-a-handful.js';
import { SayWhatARunWaitsFor1795400000540 } from './1795400000540-say-what-a-run-waits-for.js';

export const migrations = [
  CreateRuns1795400000400,
  CreateFollowUps1795400000410,
  CreatePlans1795400000420,
  CreateSchedules1795400000430,
  ReportWhatBecame1795400000440,
  ReadPeople1795400000460,
  CreateProofs1795400000470,
  AlarmOfWaitingRuns1795400000471,
  LeaveRoomInPlans1795400000480,
  CountFromTheFirstPage1795400000490,
  PaceOfPages1795400000510,
  KeepOverdueAlarms1795400000520,
  CarryTraces1795400000530,
  SayWhatARunWaitsFor1795400000540,
  BoundWaits1795400000550,
  SayWhoCancelled1795400000560,
  TakeNoRunForAHandful1795400000570,
];
