// The pipelines of docs/ci.md: their lines are run as a runner would run them, on a repository with a mistake and without.
import { readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fencedBlocks } from './support/page.ts';
import { makeTree } from './support/workdir.ts';
import { readXML } from './support/xml.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
const [workflow = '', pipeline = ''] = fencedBlocks(page, 'yaml');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly if?: string;
}
const gitHub = parse(workflow) as {
  permissions: object;
  jobs: { validate: { permissions: object; steps: readonly Step[] } };
};
const { steps } = gitHub.jobs.validate;
const gitLab = (parse(pipeline) as { rayshield: { script: string[]; artifacts: { reports: { junit: string } } } })
  .rayshield;

const right = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: a, namespace: ml}
spec:
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;
const wrong = right.replace('spec:\n', 'spec:\n  networkIsolatoin: {}\n');

/** Runs lines that call rayshield, in a repository of their own, as both runners do. */
async function runLines(lines: readonly string[], manifest: string) {
  const cwd = makeTree({ 'manifests/a.yaml': manifest, 'bin/': '' });
  symlinkSync(join(root, 'dist/rayshield.cjs'), join(cwd, 'bin/rayshield'));
  const PATH = [join(cwd, 'bin'), join(process.execPath, '..'), process.env['PATH']].join(delimiter);
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  const { exitCode, stdout } = await execa(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', lines.join('\n')],
    {
      cwd,
      env: { PATH },
      reject: false,
    },
  );
  return { exitCode, stdout, read: (file: string): string => readFileSync(join(cwd, file), 'utf8') };
}

const lineOf = (name: string): string => steps.find((step) => step.name === name)?.run ?? '';

describe('GitHub Actions', () => {
  test('has no right but those of its one job, and pins what it uses', () => {
    expect(gitHub.permissions).toEqual({});
    expect(gitHub.jobs.validate.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    const uses = workflow.split('\n').filter((line) => line.includes('uses:'));
    expect(uses).toHaveLength(3);
    for (const line of uses) expect(line).toMatch(/uses: [\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('annotates a mistake and fails', async () => {
    const { exitCode, stdout } = await runLines([lineOf('Annotations')], wrong);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^::error file=manifests\/a\.yaml,line=5,col=3,title=FIELD_MISSPELT [^:,]*::/);
    expect(await runLines([lineOf('Annotations')], right)).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['a mistake', wrong, ['FIELD_MISSPELT']],
    ['nothing wrong', right, []],
  ])('leaves the report that the last step takes, of %s', async (_, manifest, codes) => {
    const { exitCode, read } = await runLines([lineOf('Report')], manifest);
    expect(exitCode).toBe(0);
    const taken = steps.find((step) => step.uses?.includes('upload-sarif'))?.with?.['sarif_file'];
    const [run] = JSON.parse(read(String(taken))).runs;
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(codes);
  });

  test('does not hide that the check itself has failed', async () => {
    const { exitCode } = await runLines([`rm -r manifests; ${lineOf('Report')}`], right);
    expect(exitCode).toBe(1);
    expect((await runLines([lineOf('Report').replace('sarif', 'sarf')], right)).exitCode).toBe(1);
  });

  test('reports even where the step before has failed', () => {
    const after = steps.slice(steps.findIndex((step) => step.name === 'Report'));
    expect(after.map((step) => step.if)).toEqual(['${{ !cancelled() }}', '${{ !cancelled() }}']);
  });
});

test.each([
  ['a mistake', wrong, 1],
  ['nothing wrong', right, 0],
])('GitLab CI has a test report of %s', async (_, manifest, code) => {
  const { exitCode, read } = await runLines(
    gitLab.script.filter((line) => line.startsWith('rayshield ')),
    manifest,
  );
  expect(exitCode).toBe(code);
  const report = readXML(read(gitLab.artifacts.reports.junit));
  expect(report.attributes).toMatchObject({ tests: '1', failures: String(code) });
});

test('all examples install this version alike', () => {
  const install = steps.find((step) => step.run?.startsWith('npm install'))?.run;
  expect(gitLab.script[0]).toBe(install);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(install).toContain(`#v${version}"`);
  const hooks = readFileSync(join(root, 'docs/pre-commit.md'), 'utf8');
  const revisions = fencedBlocks(hooks, 'yaml').map((text) => parse(text).repos[0].rev);
  expect(revisions).toEqual([`v${version}`, `v${version}`]);
});
