import { CreatePeople1795400000200 } from './1795400000200-create-people.js';
import { CreateComparisonViews1795400000250 } from './1795400000250-create-comparison-views.js';

export const migrations = [CreatePeople1795400000200, CreateComparisonViews1795400000250];
