// One thing to say for each place: a schema may have several things against one value, of which one was meant.
import type { FieldPath } from '../findings/finding.ts';
import { guesses, suggestName } from './suggest-name.ts';
import type { Problem } from './validator.ts';

/** A problem and the place in the object that it is about. */
export interface PlacedProblem {
  readonly problem: Problem;
  /** Of the field itself, also where it is unknown or missing. */
  readonly path: FieldPath;
}

// Where one of a few words is expected, these say more than their type; a value of the wrong type is not also too long; a name
// that is not allowed need not be told its form.
const order = ['known', 'required', 'const', 'allowed', 'type', 'types', 'pattern', 'format'];

const rank = ({ keyword }: Problem): number => {
  const index = order.indexOf(keyword);
  return index === -1 ? order.length : index;
};

/** The problems of `value` that are to be reported, each place once. */
export function foldProblems(problems: readonly Problem[], value: unknown): readonly PlacedProblem[] {
  const byPlace = new Map<string, PlacedProblem>();
  for (const problem of problems) {
    const path = placeOf(problem, value);
    const place = JSON.stringify(path);
    const first = byPlace.get(place);
    if (!first || rank(problem) < rank(first.problem)) byPlace.set(place, { problem, path });
  }
  const slips = findSlips(byPlace.values());
  for (const [place, { problem }] of byPlace) {
    if (problem.keyword === 'required' && slips.has(place)) byPlace.delete(place);
  }
  return [...byPlace.values()];
}

function placeOf(problem: Problem, value: unknown): FieldPath {
  const at = readPointer(problem.instancePath, value);
  if (problem.keyword === 'known') return [...at, problem.params.name];
  if (problem.keyword === 'required') return [...at, problem.params.missingProperty];
  return at;
}

/** The steps of a JSON pointer; numbers where it passes through a list of `value`. */
function readPointer(pointer: string, value: unknown): FieldPath {
  const path: (string | number)[] = [];
  let at: unknown = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(key) : key);
    at = Object(at)[key];
  }
  return path;
}

/** The places of fields that stand there under a name that is nearly theirs, which says it all if they are missing. */
function findSlips(placed: Iterable<PlacedProblem>): ReadonlySet<string> {
  const slips = new Set<string>();
  let count = 0;
  for (const { problem, path } of placed) {
    if (problem.keyword !== 'known' || ++count > guesses) continue;
    const meant = suggestName(problem.params.name, problem.params.known);
    if (meant !== undefined) slips.add(JSON.stringify([...path.slice(0, -1), meant]));
  }
  return slips;
}
