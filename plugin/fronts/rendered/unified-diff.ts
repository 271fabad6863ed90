// A unified diff of two texts. A bundle of its own (dist/unified-diff.cjs): the package diff is loaded only where a folder is stale.
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

export type PrintDiff = (from: string, to: string, before: string, after: string) => string;

export const printDiff: PrintDiff = (from, to, before, after) =>
  createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });
