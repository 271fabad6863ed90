// A Git repository on this machine, as an application's source.
import { execFileSync } from 'node:child_process';
import { makeTree } from '../../support/workdir.ts';
import { pathOfBinary } from '../parts/binary.ts';

// Nobody's name, and no configuration of the machine has a say.
const environment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'lab'],
      [`GIT_${who}_EMAIL`, 'lab@example.com'],
      [`GIT_${who}_DATE`, '2026-01-01T00:00:00Z'],
    ]),
  ),
};

/** A repository whose branch `main` has these files; gives its URL. It is removed after the test. */
export function makeGitRepository(files: Readonly<Record<string, string>>): string {
  const folder = makeTree(files);
  const git = (...args: string[]): Buffer =>
    execFileSync(pathOfBinary('argocd-packages', 'git'), ['-C', folder, ...args], {
      env: { ...process.env, ...environment },
      stdio: 'pipe',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=Files');
  return `file://${folder}`;
}
