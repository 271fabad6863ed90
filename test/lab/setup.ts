// `npm run lab:setup [part...] [-- --budget MINUTES]`: installs what the lab needs into a cache outside the clone.
// Ends with 1 where a part is missing without which the lab proves nothing. reports/lab-parts.json says what is there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findCache } from './parts/cache.ts';
import { installPart, type Outcome } from './parts/install.ts';
import { holdCache } from './parts/lock.ts';
import { printSize, printTime } from './parts/measure.ts';
import type { Part } from './parts/part.ts';
import { parts } from './parts/parts.ts';
import { splitLanes } from './parts/plan.ts';

const reports = join(import.meta.dirname, '../../reports');
const width = Math.max(...parts.map(({ name }) => name.length)) + 2;
const say = (part: Part, line: string): void => console.log(`${part.name.padEnd(width)}${line}`);

function readArguments(): { chosen: readonly Part[]; budget: number } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { budget: { type: 'string' } } });
  const unknown = positionals.find((name) => parts.every((part) => part.name !== name));
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}. Parts: ${parts.map(({ name }) => name).join(', ')}.`);
  const budget = Number(values.budget ?? Infinity);
  if (!(budget >= 0)) throw new Error('--budget wants a number of minutes.');
  return { chosen: positionals.length === 0 ? parts : parts.filter(({ name }) => positionals.includes(name)), budget };
}

function printOutcome(outcome: Outcome): void {
  const { part } = outcome;
  if ('missing' in outcome) {
    say(part, `${part.required ? 'FAILED' : 'skipped'}: ${outcome.missing}`);
    return;
  }
  const how = outcome.found ? 'is there' : `done in ${printTime(outcome.seconds * 1000)}`;
  say(part, `${part.pin}: ${how}, ${printSize(outcome.bytes)}`);
  for (const remark of outcome.remarks) say(part, `  ${remark}`);
}

function writeReport(outcomes: readonly Outcome[]): void {
  mkdirSync(reports, { recursive: true });
  const rows = outcomes.map(({ part: { name, pin, required }, found, ...status }) => ({
    name,
    pin,
    required,
    found,
    ...status,
  }));
  writeFileSync(join(reports, 'lab-parts.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
}

async function setUp(chosen: readonly Part[], budget: number, interrupt: AbortSignal): Promise<number> {
  const started = Date.now();
  const passed = (): number => Date.now() - started;
  const budgetEnd = new AbortController();
  const stop = (): void => budgetEnd.abort(new Error(`stopped at the end of the budget of ${budget} min`));
  const timer = Number.isFinite(budget) ? setTimeout(stop, budget * 60_000) : undefined;
  const minutesLeft = (): number => budget - passed() / 60_000;
  const setting = { interrupt, budgetEnd: budgetEnd.signal, minutesLeft, say };
  const outcomes: Outcome[] = [];
  const release = await holdCache(console.log, interrupt);
  try {
    console.log(`The cache is ${findCache()}.`);
    const installLane = async (lane: readonly Part[]): Promise<void> => {
      for (const part of lane) {
        const outcome = await installPart(part, setting);
        outcomes.push(outcome);
        printOutcome(outcome);
      }
    };
    await Promise.all(splitLanes(chosen).map(installLane));
  } finally {
    clearTimeout(timer);
    release();
    writeReport(outcomes);
  }
  const missing = outcomes.filter((outcome) => 'missing' in outcome);
  console.log(
    `${outcomes.length - missing.length} parts are there, ${missing.length} are not; ${printTime(passed())}.`,
  );
  return missing.some(({ part }) => part.required) ? 1 : 0;
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
try {
  const { chosen, budget } = readArguments();
  process.exitCode = await setUp(chosen, budget, interrupt.signal);
} catch (failure) {
  // 130 is what shells say of Ctrl-C.
  process.exitCode = interrupt.signal.aborted ? 130 : 2;
  console.error(interrupt.signal.aborted ? 'Interrupted; what was finished stays.' : (failure as Error).message);
}
