import { expect, test } from 'vitest';
import type { Finding } from '../../../plugin/findings/finding.ts';
import { printFinding, printFindings, printForStandardError } from '../../../plugin/findings/print-text.ts';

const missing = (file: string, line = 1): Finding => ({
  code: 'SCHEMA_MISSING_FIELD',
  severity: 'error',
  position: { file, line, column: 1 },
  facts: { name: 'template', parent: 'spec' },
});
const info = (line: number): Finding => ({
  code: 'NOT_A_MANIFEST',
  severity: 'info',
  position: { file: 'a'.repeat(900), line, column: 1 },
  facts: {},
});

test('few findings are the same on standard error as in a report', () => {
  const few = [missing('b.yaml', 2), missing('a.yaml'), info(1)];
  expect(printForStandardError(few)).toBe(printFindings(few));
});

test('standard error gets 8 KiB at most, in order, and a count of the rest', () => {
  const many = Array.from({ length: 300 }, (_, index) => missing('ä.yaml', 300 - index));
  const said = printForStandardError(many);
  expect(Buffer.byteLength(said)).toBeLessThanOrEqual(8192);
  const lines = said.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^ä\.yaml:1:1: error/);
  expect(lines.at(-1)).toBe(`... and ${300 - (lines.length - 1)} more SCHEMA_MISSING_FIELD`);
});

test('an error is said however many infos come before it', () => {
  const findings = [...Array.from({ length: 10 }, (_, index) => info(index + 1)), missing('z.yaml')];
  const said = printForStandardError(findings);
  expect(said).toMatch(/\nz\.yaml:1:1: error SCHEMA_MISSING_FIELD/);
  expect(said).toMatch(/\n\.\.\. and 3 more NOT_A_MANIFEST\n$/);
});

test('a name that is no name and a list that nobody reads are cut', () => {
  const long = 'k'.repeat(100_000);
  const said = printFinding({
    code: 'SCHEMA_UNKNOWN_FIELD',
    severity: 'error',
    resource: { kind: long, namespace: long, name: long },
    field: ['spec', long],
    facts: { name: long, places: [], known: Array.from({ length: 5000 }, (_, index) => `field${index}`) },
  });
  expect(said.length).toBeLessThan(5000);
  expect(said).toMatch(/^error SCHEMA_UNKNOWN_FIELD k{300}… k{300}…\/k{300}… spec\["k{300}…"\]: /);
});
