// The hand-written part of docs/findings.md: every code has its section, and every YAML example is shown to `rayshield validate`:
// the wrong one brings its finding about, the right one does not, nor any other error.
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Example, readNotes } from '../build/generated/finding-notes.ts';
import { findingTable } from '../plugin/findings/table.ts';
import { platformWords } from '../plugin/findings/words/platform.ts';
import { settingsWords } from '../plugin/findings/words/settings.ts';
import { ioFor } from './support/case.ts';
import { run } from './support/run.ts';
import { makeTree } from './support/workdir.ts';

const notes = readNotes();

test('every code has a note, and no note is of another code', () => {
  expect([...notes.keys()].sort()).toEqual(Object.keys(findingTable).sort());
});

test.each([...notes])('%s says why in whole sentences', (_, { why, wrong, right }) => {
  expect(why).toMatch(/^([A-Z`]|kubectl|cert-manager).*[.?]$/s);
  expect(why).not.toContain('```');
  if (wrong !== undefined) expect(right).toBeDefined();
});

type Tree = Readonly<Record<string, unknown>>;

const container = { name: 'ray-head', image: 'rayproject/ray:2.52.0' };
const group = { rayStartParams: {}, template: { spec: { containers: [container] } } };
const worker = { ...group, groupName: 'small', minReplicas: 0, maxReplicas: 1 };
/** What an item of a list is laid over. */
const items: Readonly<Record<string, Tree>> = { containers: container, workerGroupSpecs: worker };
const cluster = { headGroupSpec: group };
const specs: Readonly<Record<string, Tree>> = {
  RayCluster: cluster,
  RayJob: { entrypoint: 'python train.py', rayClusterSpec: cluster },
  RayService: { rayClusterConfig: cluster },
  RayCronJob: { schedule: '0 1 * * *', jobTemplate: { entrypoint: 'python train.py', rayClusterSpec: cluster } },
};

const isMap = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An example shows only what matters: the rest is that of a small object which nothing is wrong with. */
function layOver(base: unknown, over: unknown, field = ''): unknown {
  if (Array.isArray(over)) return over.map((item) => (items[field] ? layOver(items[field], item) : item));
  if (!isMap(base) || !isMap(over)) return over;
  const laid = Object.entries(over).map(([name, value]) => [name, layOver(base[name], value, name)]);
  return { ...base, ...Object.fromEntries(laid) };
}

function complete(text: string): string {
  // A whole document is shown as it stands: what is wrong may be its very text.
  if (/apiVersion: ?/.test(text)) return text;
  const shown = parse(text, { version: '1.1' }) as Tree;
  const kind = String(shown['kind'] ?? 'RayCluster');
  const base = { apiVersion: 'ray.io/v1', kind, metadata: { name: 'demo', namespace: 'ml' }, spec: specs[kind] };
  return stringify(layOver(base, shown), { version: '1.1' });
}

const settingsBase = { apiVersion: 'rayshield.io/v1alpha1', kind: 'RayShield', metadata: { name: 'rayshield' } };

/** The codes and the errors that validate reports of an example; `# with FLAGS` on its first line gives flags. */
async function judge(code: string, { text }: Example): Promise<{ codes: string[]; errors: string[] }> {
  const flags = /^# with (.*)\n/.exec(text)?.[1]?.split(' ') ?? [];
  const defaults =
    text.includes('--operator-namespace') || code === 'OPERATOR_ANY_NAMESPACE'
      ? []
      : ['--operator-namespace', 'kuberay'];
  const isSettings =
    code in settingsWords &&
    (text.startsWith('spec:\n  set') || /^kind: (ConfigMap|RayShield)/m.test(text)) &&
    !text.includes('---');
  const files = isSettings
    ? {
        'in/rayshield.yaml': /apiVersion/.test(text) ? text : stringify({ ...settingsBase, ...parse(text) }),
        'in/a.yaml': complete('{}'),
      }
    : { 'in/a.yaml': complete(text) };
  // A line says what the platform file has; of a platform file itself, it is the whole of it.
  const said = /^# where the platform file has (.*)\n/m.exec(text)?.[1];
  const platform = said ?? (code in platformWords ? text : undefined);
  const cwd = makeTree({
    ...files,
    ...(platform === undefined ? {} : { 'platform.yaml': stringify({ ...settingsBase, ...parse(platform) }) }),
    ...(platform === text ? { 'in/a.yaml': complete('{}') } : {}),
  });
  // A folder's settings give the namespace of the operator too.
  const given = isSettings ? [] : [...defaults, ...flags];
  const { stdout } = await run(
    ['validate', 'in', '--format', 'json', ...given],
    ioFor(cwd, platform === undefined ? {} : { RAYSHIELD_PLATFORM: 'platform.yaml' }),
    '0.0.0',
  );
  const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string; message: string }[] };
  return {
    codes: findings.map((finding) => finding.code),
    errors: findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => `${finding.code}: ${finding.message}`),
  };
}

const examples = [...notes].flatMap(([code, { wrong, right }]) =>
  [wrong, right].flatMap((example, index): [string, string, Example][] =>
    example?.language === 'yaml' ? [[code, index === 0 ? 'wrong' : 'right', example]] : [],
  ),
);

describe('examples', () => {
  test.each(examples)('%s, %s', async (code, role, example) => {
    const { codes, errors } = await judge(code, example);
    if (role === 'wrong') {
      expect(codes).toContain(code);
      return;
    }
    expect(codes).not.toContain(code);
    // A whole document may be cut short beside what it shows; what was completed is whole.
    if (!example.text.includes('apiVersion')) expect(errors).toEqual([]);
  });
});
