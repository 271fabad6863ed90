import { describe, expect, test } from 'vitest';
import { splitStream } from '../../../plugin/manifests/split.ts';
import { writeStream } from '../../../plugin/manifests/write.ts';

/** What several files become as one stream, none of them changed. */
const join = (...texts: string[]): string =>
  writeStream(texts.flatMap((text, index) => splitStream({ file: `${index}.yaml`, text }))).join('');

describe('files that are joined', () => {
  test.each([
    ['get a separator', ['a: 1\n', 'b: 2\n'], 'a: 1\n---\nb: 2\n'],
    ['keep one that is there', ['a: 1\n', '---\nb: 2\n'], 'a: 1\n---\nb: 2\n'],
    ['keep one behind comments', ['a: 1\n', '# c\n---\nb: 2\n'], 'a: 1\n# c\n---\nb: 2\n'],
    ['get a line end before it', ['a: 1', 'b: 2'], 'a: 1\n---\nb: 2'],
    ['lose the byte order mark of a later one', ['\uFEFFa: 1\n', '\uFEFFb: 2\n'], '\uFEFFa: 1\n---\nb: 2\n'],
    ['end a document before a directive', ['a: 1\n', '%YAML 1.2\n---\nb: 2\n'], 'a: 1\n...\n%YAML 1.2\n---\nb: 2\n'],
    ['end none where there is none', ['# c\n', '%YAML 1.2\n---\nb: 2\n'], '# c\n%YAML 1.2\n---\nb: 2\n'],
    ['stay apart where one is empty', ['a: 1\n', '---\n', 'b: 2\n'], 'a: 1\n---\n---\nb: 2\n'],
  ])('%s', (_, texts, stream) => {
    expect(join(...texts)).toBe(stream);
  });
});
