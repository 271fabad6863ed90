// docs/flux.md: its lines are run as printed, those of its pipelines as a runner would run them. `flux`, `kubectl`, `cosign` and `docker`
// are scripts that record what they are given: there is no registry here. What is pushed goes through Flux's own libraries in the lab.
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { fencedBlocks } from './support/page.ts';
import { makeTree, readTree } from './support/workdir.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/flux.md'), 'utf8');
const [quickStart = '', split = '', check = ''] = fencedBlocks(page, 'sh');
const [workflow = '', pipeline = ''] = fencedBlocks(page, 'yaml');

const digest = `sha256:${'0'.repeat(64)}`;
const pushed = JSON.stringify({ url: '', repository: 'registry.example.com/a', tag: 'x', digest });

/** What the stubs do besides: docker reads the password, flux tells the digest. */
const replies: Readonly<Record<string, string>> = {
  docker: 'cat > /dev/null',
  flux: `case "$*" in "push "*json) echo '${pushed}';; esac`,
};

// Of FLUX2 v2.9.4, cmd/flux/{push,tag}_artifact.go.
const fluxFlags: Readonly<Record<string, readonly string[]>> = {
  push: ['--path', '--source', '--revision', '--reproducible', '--output', '--creds'],
  tag: ['--tag'],
};

