// `npm run bench`: what a run costs, as ratios to what a machine cannot do without; `npm run bench -- kubeconform` measures what
// has that word in its name. Ends with 1 where a bar is missed; the
// bars are those of issues 3 and 5, the goals those of docs/performance.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locatePart } from '../test/lab/parts/locate.ts';
import { writeInput } from './input.ts';
import { type Clock, type Command, compare, isThere, leftovers, measurePeak } from './measure.ts';

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
  else console.log(line(what), 'skipped: there is no kubeconform; npm run lab:setup kubeconform');
}
const peaks = { '1 document': one, '1,000 RayClusters': thousand, '10,000 RayClusters': tenThousand };
for (const [what, file] of asked === '' ? Object.entries(peaks) : []) {
  console.log(line(`peak memory, ${what}`, `${measurePeak(expand(file)).toFixed(0)} MiB`));
}
for (const path of [folder, ...leftovers]) rmSync(path, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;
