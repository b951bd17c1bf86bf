// `npm run signin-link`: prints another one-time link, for the standalone of the data folder or, with DATABASE_URL, for services.
import { build, installDependencies, requireNode } from './prepare.mjs';

requireNode();
installDependencies();
build();
await import('../dist/apps/standalone/src/print-sign-in-link.js');