/** A folder with rayshield and stubs of the other tools on PATH, and the calls of those so far. */
function makeMachine(files: Readonly<Record<string, string>> = {}) {
  const home = makeTree({ 'bin/': '', calls: '' });
  symlinkSync(join(root, 'dist/rayshield.cjs'), join(home, 'bin/rayshield'));
  const cwd = makeTree({
    'work/': '',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`work/${path}`, text])),
  });
  for (const tool of ['flux', 'kubectl', 'cosign', 'docker']) {
    const script = `#!/bin/bash\nprintf '%s\\t' ${tool} "$@" >> ${home}/calls; echo >> ${home}/calls\n${replies[tool] ?? ''}\n`;
    writeFileSync(join(home, 'bin', tool), script);
    chmodSync(join(home, 'bin', tool), 0o755);
  }
  const PATH = [join(home, 'bin'), join(process.execPath, '..'), process.env['PATH']].join(delimiter);
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  const runLines = (lines: string, env: Readonly<Record<string, string>> = {}) =>
    execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', lines], {
      cwd: join(cwd, 'work'),
      env: { PATH, HOME: home, ...env },
      reject: false,
    });
  const calls = (): string[][] =>
    readFileSync(join(home, 'calls'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t').slice(0, -1));
  return { cwd, work: join(cwd, 'work'), runLines, calls };
}

const checkFluxCall = ([, verb = '', ...args]: readonly string[]): void => {
  for (const flag of args.filter((arg) => arg.startsWith('--'))) expect(fluxFlags[verb]).toContain(flag);
};

describe('the lines of the page', () => {
  test('do what they say, one after the other', async () => {
    const { work, runLines } = makeMachine();
    const first = await runLines(quickStart);
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(`${first.stdout}\n`).toBe(fencedBlocks(page, 'text')[0]);
    const second = await runLines(split);
    expect([second.exitCode, second.stderr]).toEqual([0, '']);
    const kustomizations = parseAllDocuments(readFileSync(join(work, 'rendered/flux.yaml'), 'utf8'));
    expect(kustomizations.map((one) => one.getIn(['metadata', 'name']))).toEqual(['ray-policies', 'ray-ray']);
    expect((await runLines(check)).exitCode).toBe(0);
    writeFileSync(
      join(work, 'manifests/cluster.yaml'),
      readFileSync(join(work, 'manifests/cluster.yaml'), 'utf8').replace('demo', 'other'),
    );
    const stale = await runLines(check);
    expect([stale.exitCode, stale.stdout]).toEqual([1, expect.stringContaining('+++ b/policies/')]);
  });

  test('push what is there and apply an example that is there', async () => {
    const { work, runLines, calls } = makeMachine({ 'rendered/a': '' });
    await runLines(
      'git init -q -b main . && git remote add origin https://git.example.com/a.git && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m a',
    );
    expect(await runLines(fencedBlocks(page, 'sh registry')[0] ?? '')).toMatchObject({ exitCode: 0, stderr: '' });
    const [push = [], apply = []] = calls();
    checkFluxCall(push);
    expect(push.slice(0, 4)).toEqual([
      'flux',
      'push',
      'artifact',
      'oci://registry.example.com/platform/ray:production',
    ]);
    expect(push[push.indexOf('--revision') + 1]).toMatch(/^main@sha1:[0-9a-f]{40}$/);
    expect(existsSync(join(work, push[push.indexOf('--path') + 1] ?? ''))).toBe(true);
    expect(existsSync(join(root, apply[3] ?? ''))).toBe(true);
    const example = parseAllDocuments(readFileSync(join(root, apply[3] ?? ''), 'utf8'));
    expect(`${push[3]}`).toBe(`${example[0]?.getIn(['spec', 'url'])}:${example[0]?.getIn(['spec', 'ref', 'tag'])}`);
  });

  test('quote messages that are said', async () => {
    const { runLines } = makeMachine({ 'manifests/a.yaml': cluster('a'), 'rendered/mine': '' });
    for (const [out, code] of [
      ['rendered', 'OUT_FOREIGN'],
      ['manifests/out', 'RENDER_INSIDE_SOURCE'],
    ]) {
      const quoted = new RegExp(`\`(error ${code}[^\`]*)\``).exec(page)?.[1];
      expect((await runLines(`rayshield render manifests --out ${out}`)).stderr).toContain(quoted);
    }
  });
});

function cluster(name: string, fields = 'networkIsolation: {}'): string {
  return `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}, namespace: ml}
spec:
  ${fields}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;
}

const git = 'git -c user.name=a -c user.email=a@example.com';

/** A repository whose last commit changes the cluster of the one before. */
async function makeRepository(before: string, after: string) {
  const machine = makeMachine({ 'manifests/a.yaml': before });
  await machine.runLines(`git init -q -b main . && git add . && ${git} commit -qm before`);
  writeFileSync(join(machine.work, 'manifests/a.yaml'), after);
  await machine.runLines(`git add . && ${git} commit -qm after --allow-empty`);
  const base = (await machine.runLines('git rev-parse HEAD~1')).stdout;
  return { ...machine, base };
}

interface Step {
  readonly name?: string;
  readonly run?: string;
}
interface Job {
  readonly if: string;
  readonly permissions: object;
  readonly steps: readonly Step[];
}
const gitHub = parse(workflow) as { permissions: object; env: { FLAGS: string }; jobs: { changes: Job; publish: Job } };
const { changes, publish } = gitHub.jobs;
const stepOf = (job: Job, name: string): string => job.steps.find((step) => step.name === name)?.run ?? '';

describe('GitHub Actions', () => {
  const { FLAGS } = gitHub.env;

  test('has no right but those that a job needs, and pins what it uses', () => {
    expect(gitHub.permissions).toEqual({});
    expect(changes).toMatchObject({ if: "github.event_name == 'pull_request'", permissions: { contents: 'read' } });
    expect(publish.permissions).toEqual({ contents: 'read', packages: 'write', 'id-token': 'write' });
    const uses = workflow.split('\n').filter((line) => line.includes('uses:'));
    expect(uses).toHaveLength(6);
    for (const line of uses) expect(line).toMatch(/uses: [\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('shows what a pull request changes in the cluster', async () => {
    const { cwd, base, runLines } = await makeRepository(
      cluster('a', 'networkIsolation: {mode: denyAllIngress}'),
      cluster('a'),
    );
    const summary = join(cwd, 'summary.md');
    const env = { FLAGS, BASE: base, GITHUB_STEP_SUMMARY: summary };
    expect(await runLines(stepOf(changes, 'Render'), env)).toMatchObject({ exitCode: 0 });
    expect(await runLines(stepOf(changes, 'Changes'), env)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(summary, 'utf8')).toMatch(
      /^```diff\n--- a\/policies\/networkpolicy[\s\S]*^\+ {2}- "Egress"$[\s\S]*\n```\n$/m,
    );
  });

  test('shows nothing where nothing changes, and fails where the manifests are wrong', async () => {
    const same = await makeRepository(cluster('a'), `# a comment\n${cluster('b').replace('name: b', 'name: a')}`);
    const summary = join(same.cwd, 'summary.md');
    const env = { FLAGS, BASE: same.base, GITHUB_STEP_SUMMARY: summary };
    await same.runLines(stepOf(changes, 'Changes'), env);
    expect(
      readFileSync(summary, 'utf8')
        .split('\n')
        .filter((line) => /^[-+] /.test(line)),
    ).toEqual([]);
    const wrong = await makeRepository(cluster('a'), cluster('a', 'networkIsolatoin: {}'));
    expect(await wrong.runLines(stepOf(changes, 'Render'), env)).toMatchObject({ exitCode: 1, stdout: '' });
  });

  test('pushes what was rendered, signs the digest, and moves the tag after that', async () => {
    const { work, runLines, calls } = await makeRepository(cluster('a'), cluster('a'));
    const env = {
      ...{ FLAGS, REPOSITORY: 'ghcr.io/o/r/ray', TOKEN: 'secret-token', GITHUB_ACTOR: 'me', GITHUB_SHA: 'abc' },
      ...{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r', GITHUB_REF_NAME: 'main' },
    };
    expect(await runLines(stepOf(publish, 'Render'), env)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(Object.keys(readTree(join(work, 'rendered')))).toContain('flux.yaml');
    expect(await runLines(stepOf(publish, 'Push and sign'), env)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.stringify(calls())).not.toContain('secret-token');
    const [login, push = [], sign, tag = []] = calls();
    expect(login?.slice(0, 3)).toEqual(['docker', 'login', 'ghcr.io']);
    checkFluxCall(push);
    checkFluxCall(tag);
    expect(push.slice(0, 6)).toEqual(['flux', 'push', 'artifact', 'oci://ghcr.io/o/r/ray:abc', '--path', 'rendered']);
    expect(sign).toEqual(['cosign', 'sign', '--yes', `registry.example.com/a@${digest}`]);
    expect(tag).toEqual(['flux', 'tag', 'artifact', 'oci://ghcr.io/o/r/ray:abc', '--tag', 'production']);
  });
});

