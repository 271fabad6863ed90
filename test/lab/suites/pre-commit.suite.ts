// docs/pre-commit.md with the real pre-commit, from the installation out of a Git repository to the commit that it stops, in both
// ways in which it has installed npm packages. Without a network: npm finds what the build stands on in a cache.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { fencedBlocks } from '../../support/page.ts';
import { readTree } from '../../support/workdir.ts';
import { folderOfPart } from '../parts/binary.ts';
import { preCommits } from '../parts/pins.ts';
import { npmCache } from '../parts/pre-commit.ts';
import { labSuite } from '../suite.ts';

const root = join(import.meta.dirname, '../../..');
const [config = ''] = fencedBlocks(readFileSync(join(root, 'docs/pre-commit.md'), 'utf8'), 'yaml');

const cluster = (name: string, field = 'networkIsolation'): string => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}, namespace: ml}
spec:
  ${field}: {mode: denyAllIngress}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;

const person = { NAME: 'lab', EMAIL: 'lab@localhost' };
const identity = Object.fromEntries(
  Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]),
);

labSuite('pre-commit', { parts: ['pre-commit'] }, (life) => {
  let env: Record<string, string>;
  let folder: string;
  let source: string;
  let revision: string;

  const git = (cwd: string, ...args: readonly string[]) => execa('git', args, { cwd, env, reject: false, all: true });
  const write = (tree: string, files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
  };

  async function makeRepository(name: string): Promise<string> {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    await git(path, 'init', '--quiet', '--initial-branch=main');
    return path;
  }

  beforeAll(async () => {
    folder = life.folder('data');
    // npm writes to its cache.
    const cache = join(folder, 'npm-cache');
    cpSync(join(folderOfPart('pre-commit'), npmCache), cache, { recursive: true });
    env = {
      ...identity,
      GIT_CONFIG_GLOBAL: '/dev/null',
      npm_config_cache: cache,
      npm_config_offline: 'true',
      // Of the suite's own runner.
      NODE_ENV: '',
      TMPDIR: tmpdir(),
    };
    source = await makeRepository('rayshield');
    // What a clone of the next commit would hold.
    const { stdout } = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
    });
    for (const path of stdout.split('\0').filter((path) => path !== '' && !path.startsWith('fixtures/')))
      cpSync(join(root, path), join(source, path));
    await git(source, 'add', '--all');
    await git(source, 'commit', '--quiet', '--message', 'all');
    revision = (await git(source, 'rev-parse', 'HEAD')).stdout;
  }, 120_000);

  describe.each(preCommits)('%s', (version) => {
    let repository: string;
    const preCommit = (...args: readonly string[]) =>
      execa(pathOfPreCommit(version), args, { cwd: repository, env: homeOf(version), reject: false, all: true });
    const homeOf = (of: string) => ({ ...env, PRE_COMMIT_HOME: join(folder, `home-${of}`) });
    const commit = (message: string) =>
      execa('git', ['commit', '--message', message], {
        cwd: repository,
        env: homeOf(version),
        reject: false,
        all: true,
      });
    const stage = async (files: Readonly<Record<string, string>>): Promise<void> => {
      write(repository, files);
      await git(repository, 'add', '--all');
    };

    beforeAll(async () => {
      repository = await makeRepository(`repository-${version}`);
      const own = config.replace(/repo: \S+.*/, `repo: ${source}`).replace(/rev: \S+/, `rev: ${revision}`);
      await stage({ '.pre-commit-config.yaml': own, 'manifests/a.yaml': cluster('a') });
    });

    test('installs from the Git repository by npm alone', { timeout: 600_000 }, async () => {
      const { exitCode, all } = await preCommit('install', '--install-hooks');
      expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
    });

    test('a clean commit passes both hooks', async () => {
      const { exitCode, all } = await commit('clean');
      expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
      expect(all).toMatch(/rayshield validate\.+Passed/);
      expect(all).toMatch(/rayshield expand --check\.+Passed/);
    });

    test('a broken one is stopped by file, line, column and what to do', async () => {
      await stage({ 'manifests/a.yaml': cluster('a', 'networkIsolatoin') });
      const { exitCode, all = '' } = await commit('broken');
      expect(exitCode).toBe(1);
      const said = all.match(
        /^manifests\/a\.yaml:5:3: error \S+ RayCluster ml\/a spec\.networkIsolatoin: .*networkIsolation/gm,
      );
      // By each hook once.
      expect(said, all).toHaveLength(2);
      await stage({ 'manifests/a.yaml': cluster('a') });
    });

    test('what only all files show is said by the second hook, and nothing is written', async () => {
      await stage({ 'manifests/b.yaml': cluster('a') });
      const before = readTree(join(repository, 'manifests'));
      const { exitCode, all = '' } = await commit('twice');
      expect(exitCode).toBe(1);
      expect(all).toMatch(/rayshield validate\.+Passed/);
      expect(all).toMatch(/rayshield expand --check\.+Failed/);
      expect(all).toContain('manifests/b.yaml:3:18: error OBJECT_TWICE');
      expect(all).not.toContain('kind: "NetworkPolicy"');
      expect(readTree(join(repository, 'manifests'))).toEqual(before);
      await stage({ 'manifests/b.yaml': cluster('b') });
      expect((await commit('second')).exitCode).toBe(0);
    });

    test('a commit that only deletes is checked too', async () => {
      await git(repository, 'rm', '--quiet', 'manifests/a.yaml', 'manifests/b.yaml');
      await stage({ 'manifests/kept.txt': '' });
      const { exitCode, all } = await commit('empty');
      expect(exitCode).toBe(1);
      expect(all).toMatch(/manifests: error FOLDER_EMPTY/);
      await git(repository, 'reset', '--quiet', '--hard');
    });

    test('shuffled portions of many files say what one run says', async () => {
      const names = Array.from({ length: 198 }, (_, index) => `teams/t${index % 9}/c${index}.yaml`);
      await stage(
        Object.fromEntries(
          names.map((name, index) => [
            name,
            cluster(`c${index % 5}`, index % 3 === 0 ? 'networkIsolatoin' : undefined),
          ]),
        ),
      );
      const { exitCode, all = '' } = await preCommit('run', 'rayshield-validate', '--all-files');
      expect(exitCode).toBe(1);
      // Of warnings each report in text has the first ten.
      const errorsIn = (text: string): string[] =>
        text
          .split('\n')
          .filter((line) => line.includes(': error '))
          .sort();
      const program = join(root, 'dist/rayshield.cjs');
      const alone = await execa(process.execPath, [program, 'validate', '--each-path', ...names], {
        cwd: repository,
        reject: false,
      });
      expect(errorsIn(all)).toHaveLength(names.length / 3);
      expect(errorsIn(all)).toEqual(errorsIn(alone.stdout));
      // A count closes the report of each process.
      expect(all.match(/^\d+ files?, \d+ documents?, /gm)?.length).toBeGreaterThan(1);
    });
  });
});

const pathOfPreCommit = (version: string): string => join(folderOfPart('pre-commit'), version, 'bin/pre-commit');
