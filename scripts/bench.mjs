// `npm run bench`: the same set-up as `npm start`, then the benchmarks named, or all (bench/README.md).
import { build, installDependencies, requireNode, root, run } from './prepare.mjs';

requireNode();
installDependencies();
build();
run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json'], 'the benchmarks could not be compiled');
process.chdir(root);
await import('../dist/bench/run.js');
