// What npm runs after `npm ci`, before `npm pack`, and when rayshield is installed from its Git repository, as pre-commit does:
// builds dist/ (https://docs.npmjs.com/cli/v11/using-npm/scripts#life-cycle-scripts). A global install from Git brings no
// development dependencies, so what the build stands on is installed first where it is not there, as package-lock.json has it.
// No file of the build may be imported here: they stand on those packages.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Standard output is for the caller: pre-commit up to 4.6.0 takes that of `npm pack` for the name of a file. */
function run(args, env = process.env) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const isThere = (name) => existsSync(join(root, 'node_modules', name, 'package.json'));

if (!Object.keys(devDependencies).every(isThere)) {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) {
    process.stderr.write('The packages that the build needs are not installed; run npm ci.\n');
    process.exit(1);
  }
  // Against what an outer `npm install --global` has handed down in the environment.
  const here = ['--global=false', '--location=project', '--include=dev', '--include=optional', '--dry-run=false'];
  run([npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', ...here]);
}
run(['--import', 'tsx', 'build/build.ts']);
