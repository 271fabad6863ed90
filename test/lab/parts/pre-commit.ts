// pre-commit in virtual environments, one for each way in which it installs from Git, and a cache of npm with what the build of
// rayshield stands on: the lab has no network when pre-commit asks for it.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './part.ts';
import { preCommits } from './pins.ts';

const root = join(import.meta.dirname, '../../..');
const constraints = join(import.meta.dirname, 'pre-commit.txt');
/** What npm needs to know which packages these are. */
const manifests = ['package.json', 'package-lock.json', '.npmrc'] as const;

export const npmCache = 'npm-cache';

export const preCommitPart: Part = {
  name: 'pre-commit',
  pin: `pre-commit ${preCommits.join(' and ')}`,
  tool: 'python3',
  required: false,
  compiles: false,
  minutes: 4,
  sources: () => ({
    versions: preCommits.join(),
    constraints: readFileSync(constraints, 'utf8'),
    lock: readFileSync(join(root, 'package-lock.json'), 'utf8'),
  }),
  provides: [...preCommits.map((version) => `${version}/bin/pre-commit`), npmCache],
  async install({ directory, run }) {
    for (const version of preCommits) {
      const environment = join(directory, version);
      await run('python3', ['-m', 'venv', environment]);
      const pip = ['-m', 'pip', 'install', '--no-input', '--progress-bar=off', '--only-binary=:all:'];
      await run(join(environment, 'bin/python'), [...pip, '--constraint', constraints, `pre-commit==${version}`], {
        env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      });
    }
    const clone = join(directory, 'clone');
    mkdirSync(clone);
    for (const file of manifests) copyFileSync(join(root, file), join(clone, file));
    const cache = ['--cache', join(directory, npmCache)];
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...cache], { cwd: clone });
    rmSync(clone, { recursive: true });
    return [];
  },
};
