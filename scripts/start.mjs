// `npm start`: whatever is missing is installed and built, then the whole product runs in this process.
import { build, installDependencies, requireNode } from './prepare.mjs';

requireNode();
installDependencies();
build();
await import('../dist/apps/standalone/src/main.js');
