import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../../../plugin/findings/finding.ts';
import { printFinding } from '../../../../plugin/findings/print-text.ts';
import { readRegularFile, reasonOf } from '../../../../plugin/fronts/files/read-file.ts';
import { reportAt } from '../../../../plugin/fronts/report.ts';
import { makePipe, makeTree } from '../../../support/workdir.ts';

function read(path: string, limit = 100, used = 0): { text: string | undefined; messages: string[] } {
  const findings: Finding[] = [];
  const bytes = readRegularFile(path, { limit, used }, reportAt(findings, 'x.yaml'));
  return { text: bytes && Buffer.from(bytes).toString(), messages: findings.map(printFinding) };
}

test('a file is read whole, an empty one too', () => {
  const root = makeTree({ 'x.yaml': 'a: 1\n', 'empty.yaml': '' });
  expect(read(join(root, 'x.yaml'))).toEqual({ text: 'a: 1\n', messages: [] });
  expect(read(join(root, 'empty.yaml'))).toEqual({ text: '', messages: [] });
});

test('the limit counts what the run has read before', () => {
  const path = join(makeTree({ 'x.yaml': '0123456789' }), 'x.yaml');
  expect(read(path, 100, 90).text).toBe('0123456789');
  expect(read(path, 100, 91)).toEqual({
    text: undefined,
    messages: [
      expect.stringMatching(/^x\.yaml: error INPUT_TOO_LARGE: the input has 101 bytes, more than the limit of 100/),
    ],
  });
});

test('a named pipe is refused without waiting for a writer', () => {
  const path = join(makeTree(), 'pipe');
  makePipe(path);
  expect(read(path).messages).toEqual([expect.stringMatching(/FILE_NOT_REGULAR: this is a named pipe, not a file/)]);
});

test.each([
  ['/dev/zero', /FILE_NOT_REGULAR: this is a device/],
  ['/', /FILE_NOT_REGULAR: this is a folder/],
  ['/nowhere', /FILE_UNREADABLE: this cannot be read: it does not exist/],
])('%s is refused', (path, message) => {
  expect(read(path)).toEqual({ text: undefined, messages: [expect.stringMatching(message)] });
});

test('a link is not followed here: who calls has resolved it', () => {
  const root = makeTree({ 'x.yaml': 'a: 1' });
  symlinkSync('x.yaml', join(root, 'link.yaml'));
  expect(read(join(root, 'link.yaml')).messages).toEqual([expect.stringMatching(/FILE_UNREADABLE.*it is a link/)]);
});

test('an error that is not the system speaking is not swallowed', () => {
  expect(() => reasonOf(new TypeError('a bug'))).toThrow('a bug');
});
