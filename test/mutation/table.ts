// The outcome of all mutations as a table, by kind: what a release says of itself.

import { reasons } from './explain.ts';
import type { Verdict } from './judge.ts';
import { type Kind, kinds, type Mutation } from './mutate.ts';

export interface Judged {
  readonly specimen: string;
  readonly mutation: Mutation;
  readonly verdict: Verdict;
}

const columns = ['mutations', 'found', ...reasons, 'unexplained'] as const;

type Column = (typeof columns)[number];

/** What a mutation counts as: of several reasons the last on the list says most. */
function columnOf({ verdict }: Judged): Column {
  if (verdict.is !== 'still valid') return verdict.is;
  return reasons.findLast((reason) => verdict.reasons.has(reason)) ?? 'unexplained';
}

/** Markdown, one line for each kind and one for all. */
export function printTable(judged: readonly Judged[]): string {
  const lineOf = (name: string, some: readonly Judged[]): string => {
    const counts = columns.slice(1).map((column) => some.filter((one) => columnOf(one) === column).length);
    return `| ${[name, some.length, ...counts].join(' | ')} |`;
  };
  const ofKind = (kind: Kind): readonly Judged[] => judged.filter(({ mutation }) => mutation.kind === kind);
  return [
    `| kind | ${columns.join(' | ')} |`,
    `|${' --- |'.repeat(columns.length + 1)}`,
    ...kinds.map((kind) => lineOf(kind, ofKind(kind))),
    lineOf('all', judged),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
