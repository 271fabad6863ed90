// Every finding that the product can say is said by some case of fixtures/, where a reader sees it as a user would; what no
// file or folder can bring about stands in the table below, with the test that does. The page of all findings says each.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsPage } from '../build/generated/findings-page.ts';
import { type Code, findingTable } from '../plugin/findings/table.ts';
import type { sourceWords } from '../plugin/findings/words/sources.ts';
import type { Severity } from '../plugin/findings/words.ts';
import { fixtures, listCases } from './support/case.ts';

const root = join(import.meta.dirname, '..');
const codes = Object.keys(findingTable) as readonly Code[];
const severityOf = (code: Code): Severity => findingTable[code].severity;

/** Where a code is proven instead, by itself or by its words. */
interface Elsewhere {
  readonly reason: string;
  readonly test: string;
  readonly words?: string;
}

const host = 'the system refuses, which no committed file can';
const commandLine = 'the command line is wrong, and cases have one and the same';
const place = 'it needs --out or several paths';
const argo = 'only Argo CD brings it about';
const krm = 'only an orchestrator of KRM functions brings it about';
const krmTest = 'plugin/fronts/krm/function.test.ts';
const [argumentsTest, runTest, outTest] = [
  'plugin/fronts/arguments.test.ts',
  'plugin/fronts/run.test.ts',
  'plugin/fronts/files/out-folder.test.ts',
];

const render = { reason: 'only render brings it about', test: 'plugin/fronts/render.test.ts' };
const [helmTest, kustomizeTest, directoryTest, toolsTest] = ['helm', 'kustomize', 'directory', 'tools'].map(
  (name) => `plugin/fronts/sources/${name}.test.ts`,
) as [string, string, string, string];

/** Cases are expanded, and no source of another tool is. */
const bySource = (test: string, ...codes: readonly (keyof typeof sourceWords)[]) =>
  Object.fromEntries(codes.map((code) => [code, { reason: 'only verbs that render bring it about', test }]));

const elsewhere: { readonly [C in Code]?: Elsewhere } = {
  FILE_UNREADABLE: { reason: host, test: 'plugin/fronts/files/read-file.test.ts' },
  FILE_UNWRITABLE: { reason: host, test: outTest },
  FILE_NOT_REGULAR: { reason: 'Git stores no pipes', test: 'plugin/fronts/files/read-file.test.ts' },
  INPUT_EMPTY: { reason: 'only standard input is empty without being a file', test: runTest },
  INPUT_NOT_MANIFESTS: { reason: 'a case names its input', test: 'plugin/fronts/validate.test.ts' },
  NOTHING_RENDERED: { reason: argo, test: 'plugin/fronts/argocd/generate.test.ts' },
  TIME_OUT: { reason: 'how long a run takes is no property of its input', test: 'process-faults.test.ts' },
  PLATFORM_PATH: { reason: argo, test: 'plugin/fronts/argocd/generate.test.ts' },
  PARAMETER_TYPE: { reason: argo, test: 'plugin/fronts/argocd/parameters.test.ts' },
  PARAMETERS_FORM: { reason: argo, test: 'plugin/fronts/argocd/parameters.test.ts' },
  SETTINGS_FILE_NAMED: { reason: 'a case names its input input.*', test: 'plugin/fronts/files/input.test.ts' },
  SOURCE_LEFT_OUT: { reason: 'it needs --each-path', test: 'plugin/fronts/each-path.test.ts' },
  CHECK_WITH_OUT: { reason: commandLine, test: 'plugin/fronts/expand-check.test.ts' },
  SETTINGS_FILES_SEVERAL: { reason: place, test: 'plugin/fronts/settings/gather.test.ts' },
  OUT_INSIDE_INPUT: { reason: place, test: outTest },
  OUT_OVER_INPUT: { reason: place, test: outTest },
  OUT_NAME_TWICE: { reason: place, test: outTest },
  OUT_WITHOUT_FILES: { reason: place, test: runTest },
  OUTPUT_INVALID: { reason: 'it would be a fault of ours', test: 'plugin/check/documents.test.ts' },
  FUNCTION_INPUT: { reason: krm, test: krmTest },
  FUNCTION_CONFIG_KIND: { reason: krm, test: krmTest },
  FUNCTION_CONFIG_KEY: { reason: krm, test: krmTest },
  FUNCTION_CONFIG_CHECK: { reason: krm, test: krmTest },
  FUNCTION_AS_GENERATOR: { reason: krm, test: krmTest },
  ...bySource(directoryTest, 'SOURCE_AMBIGUOUS', 'SOURCE_FILE_MISSING', 'FOLDER_FILTERED'),
  ...bySource(toolsTest, 'SOURCE_COMMAND_OFF', 'SOURCE_COMMAND_FORM', 'PRIVATE_FOLDER', 'SOURCE_SYSTEM'),
  ...bySource(toolsTest, 'TOOL_MISSING', 'TOOL_NOT_STARTED', 'TOOL_FAILED', 'TOOL_TIME', 'TOOL_OUTPUT', 'TOOL_SAYS'),
  ...bySource(kustomizeTest, 'SOURCE_PATH_OUTSIDE', 'SETTINGS_AS_RESOURCE', 'PERMISSION_UNKNOWN'),
  ...bySource(kustomizeTest, 'KUSTOMIZATION_UNREADABLE', 'KUSTOMIZE_REMOTE'),
  ...bySource(kustomizeTest, 'KUSTOMIZE_OPTION_UNKNOWN', 'KUSTOMIZE_OPTION_OFF', 'KUSTOMIZE_OPTION_VALUE'),
  ...bySource(helmTest, 'HELM_RELEASE_NAME', 'HELM_FILE_OUTSIDE', 'HELM_FILE_MISSING', 'LINK_LOOP'),
  ...bySource(helmTest, 'HELM_DEPENDENCY_REMOTE', 'HELM_DEPENDENCY_OUTSIDE', 'HELM_DEPENDENCY_MISSING'),
  ...bySource(helmTest, 'SOURCE_TOO_MANY_FILES'),
  VERB_UNKNOWN: { reason: commandLine, test: runTest },
  FLAG_UNKNOWN: { reason: commandLine, test: argumentsTest, words: 'has no flag' },
  FLAG_VALUE_MISSING: { reason: commandLine, test: argumentsTest, words: 'needs a value' },
  FLAG_VALUE_SURPLUS: { reason: commandLine, test: argumentsTest, words: 'takes no value' },
  FLAG_VALUE_UNKNOWN: { reason: commandLine, test: argumentsTest, words: 'takes one of' },
  FLAG_VALUE_FORM: { reason: commandLine, test: 'plugin/fronts/flux-controller/start.test.ts' },
  FLAG_TWICE: { reason: commandLine, test: argumentsTest, words: 'is given twice' },
  PATH_UNEXPECTED: { reason: commandLine, test: runTest },
  PATH_MISSING: { reason: commandLine, test: runTest },
  RENDER_SOURCE: render,
  RENDER_OUT_MISSING: render,
  FLAG_WITHOUT_SPLIT: render,
  FLUX_NAME: render,
  FLUX_PATH: render,
  RENDER_NO_FOLDER: render,
  RENDER_INSIDE_SOURCE: render,
  RENDER_EMPTY: render,
  RENDER_NAME_MISSING: render,
  RENDER_OBJECT_TWICE: render,
  OUT_FOREIGN: render,
  OUT_STALE: render,
};

