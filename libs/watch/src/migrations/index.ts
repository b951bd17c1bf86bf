import type { OwnerMigrations } from '#database';
import { CreateWatch1795400000300 } from './1795400000300-create-watch.js';
import { BeginAnew1795400000310 } from './1795400000310-begin-anew.js';
import { TellOfSilence1795400000320 } from './1795400000320-tell-of-silence.js';
import { WatchEverybody1795400000330 } from './1795400000330-watch-everybody.js';
import { CarryTraces1795400000340 } from './1795400000340-carry-traces.js';
import { LookByIndex1795400000350 } from './1795400000350-look-by-index.js';

export const watchMigrations: OwnerMigrations = {
  schema: 'watch',
  migrations: [
    CreateWatch1795400000300,
    BeginAnew1795400000310,
    TellOfSilence1795400000320,
    WatchEverybody1795400000330,
    CarryTraces1795400000340,
    LookByIndex1795400000350,
  ],
};
