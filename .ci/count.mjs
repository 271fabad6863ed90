// Counts for .ci/run, before anything is installed: the tests in reports of Vitest and the parts in that of lab:setup.
// stdout gets `passed failed skipped`, stderr the name of what was skipped; a report that is not there counts nothing.
import { existsSync, readFileSync } from 'node:fs';

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Map();

/** Tests that a suite skips as a whole are one line: its title says why. */
function countTest({ status, ancestorTitles, title }) {
  const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
  counts[outcome] += 1;
  const name = ancestorTitles[0] ?? title;
  if (outcome === 'skipped') skipped.set(name, (skipped.get(name) ?? 0) + 1);
}

/** A part that is there was no test; a required one that is not fails as the step that installs it. */
function countPart({ name, missing, required }) {
  if (missing === undefined || required) return;
  counts.skipped += 1;
  skipped.set(`${name}: ${missing}`, 1);
}

for (const file of process.argv.slice(2).filter(existsSync)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  for (const { assertionResults } of report.testResults ?? []) assertionResults.forEach(countTest);
  if (Array.isArray(report)) report.forEach(countPart);
}
for (const [name, count] of skipped) console.error(`== skipped: ${name}${count > 1 ? ` (${count} tests)` : ''}`);
console.log(counts.passed, counts.failed, counts.skipped);
