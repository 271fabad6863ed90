// The words of findings about input that would take more time or memory than a run has.
import { error } from '../words.ts';

export const limitWords = {
  TOO_MANY_KEYS: error((f: { limit: number }) => [
    `the document has more than ${f.limit} keys and list entries`,
    'split it, or raise the setting maxKeys',
  ]),
  TIME_OUT: error((f: { timeout: string }) => [
    `the run was not done after ${f.timeout}, so it was ended and nothing is printed`,
    'split the input, give the process more of a CPU, or raise the setting timeout and the limit of whoever waits for it (Argo CD: 60s)',
  ]),
};
