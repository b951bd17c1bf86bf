import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Set-up that `npm start` and `npm test` share: dependencies as locked, and a build of exactly these sources. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];

/** Ends the process with one line that says what is wrong. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Rollcall needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.`);
}

/** Installs the locked dependencies when they are missing or older than the lock file. */
export function installDependencies() {
  const stamp = join(root, 'node_modules', '.rollcall-installed');
  const wanted = digest([join(root, 'package.json'), join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stdout.write('Installing dependencies (once)…\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'the dependencies could not be installed');
  writeFileSync(stamp, wanted);
}

/** Builds into dist/ unless dist/ was built from exactly these sources. */
export function build() {
  const stamp = join(root, 'dist', '.built-from');
  const wanted = digest(sources());
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stdout.write('Building…\n');
  run('npm', ['run', '--silent', 'build'], 'the build failed');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function sources() {
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'].map((file) =>
    join(root, file),
  );
  for (const folder of ['apps', 'libs']) files.push(...filesBelow(join(root, folder)));
  return files.filter((file) => !/\.spec\.tsx?$/.test(file)).sort();
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    if (!existsSync(file) || !statSync(file).isFile()) continue;
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export function run(command, args, failure) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) fail(`Rollcall cannot start: ${failure}${error ? ` (${error.message})` : ''}.`);
}
