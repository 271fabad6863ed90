// Label selectors: whether one takes a pod that does not exist yet, and whether one takes no more than another.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
import type { PodLabels } from '../ray/pod-labels.ts';
import type { LabelSelector } from '../ray/spec.ts';

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** What a selector asks for, in one form; all must be met. */
const requirementsOf = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly Requirement[] => [
  ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ...matchExpressions.map(({ key, operator, values = [] }) => ({ key, operator, values })),
];

/** Whether a selector may take a pod with these labels; an empty one takes all. A value that nobody can name is in no list. */
export const mayTake = (selector: LabelSelector, labels: PodLabels): boolean =>
  requirementsOf(selector).every((requirement) => mayMeet(requirement, labels));

function mayMeet({ key, operator, values }: Requirement, labels: PodLabels): boolean {
  const possible = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return possible?.some((value) => values.includes(value)) === true;
    case 'NotIn':
      return possible === undefined || possible.length === 0 || possible.some((value) => !values.includes(value));
    case 'Exists':
      return possible !== undefined;
    // The API server refuses any other operator.
    default:
      return operator === 'DoesNotExist' && possible === undefined;
  }
}

/** Whether all that `inner` takes is taken by `outer`; false too where it cannot be told from the selectors alone. */
export function isWithinSelector(inner: LabelSelector, outer: LabelSelector): boolean {
  const given = requirementsOf(inner);
  return requirementsOf(outer).every((asked) => given.some((one) => one.key === asked.key && entails(one, asked)));
}

/** Whether whatever meets `given` meets `asked`; both are about one label. */
function entails(given: Requirement, asked: Requirement): boolean {
  const isSubset = (some: readonly string[], of: readonly string[]): boolean => some.every((one) => of.includes(one));
  switch (asked.operator) {
    case 'In':
      return given.operator === 'In' && isSubset(given.values, asked.values);
    case 'NotIn':
      if (given.operator === 'In') return !given.values.some((value) => asked.values.includes(value));
      return given.operator === 'DoesNotExist' || (given.operator === 'NotIn' && isSubset(asked.values, given.values));
    case 'Exists':
      return given.operator === 'In' || given.operator === 'Exists';
    default:
      return given.operator === 'DoesNotExist';
  }
}
