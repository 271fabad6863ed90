// Counts for .ci/run, before anything is installed: the tests in reports of Vitest and the parts in that of lab:setup.
// stdout gets `passed failed skipped`, stderr the name of what was skipped; a report that is not there counts nothing.
import { existsSync, readFileSync } from 'node:fs';

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Map();

/** Where a file has failed though none of its tests has, its servers did not start: none of its tests was skipped on purpose. */
function countFile({ status, assertionResults }) {
  const isBroken = status === 'failed' && !assertionResults.some((one) => one.status === 'failed');
  for (const result of assertionResults) countTest(result, isBroken ? 'failed' : 'skipped');
}

/** Tests that a suite skips as a whole are one line: its title says why. */
function countTest({ status, ancestorTitles, title }, otherwise) {
  const outcome = status === 'passed' || status === 'failed' ? status : otherwise;
  counts[outcome] += 1;
  const [suite] = ancestorTitles;
  const name = suite?.includes('(skipped, ') ? suite : [...ancestorTitles, title].join(' > ');
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
  (report.testResults ?? []).forEach(countFile);
  if (Array.isArray(report)) report.forEach(countPart);
}
for (const [name, count] of skipped) console.error(`== skipped: ${name}${count > 1 ? ` (${count} tests)` : ''}`);
console.log(counts.passed, counts.failed, counts.skipped);
