// `npm test`: the same set-up as `npm start`, then every check and every suite.
import { spawn } from 'node:child_process';
import { build, installDependencies, requireNode, root } from './prepare.mjs';

requireNode();
installDependencies();
build();
const { runSuites } = await import('./run-suites.mjs');
process.exit(await runSuites({ root, spawn, arguments: process.argv.slice(2) }));
