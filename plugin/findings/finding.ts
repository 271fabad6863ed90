// What the product has to say about an input, as data. Wording lives in words/, printing in print-text.ts,
// so that text, annotations and KRM results stay views of one record.
import type { Code, FactsOf } from './table.ts';
import type { Severity } from './words.ts';

/** Keys and list indices from the root of an object, as in `['spec', 'workerGroupSpecs', 0, 'groupName']`. */
export type FieldPath = readonly (string | number)[];

/** Where a finding is, as an editor counts: line and column start at 1, a column is one character. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The object that a finding is about; `namespace` only where the manifest or the caller gives one. */
export interface ResourceRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

interface FindingOf<C extends Code> {
  readonly code: C;
  readonly severity: Severity;
  readonly position?: Position;
  readonly resource?: ResourceRef;
  /** From the root of the resource, not of the document: a List's items are resources of their own. */
  readonly field?: FieldPath;
  readonly facts: FactsOf<C>;
}

/** One thing to say about an input: a code with the facts that its words are made of. */
export type Finding = { [C in Code]: FindingOf<C> }[Code];

/** Which token of a field a finding points at: its key (unknown or misplaced), or its value (wrong content). */
export type Anchor = 'key' | 'value';

/**
 * Takes one finding about the resource it was made for. `path` may name a field that does not exist:
 * the position is then that of the nearest parent that does.
 */
export type Report = <C extends Code>(code: C, path: FieldPath, facts: FactsOf<C>, anchor?: Anchor) => void;
