import { CreatePeople1795400000200 } from './1795400000200-create-people.js';
import { CreatePeopleViews1795400000210 } from './1795400000210-create-people-views.js';
import { CreateDecidedConnections1795400000220 } from './1795400000220-create-decided-connections.js';
import { CreateDisbandedConnections1795400000230 } from './1795400000230-create-disbanded-connections.js';
import { AnswerEveryRunPage1795400000240 } from './1795400000240-answer-every-run-page.js';
import { UndoEffects1795400000250 } from './1795400000250-undo-effects.js';
import { ListLargeOrganisations1795400000270 } from './1795400000270-list-large-organisations.js';
import { ListClosedHolds1795400000280 } from './1795400000280-list-closed-holds.js';
import { CountPeopleOfConnections1795400000290 } from './1795400000290-count-people-of-connections.js';
import { LeaveRoomInPlanUnits1795400000300 } from './1795400000300-leave-room-in-plan-units.js';
import { JudgeRunsTogether1795400000305 } from './1795400000305-judge-runs-together.js';
import { FindOldPlans1795400000320 } from './1795400000320-find-old-plans.js';
import { SinceWhenPeopleWait1795400000310 } from './1795400000310-since-when-people-wait.js';

export const migrations = [
  CreatePeople1795400000200,
  CreatePeopleViews1795400000210,
  CreateDecidedConnections1795400000220,
  CreateDisbandedConnections1795400000230,
  AnswerEveryRunPage1795400000240,
  UndoEffects1795400000250,
  ListLargeOrganisations1795400000270,
  ListClosedHolds1795400000280,
  CountPeopleOfConnections1795400000290,
  LeaveRoomInPlanUnits1795400000300,
  JudgeRunsTogether1795400000305,
  SinceWhenPeopleWait1795400000310,
  FindOldPlans1795400000320,
];
