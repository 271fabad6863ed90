// `npm run bench`: what a run costs, as ratios to what a machine cannot do without. Ends with 1 where a bar is missed; the
// bars are those of issue 3, the goals those of docs/performance.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeInput } from './input.ts';
import { type Command, compare, leftovers, measurePeak } from './measure.ts';

const program = join(import.meta.dirname, '../dist/rayshield.cjs');
const folder = mkdtempSync(join(tmpdir(), 'rayshield-bench-'));
const [one, thousand, tenThousand] = [1, 1000, 10_000].map((count) => writeInput(folder, count));
const expand = (file = ''): Command => [program, 'expand', file, '--operator-namespace', 'kuberay-operator'];

interface Row {
  readonly what: string;
  readonly ours: Command;
  readonly theirs: Command;
  readonly bar: number;
  readonly goal: number;
  readonly pairs: number;
}

const rows: readonly Row[] = [
  { what: '1 document / node -e 0', ours: expand(one), theirs: ['-e', '0'], bar: 1.7, goal: 1.3, pairs: 15 },
  {
    what: '1,000 RayClusters / node file copy',
    ours: expand(thousand),
    theirs: [join(import.meta.dirname, 'copy.cjs'), thousand ?? ''],
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
];

const line = (...cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(38) : cell.padStart(9))).join('');

let missed = 0;
console.log(line('', 'ratio', 'bar', 'goal', 'ours', 'theirs'));
for (const { what, ours, theirs, bar, goal, pairs } of rows) {
  const result = compare(ours, theirs, pairs);
  const times = [result.ours, result.theirs].map((time) => `${time.toFixed(0)} ms`);
  console.log(
    line(what, result.ratio.toFixed(2), String(bar), String(goal), ...times),
    result.ratio > bar ? 'MISSED' : '',
  );
  if (result.ratio > bar) missed += 1;
}
for (const [what, file] of Object.entries({
  '1 document': one,
  '1,000 RayClusters': thousand,
  '10,000 RayClusters': tenThousand,
})) {
  console.log(line(`peak memory, ${what}`, `${measurePeak(expand(file)).toFixed(0)} MiB`));
}
for (const path of [folder, ...leftovers]) rmSync(path, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;
