// `npm run bench`: what a run costs, as ratios to what a machine cannot do without; `npm run bench -- kubeconform` measures what
// has that word in its name. Ends with 1 where a bar is missed; the
// bars are those of issues 3 and 5, the goals those of docs/performance.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { locatePart } from '../test/lab/parts/locate.ts';
import { writeApplications, writeInput } from './input.ts';
import { type Clock, type Command, compare, isThere, leftovers, measurePeak, measurePeaksTogether } from './measure.ts';

const program = join(import.meta.dirname, '../dist/rayshield.cjs');
const folder = mkdtempSync(join(tmpdir(), 'rayshield-bench-'));
const [one, thousand, tenThousand] = [1, 1000, 10_000].map((count) => writeInput(folder, count));
const plain = writeInput(folder, 1000, true);
const withProgram = (...args: readonly string[]): Command => ({ args: [program, ...args] });
const expand = (file = ''): Command => withProgram('expand', file, '--operator-namespace', 'kuberay-operator');
const validate = (file = ''): Command => withProgram('validate', file, '--operator-namespace', 'kuberay-operator');

// One that is named, else that of `npm run lab:setup kubeconform`, else one on the PATH.
const installed = locatePart('kubeconform');
const ofLab = 'directory' in installed ? join(installed.directory, 'bin/kubeconform') : 'kubeconform';
const kubeconform = process.env['KUBECONFORM'] || ofLab;
const schemas = join(
  import.meta.dirname,
  '../schemas/kuberay-1.7/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
);
const conform = (file = ''): Command => ({
  program: kubeconform,
  args: ['-strict', '-n', '1', '-schema-location', schemas, file],
});

// go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.2
const kustomize = process.env['KUSTOMIZE'] || 'kustomize';
const generate = (application: string): Command => ({ ...withProgram('generate'), folder: application });
const applications = new Map([1, 20, 200].map((count) => [count, writeApplications(folder, count)]));

interface Row {
  readonly what: string;
  readonly ours: Command;
  readonly theirs: Command;
  readonly bar: number;
  readonly goal: number;
  readonly pairs: number;
  /** Wall time, unless it says otherwise. */
  readonly clocks?: readonly Clock[];
}

// For one document both pay their start alone, and that of Node is five times that of kustomize.
const generateBars: Readonly<Record<number, Pick<Row, 'bar' | 'goal'>>> = {
  1: { bar: 10, goal: 7 },
  20: { bar: 4, goal: 2.5 },
  200: { bar: 1.5, goal: 1 },
};

const rows: readonly Row[] = [
  { what: '1 document / node -e 0', ours: expand(one), theirs: { args: ['-e', '0'] }, bar: 1.7, goal: 1.3, pairs: 15 },
  {
    what: '1,000 RayClusters / node file copy',
    ours: expand(thousand),
    theirs: { args: [join(import.meta.dirname, 'copy.cjs'), thousand ?? ''] },
    bar: 16,
    goal: 8,
    pairs: 7,
  },
  {
    what: '10,000 RayClusters / 1,000',
    ours: expand(tenThousand),
    theirs: expand(thousand),
    bar: 11,
    goal: 10,
    pairs: 7,
  },
  // With our fields validate also expands them and judges what comes out; without, both do the same.
  {
    what: '1,000 validated / kubeconform',
    ours: validate(thousand),
    theirs: conform(thousand),
    bar: 3,
    goal: 1,
    pairs: 9,
    clocks: ['wall', 'processor'],
  },
  {
    what: '1,000 plain validated / kubeconform',
    ours: validate(plain),
    theirs: conform(plain),
    bar: 3,
    goal: 1,
    pairs: 9,
    clocks: ['wall', 'processor'],
  },
  ...[...applications].map(([count, { plain: application, kustomization }]) => ({
    what: `${count} generated / kustomize build`,
    ours: generate(application),
    theirs: { program: kustomize, args: ['build', kustomization] },
    ...(generateBars[count] as Pick<Row, 'bar' | 'goal'>),
    pairs: 9,
  })),
];

const line = (...cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(38) : cell.padStart(index === 2 ? 13 : 9))).join('');

let missed = 0;

function measure({ what, ours, theirs, bar, goal, pairs }: Row, clock: Clock): void {
  const { ratio, quartiles, ...times } = compare(ours, theirs, { pairs, clock });
  const middle = quartiles.map((value) => value.toFixed(2)).join('-');
  const printed = [times.ours, times.theirs].map((time) => `${time.toFixed(0)} ms`);
  const title = clock === 'wall' ? what : `- ${clock} time`;
  console.log(
    line(title, ratio.toFixed(2), middle, String(bar), String(goal), ...printed),
    ratio > bar ? 'MISSED' : '',
  );
  if (ratio > bar) missed += 1;
}

console.log(line('', 'ratio', 'middle half', 'bar', 'goal', 'ours', 'theirs'));
const asked = process.argv[2] ?? '';
for (const row of rows.filter(({ what }) => what.includes(asked))) {
  const { theirs, what, clocks = ['wall'] } = row;
  if (theirs.program === undefined || isThere(theirs.program)) for (const clock of clocks) measure(row, clock);
  else
    console.log(
      line(what),
      `skipped: there is no ${basename(theirs.program)}; npm run lab:setup ${basename(theirs.program)}`,
    );
}
const peaks = { '1 document': one, '1,000 RayClusters': thousand, '10,000 RayClusters': tenThousand };
for (const [what, file] of asked === '' ? Object.entries(peaks) : []) {
  console.log(line(`peak memory, ${what}`, `${measurePeak(expand(file)).toFixed(0)} MiB`));
}
for (const [count, { plain: application }] of asked === '' ? applications : []) {
  const peak = await measurePeaksTogether(generate(application), 16);
  console.log(line(`peak memory, 16 x ${count} generated`, `${peak.toFixed(0)} MiB`));
}
for (const path of [folder, ...leftovers]) rmSync(path, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;
