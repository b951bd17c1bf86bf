import { CreatePeople1795400000200 } from './1795400000200-create-people.js';

export const migrations = [CreatePeople1795400000200];