describe('GitLab CI', () => {
  interface GitLabJob {
    readonly script: readonly string[];
    readonly rules?: readonly object[];
  }
  const gitLab = parse(pipeline) as { stages: string[]; variables: { FLAGS: string } } & Record<
    'render' | 'push' | 'sign',
    GitLabJob
  >;
  const { FLAGS } = gitLab.variables;
  const ours = (job: GitLabJob): string => job.script.filter((line) => !/^(npm|apk) /.test(line)).join('\n');

  test('keeps the rendered folder and what changes', async () => {
    const { work, base, runLines } = await makeRepository(cluster('a'), cluster('b'));
    expect(await runLines(ours(gitLab.render), { FLAGS, CI_MERGE_REQUEST_DIFF_BASE_SHA: base })).toMatchObject({
      exitCode: 0,
    });
    expect(readFileSync(join(work, 'changes.diff'), 'utf8')).toContain('+++ b/ray/raycluster.ray.io_ml_b.yaml');
    expect(Object.keys(readTree(join(work, 'rendered')))).toContain('ray/raycluster.ray.io_ml_b.yaml');
  });

  test('on a branch without a merge request has no changes, and ends where the manifests are wrong', async () => {
    const right = await makeRepository(cluster('a'), cluster('b'));
    expect(await right.runLines(ours(gitLab.render), { FLAGS })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(right.work, 'changes.diff'), 'utf8')).toBe('');
    const wrong = await makeRepository(cluster('a'), cluster('a', 'tlsOption: {}'));
    expect((await wrong.runLines(ours(gitLab.render), { FLAGS })).exitCode).toBe(1);
  });

  test('pushes with the modes that a folder is rendered with, and signs what was pushed', async () => {
    const { runLines, calls } = makeMachine({ 'rendered/ray/a.yaml': '' });
    const env = {
      ...{
        CI_REGISTRY: 'registry',
        CI_REGISTRY_USER: 'me',
        CI_REGISTRY_PASSWORD: 'p',
        CI_PROJECT_URL: 'https://gitlab.com/o/r',
      },
      ...{ REPOSITORY: 'registry/ray', CI_COMMIT_BRANCH: 'main', CI_COMMIT_SHA: 'abc' },
    };
    const copied = makeTree();
    const into = (script: string): string => script.replaceAll('/tmp/rendered', join(copied, 'rendered'));
    await runLines('chmod -R 0777 rendered && chmod 0666 rendered/ray/a.yaml');
    expect(await runLines(into(ours(gitLab.push)), env)).toMatchObject({ exitCode: 0, stderr: '' });
    const modes = await runLines(`cd ${copied} && stat -c %a rendered rendered/ray rendered/ray/a.yaml`);
    expect(modes.stdout).toBe('755\n755\n644');
    expect(await runLines(ours(gitLab.sign), env)).toMatchObject({ exitCode: 0, stderr: '' });
    const [push = [], , sign] = calls();
    checkFluxCall(push);
    expect(push.slice(3, 6)).toEqual(['oci://registry/ray:production', '--path', join(copied, 'rendered')]);
    expect(sign).toEqual(['cosign', 'sign', '--yes', `registry.example.com/a@${digest}`]);
    expect(gitLab.push.rules).toEqual(gitLab.sign.rules);
  });
});

test('both install the version that docs/ci.md installs', () => {
  const install = /npm install --global .*/.exec(readFileSync(join(root, 'docs/ci.md'), 'utf8'))?.[0];
  expect(page.match(/npm install --global .*/g)).toEqual([install, install, install]);
});
