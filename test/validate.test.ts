// Walks fixtures/validate: the command line, the report, and the exit code, as a user would see them. Every input is also
// printed in every other format, each of which is read by what stands for its reader.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { expectation, fixtures, inputOf, listCases, runIn } from './support/case.ts';
import { readXML } from './support/xml.ts';

const require = createRequire(import.meta.url);
const cases = listCases('validate');
const folderOf = (name: string): string => join(fixtures, 'validate', name);

function flagsOf(folder: string): string[] {
  const file = join(folder, 'flags');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : [];
}

test.each(cases)('%s', async (name) => {
  const folder = folderOf(name);
  const argv = ['validate', inputOf(folder), ...flagsOf(folder)];
  const { exitCode, stdout, stderr } = await runIn(folder, argv);
  expect(stderr).toBe('');
  const shown = `$ rayshield ${argv.join(' ')}\n${stdout}exit ${exitCode}\n`;
  expect(shown).toBe(expectation(folder, 'expected.txt', shown));
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/);
});

/** The report of a case in a format, and whether it says that the run has failed. */
async function report(name: string, format: string): Promise<{ text: string; exitCode: number }> {
  const folder = folderOf(name);
  const own = flagsOf(folder)
    .join(' ')
    .replace(/--format \w+/, '')
    .split(' ')
    .filter(Boolean);
  const { stdout, exitCode } = await runIn(folder, ['validate', inputOf(folder), ...own, '--format', format]);
  return { text: stdout, exitCode };
}

function makeValidator(schema: Record<string, unknown>): ValidateFunction {
  const { $schema: _, id: _id, ...rest } = schema;
  const formats = { uri: /^[a-z][a-z+.-]*:/, 'uri-reference': /^[^\s<>"{}|\\^`]*$/, 'date-time': true as const };
  // The schema of SARIF has a pattern that is none with the flag u.
  return new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(rest);
}

describe('json', () => {
  const schema = join(fixtures, '../schemas/rayshield.io/validationreport_v1alpha1.json');
  const validate = makeValidator(JSON.parse(readFileSync(schema, 'utf8')));

  test.each(cases)('%s fits its schema and counts what it lists', async (name) => {
    const { text, exitCode } = await report(name, 'json');
    const { findings, summary, failed, ...rest } = JSON.parse(text);
    expect(validate({ findings, summary, failed, ...rest }), JSON.stringify(validate.errors)).toBe(true);
    const count = (severity: string): number =>
      findings.filter((finding: { severity: string }) => finding.severity === severity).length;
    expect(summary).toMatchObject({ errors: count('error'), warnings: count('warning'), infos: count('info') });
    expect(failed).toBe(exitCode === 1);
  });
});

interface SARIFResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

describe('sarif', () => {
  // The schema of OASIS as SchemaStore carries it, in a package of Microsoft's SARIF SDK (MIT).
  const validate = makeValidator(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

  test('its schema refuses what is no SARIF', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  test.each(cases)('%s fits the schema of OASIS', async (name) => {
    const { text } = await report(name, 'sarif');
    const log = JSON.parse(text);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [run, ...more] = log.runs;
    expect(more).toEqual([]);
    const prints = new Set<string>();
    for (const { ruleId, ruleIndex, locations, partialFingerprints } of run.results as SARIFResult[]) {
      const rule = run.tool.driver.rules[ruleIndex];
      expect(rule.id).toBe(ruleId);
      expect(rule.help.markdown.length).toBeGreaterThan(rule.shortDescription.text.length);
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^(?!\/)[A-Za-z0-9%._~!'()*/-]+$/);
      prints.add(Object.values(partialFingerprints).join());
    }
    expect(prints.size).toBe(run.results.length);
  });
});

describe('github', () => {
  test.each(cases)('%s is one command a line', async (name) => {
    const { text } = await report(name, 'github');
    const lines = text.trimEnd().split('\n');
    expect(lines.pop()).toMatch(/^\d+ files?, \d+ documents?, \d+ Ray objects?(?: \(\d+ expanded\))?: /);
    for (const line of lines) {
      const [, , properties = '', message = ''] = /^::(error|warning|notice) (.*?)::(.+)$/.exec(line) ?? [];
      expect(properties, line).toMatch(/title=[A-Z_]+/);
      for (const property of properties.split(',')) expect(property).toMatch(/^(file|line|col|title)=[^:,]+$/);
      expect(`${properties}${message}`).not.toMatch(/%(?!25|0A|0D|3A|2C)/);
    }
  });
});

describe('junit', () => {
  test.each(cases)('%s is well-formed and counts its cases', async (name) => {
    const { text, exitCode } = await report(name, 'junit');
    const root = readXML(text);
    expect(root.name).toBe('testsuites');
    const all = root.children.flatMap((suite) => suite.children);
    const failed = all.filter(({ children }) => children.some((child) => child.name === 'failure'));
    expect(root.attributes).toMatchObject({ tests: String(all.length), failures: String(failed.length) });
    expect(failed.length > 0).toBe(exitCode === 1);
    for (const suite of root.children) {
      expect(suite.attributes['tests']).toBe(String(suite.children.length));
      for (const one of suite.children) expect(Object.keys(one.attributes)).toEqual(['name', 'classname']);
    }
  });
});
