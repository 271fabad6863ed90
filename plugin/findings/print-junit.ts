// The report of a validation as JUnit XML, arranged as kubeconform does it (pkg/output/junit.go): one suite for each file, one
// case for each object. A finding about no object of the stream has a case of its own. There are no times: none are measured.
import { oneLine, printPosition } from './print-text.ts';
import { type CheckedObject, isFailing, type SaidFinding, sayAll, type Tool, type Validation } from './validation.ts';

interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly line: number;
  readonly isSkipped: boolean;
  readonly findings: SaidFinding[];
}

type IsFailing = (finding: SaidFinding) => boolean;

export function printJUnit(validation: Validation, tool: Tool): string {
  const fails: IsFailing = (finding) => isFailing(finding, validation);
  const suites = [...arrange(validation, tool)].map(([name, cases]) => ({ name, cases }));
  const all = suites.flatMap(({ cases }) => cases);
  const head = { name: tool.name, ...countCases(all, fails) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${printAttributes(head)}>`,
    ...suites.flatMap(({ name, cases }, index) => [
      `  <testsuite${printAttributes({ name, id: index + 1, ...countCases(cases, fails) })}>`,
      ...cases.flatMap((one) => printCase(one, fails)),
      '  </testsuite>',
    ]),
    '</testsuites>\n',
  ].join('\n');
}

/** The cases of each file, and under the tool's own name what is about no file. */
function arrange(validation: Validation, tool: Tool): ReadonlyMap<string, TestCase[]> {
  const suites = new Map<string, TestCase[]>(validation.files.map((file) => [file, []]));
  const casesOf = (file: string): TestCase[] => {
    const known = suites.get(file);
    if (known !== undefined) return known;
    const made: TestCase[] = [];
    suites.set(file, made);
    return made;
  };
  for (const object of validation.objects) casesOf(object.file).push(caseOf(object));
  for (const finding of sayAll(validation)) {
    const cases = casesOf(finding.position?.file ?? tool.name);
    const own = cases.findLast((one) => isAbout(finding, one));
    if (own === undefined) cases.push(caseOfFinding(finding));
    else own.findings.push(finding);
  }
  return suites;
}

const nameOf = ({ namespace, name = '' }: { namespace?: string; name?: string }): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

function caseOf({ apiVersion, resource, line, hasSchema }: CheckedObject): TestCase {
  const className = `${resource.kind}@${apiVersion}`;
  return { name: nameOf(resource), className, line, isSkipped: !hasSchema, findings: [] };
}

// Of two objects of one name the later is meant from where it begins.
const isAbout = ({ resource, position }: SaidFinding, one: TestCase): boolean =>
  resource !== undefined &&
  one.className.startsWith(`${resource.kind}@`) &&
  one.name === nameOf(resource) &&
  one.line <= (position?.line ?? 0);

function caseOfFinding(finding: SaidFinding): TestCase {
  const { position, code } = finding;
  const name = position?.line === undefined ? code : `line ${position.line}`;
  return { name, className: 'text', line: position?.line ?? 0, isSkipped: false, findings: [finding] };
}

function countCases(cases: readonly TestCase[], fails: IsFailing): Record<string, number> {
  const failures = cases.filter((one) => one.findings.some(fails));
  const skipped = cases.filter((one) => one.isSkipped && one.findings.length === 0);
  return { tests: cases.length, failures: failures.length, errors: 0, disabled: 0, skipped: skipped.length };
}

function printCase({ name, className, isSkipped, findings }: TestCase, fails: IsFailing): string[] {
  const open = `    <testcase${printAttributes({ name, classname: className })}`;
  if (findings.length === 0) return [isSkipped ? `${open}><skipped/></testcase>` : `${open}/>`];
  const failures = findings.filter(fails);
  const others = findings.filter((finding) => !fails(finding));
  return [
    `${open}>`,
    ...failures.map((finding) => {
      const attributes = printAttributes({ message: printWords(finding), type: finding.code });
      return `      <failure${attributes}>${escapeXML(printWhole(finding))}</failure>`;
    }),
    ...(others.length > 0 ? [`      <system-out>${escapeXML(others.map(printWhole).join('\n'))}</system-out>`] : []),
    '    </testcase>',
  ];
}

const printWords = ({ what, remedy }: SaidFinding): string => `${what}; ${remedy}`;

function printWhole(finding: SaidFinding): string {
  const { position, severity, code, about } = finding;
  const place = position === undefined ? '' : `${printPosition(position)}: `;
  return oneLine(`${place}${[severity, code, about].join(' ').trimEnd()}: ${printWords(finding)}`);
}

const printAttributes = (attributes: Readonly<Record<string, string | number>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXML(oneLine(String(value)))}"`)
    .join('');

// What XML 1.0 has no character for (section 2.2) is left out.
const escapeXML = (text: string): string =>
  text
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