/** The findings that the cases of a kind expect, as one text. */
function readExpectations(kind: 'expand' | 'refuse' | 'validate', file: string): string {
  const paths = listCases(kind).map((name) => join(fixtures, kind, name, file));
  return paths.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')).join('');
}

const judged = readExpectations('validate', 'expected.txt');
const refused = readExpectations('refuse', 'expected-findings.txt') + judged;
const expanded = readExpectations('expand', 'findings.txt');

/** Of a final stream, and of a first roll-out, validate alone speaks. */
const isOfValidate = (code: Code): boolean => code.startsWith('EXPANDED_') || code === 'ISOLATION_RUNNING_PODS';

/**
 * Whether a case shows the finding where it belongs: an error where nothing comes out, all else beside an output. Of a final
 * stream validate alone speaks.
 */
const isShown = (code: Code): boolean => {
  const shown = severityOf(code) === 'error' ? refused : isOfValidate(code) ? judged : expanded;
  return new RegExp(`\\b${severityOf(code)} ${code}[ :]`).test(shown);
};

describe('every finding is shown by a case', () => {
  const inCases = codes.filter((code) => elsewhere[code] === undefined);

  test.each(inCases)('%s', (code) => {
    expect(isShown(code)).toBe(true);
  });

  test.each(Object.entries(elsewhere))('%s has a test elsewhere', (code, { test: file, words = code }) => {
    expect(isShown(code as Code), `${code} has a case: it need not stand in the table`).toBe(false);
    expect(readFileSync(join(root, 'test', file), 'utf8')).toContain(words);
  });
});

test('a case expects findings of the table alone', () => {
  const said = `${refused}${expanded}`.matchAll(/^(?:\S+: )?(?:error|warning|info) ([A-Z0-9_]+)/gm);
  for (const [line, code = ''] of said) expect(codes, line).toContain(code);
});

test('a case that is refused expects why', () => {
  for (const name of listCases('refuse')) {
    expect(readdirSync(join(fixtures, 'refuse', name)), name).toContain('expected-findings.txt');
  }
});

describe('docs/findings.md', () => {
  const page = findingsPage();
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, code]) => code);

  test('has a heading for each code, in the order of the table', () => {
    expect(headings).toEqual(codes);
  });

  test('links to each heading once', () => {
    expect([...page.matchAll(/\[([A-Z0-9_]+)\]\(#([a-z0-9_]+)\)/g)].map(([, code]) => code)).toEqual(codes);
  });

  test('says each finding in whole sentences', () => {
    expect(page).not.toMatch(/undefined|NaN|\[object|function ?\(|=>|; \*\*$/m);
    for (const section of page.split(/^## /m).slice(1)) {
      expect(section).toMatch(
        /^[A-Z0-9_]+\n\n\*\*(error|warning|info)\*\*, (acceptable|cannot be accepted)\n\n(- .+; \*.+\*\n)+\n\S/,
      );
    }
  });
});

test('sentences end without a stop and begin in the middle of a line', () => {
  for (const [sentence] of findingsPage().matchAll(/^- .*; \*.*\*$/gm)) expect(sentence).not.toMatch(/\.(?:; \*|\*$)/);
});
