import { describe, expect, test } from 'vitest';
import { type Arguments, readArguments } from '../../../plugin/fronts/arguments.ts';
import { flagName } from '../../../plugin/settings/names.ts';
import { settingNames, settingOf } from '../../../plugin/settings/table.ts';
import { collectReports, type Reported } from '../../support/reports.ts';

function read(...argv: readonly string[]): { args: Arguments; reports: readonly Reported[] } {
  let args: Arguments | undefined;
  const reports = collectReports((report) => {
    args = readArguments(argv, report);
  });
  if (args === undefined) throw new Error('readArguments gives nothing');
  return { args, reports };
}

test('verb, paths and flags in any order', () => {
  const { args, reports } = read('expand', 'a.yaml', '--namespace', 'ml', '-', '--out=o', 'b');
  expect(reports).toEqual([]);
  expect(args).toEqual({
    verb: 'expand',
    paths: ['a.yaml', '-', 'b'],
    out: 'o',
    format: 'text',
    check: false,
    strict: false,
    eachPath: false,
    allKinds: false,
    isExpanded: false,
    split: false,
    values: {},
    given: ['out'],
    help: false,
    version: false,
    flags: [{ setting: 'namespace', raw: 'ml', spelling: 'flag --namespace', path: ['namespace'] }],
  });
});

test('every setting has a flag that takes its example', () => {
  for (const name of settingNames) {
    const { args, reports } = read('expand', `--${flagName(name)}`, settingOf(name).example);
    expect(reports).toEqual([]);
    expect(args.flags).toMatchObject([{ setting: name, raw: settingOf(name).example }]);
  }
});

test('after -- everything is a path, even with dashes', () => {
  expect(read('expand', '--', '--help', '-x.yaml').args).toMatchObject({ paths: ['--help', '-x.yaml'], help: false });
});

test('-h and --help, --version', () => {
  expect(read('-h').args).toMatchObject({ verb: undefined, help: true });
  expect(read('generate', '--help').args).toMatchObject({ verb: 'generate', help: true });
  expect(read('--version').args.version).toBe(true);
});

test('the flag of a list may be repeated', () => {
  const { args, reports } = read('expand', '--dns', 'kube-dns', '--dns', '10.0.0.1,any');
  expect(reports).toEqual([]);
  expect(args.flags).toMatchObject([{ setting: 'dns', raw: 'kube-dns,10.0.0.1,any' }]);
});

test('a value that begins with a dash is written with =', () => {
  expect(read('expand', '--namespace=-x').args.flags).toMatchObject([{ raw: '-x' }]);
});

describe('wrong use', () => {
  test.each([
    [['expand', '--namespce', 'ml'], 'expand has no flag --namespce; did you mean --namespace?'],
    [['expand', '--clusterDomain', 'a.b'], 'expand has no flag --clusterDomain; did you mean --cluster-domain?'],
    [['expand', '-n', 'ml'], 'expand has no flag -n; did you mean --namespace?'],
    [['expand', '-o', 'x'], 'expand has no flag -o; did you mean --out?'],
    [['generate', '--xyzzyplugh'], 'generate has no flag --xyzzyplugh; see rayshield generate --help'],
    [['--xyzzyplugh'], 'rayshield has no flag --xyzzyplugh; see rayshield --help'],
    [['expand', '--no-help'], 'expand has no flag --no-help; see rayshield expand --help'],
    [['expand', '--__proto__', 'x'], 'expand has no flag --__proto__; see rayshield expand --help'],
    [['expand', '--namespace'], '--namespace needs a value; write it as in --namespace ml'],
    [['expand', '--namespace', '--out', 'x'], '--namespace needs a value; write it as in --namespace ml'],
    [['expand', '--out'], '--out needs a value; write it as in --out DIR'],
    [['expand', '--help=yes'], '--help takes no value; write --help alone'],
    [['validate', '--format', 'sarf'], '--format takes one of text, json, sarif, github, junit; did you mean sarif?'],
    [['validate', '--format', 'yml2'], '--format takes one of text, json, sarif, github, junit; write one of them'],
    [['validate', '--format'], '--format needs a value; write it as in --format text'],
    [['validate', '--strict=true'], '--strict takes no value; write --strict alone'],
    [['expand', '--out', 'a', '--out', 'b'], '--out is given twice; keep the one that is meant'],
    [['expand', '--namespace', 'a', '--namespace', 'b'], '--namespace is given twice; keep the one that is meant'],
  ])('%j', (argv, message) => {
    expect(read(...argv).reports.map((report) => report.message)).toContain(message);
  });

  test('all mistakes are found at once', () => {
    expect(read('expand', '--namespce', 'a', '--otu', 'b', '--dns').reports.map(({ code }) => code)).toEqual([
      'FLAG_UNKNOWN',
      'FLAG_UNKNOWN',
      'FLAG_VALUE_MISSING',
    ]);
  });
});
