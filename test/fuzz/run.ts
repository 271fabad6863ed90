// `npm run fuzz [-- --seconds N --seed S]`: judges mutants of all manifests until the time is over, or one breaks a law; then it
// prints the mutant, made as small as it can be, and what finds it again, and ends with 1.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { fuzzInput } from './inputs.ts';
import { judge } from './judge.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds ?? 120);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const counts = { refused: 0, expanded: 0, 'left alone': 0 };

const property = fc.asyncProperty(fuzzInput(), async (bytes) => {
  counts[await judge(bytes)] += 1;
});
const result = await fc.check(property, {
  seed,
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  // The time is up: what was judged until then counts.
  markInterruptAsFailure: false,
});
console.log(`seed ${seed}: ${JSON.stringify(counts)}`);
if (result.failed) {
  const [bytes] = result.counterexample ?? [];
  console.log(
    `${String(result.errorInstance)}\n--- the input, between the lines\n${Buffer.from(bytes ?? '').toString()}\n---`,
  );
  console.log(`base64: ${Buffer.from(bytes ?? '').toString('base64')}`);
  process.exitCode = 1;
}
