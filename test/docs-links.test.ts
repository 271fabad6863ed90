// The pages hold together: every link leads to a file and a heading, every finding and every suite of the lab that is named is
// there, and the page of versions names all that the lab runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isCode } from '../plugin/findings/table.ts';
import { definitions, operators, rays } from './lab/parts/pins.ts';

const root = join(import.meta.dirname, '..');
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))];

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** A heading's anchor as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Links out of a page, but for those to other sites. */
const linksOf = (page: string): string[] =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));

describe.each(pages)('%s', (page) => {
  test('links to what there is', () => {
    for (const link of linksOf(page)) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor !== undefined && target.endsWith('.md')) expect(anchorsOf(target), link).toContain(anchor);
    }
  });

  test('names findings that there are', () => {
    for (const [code] of read(page).matchAll(/\b(?:TLS|SUBMITTER|CRON)_[A-Z_]*[A-Z]\b/g)) {
      if (!code.startsWith('TLS_AES')) expect(isCode(code), code).toBe(true);
    }
  });
});

describe('docs/compatibility.md', () => {
  const page = read('docs/compatibility.md');

  test('names suites that there are', () => {
    const suites = readdirSync(join(root, 'test/lab/suites')).map((file) => file.replace('.suite.ts', ''));
    const named = [...page.matchAll(/suites? ((?:`[a-z-]+`(?:, | and )?)+)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(suites).toContain(name);
  });

  test.each([...definitions, ...operators, ...rays])('names %s, which the lab has', (version) => {
    expect(page).toContain(version);
  });
});
