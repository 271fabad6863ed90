// The report formats where names are hostile: whoever writes a manifest must not write a command, an element or a colour.
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../plugin/findings/finding.ts';
import { printGitHub } from '../../../plugin/findings/print-github.ts';
import { printJUnit } from '../../../plugin/findings/print-junit.ts';
import { printReport } from '../../../plugin/findings/print-report.ts';
import { printSARIF } from '../../../plugin/findings/print-sarif.ts';
import type { Validation } from '../../../plugin/findings/validation.ts';
import { readXML } from '../../support/xml.ts';

const tool = { name: 'rayshield', version: '1.2.3' };
const name = '\u001b[31m"<&>%0A::error::,x\n::warning::y';

const finding = (line: number, file = 'a b:c,%.yaml'): Finding => ({
  code: 'GROUP_NAME_TWICE',
  severity: 'error',
  position: { file, line, column: 3 },
  resource: { kind: 'RayCluster', name },
  field: ['spec', 'workerGroupSpecs', 0, 'groupName'],
  facts: { group: name },
});

const validationOf = (findings: readonly Finding[], isStrict = false): Validation => ({
  findings,
  files: ['a b:c,%.yaml'],
  documents: 1,
  objects: [],
  isStrict: () => isStrict,
});

describe('text', () => {
  const print = (isColoured: boolean): string =>
    printReport(validationOf([finding(1)]), { texts: new Map(), isColoured });

  test('a name cannot colour a terminal', () => {
    expect(print(false)).not.toContain('\u001b');
    expect(print(true).split('\u001b')).toHaveLength(3);
    expect(print(true)).toContain('\u001b[1;31merror\u001b[0m GROUP_NAME_TWICE');
  });

  test('a run that warnings fail says so', () => {
    const warning: Finding = { code: 'OPERATOR_ANY_NAMESPACE', severity: 'warning', facts: {} };
    const options = { texts: new Map(), isColoured: false };
    expect(printReport(validationOf([warning], true), options)).toMatch(/: 1 warning \(warnings fail this run\)\n$/);
    expect(printReport(validationOf([warning]), options)).toMatch(/: 1 warning\n$/);
  });
});

describe('github', () => {
  test('a name cannot begin a command or a property', () => {
    const [command, summary, ...rest] = printGitHub(validationOf([finding(4)]), (file) => file).split('\n');
    expect(rest).toEqual(['']);
    expect(summary).toBe('1 file, 1 document, 0 Ray objects: 1 error');
    expect(command).toMatch(
      /^::error file=a b%3Ac%2C%25\.yaml,line=4,col=3,title=[^:,]+::two worker groups are called/,
    );
    expect(command?.match(/::(?=\S* |two)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(command).toContain('%250A');
  });

  test('standard input is no file of the repository, so that its place is said', () => {
    const printed = printGitHub(validationOf([finding(4, '<stdin>')]), () => undefined);
    expect(printed).toMatch(/^::error title=[^:]+::<stdin>:4:3: two worker groups/);
  });
});

describe('junit', () => {
  test('a name cannot be an element', () => {
    const root = readXML(printJUnit(validationOf([finding(4)]), tool));
    expect(root.children.flatMap((suite) => suite.children).map((one) => one.attributes['name'])).toEqual(['line 4']);
  });

  test('of two objects of one name a finding belongs to the one that it stands in', () => {
    const object = (line: number) => ({
      file: 'a.yaml',
      line,
      apiVersion: 'ray.io/v1',
      resource: { kind: 'RayCluster', name },
      isRay: true,
      hasSchema: true,
    });
    const validation = {
      ...validationOf([finding(12, 'a.yaml')]),
      files: ['a.yaml'],
      objects: [object(1), object(10)],
    };
    const cases = readXML(printJUnit(validation, tool)).children[0]?.children ?? [];
    expect(cases.map(({ children }) => children.length)).toEqual([0, 1]);
  });

  test('what is about no file has a suite of its own', () => {
    const lone: Finding = { code: 'LINK_BROKEN', severity: 'error', facts: {} };
    const root = readXML(printJUnit({ ...validationOf([lone]), files: [] }, tool));
    expect(root.children.map((suite) => suite.attributes['name'])).toEqual(['rayshield']);
  });
});

describe('sarif', () => {
  const print = (findings: readonly Finding[], isComplete = true) => {
    const options = { tool, help: {}, nameOf: (file: string) => file, isComplete };
    return JSON.parse(printSARIF(validationOf(findings), options)).runs[0];
  };
  const printsOf = (findings: readonly Finding[]): string[] =>
    print(findings).results.map(({ partialFingerprints }: { partialFingerprints: object }) =>
      Object.values(partialFingerprints).join(),
    );

  test('an address is a relative reference, whatever the name of the file holds', () => {
    const [{ locations }] = print([finding(4)]).results;
    expect(locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b%3Ac%2C%25.yaml', uriBaseId: 'WORKDIR' },
      region: { startLine: 4, startColumn: 3 },
    });
  });

  test('a fingerprint stays when lines move, and differs where two findings are alike', () => {
    expect(printsOf([finding(4)])).toEqual(printsOf([finding(90)]));
    expect(new Set(printsOf([finding(4), finding(5)])).size).toBe(2);
  });

  test('a finding about the run is a notification, and a host failure is said', () => {
    const lone: Finding = { code: 'LINK_BROKEN', severity: 'error', facts: {} };
    const { results, invocations } = print([lone], false);
    expect(results).toEqual([]);
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolConfigurationNotifications: [{ associatedRule: { id: 'LINK_BROKEN', index: 0 }, level: 'error' }],
    });
  });
});
