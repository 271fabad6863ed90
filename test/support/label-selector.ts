// Label selectors: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
import type { LabelSelector } from '../../plugin/ray/spec.ts';
import type { Labels } from './world.ts';

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

function meetsRequirement({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`the API server refuses the operator ${operator}`);
  }
}

/** Whether a selector takes an object with these labels; an empty one takes all. */
export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => meetsRequirement(requirement, labels))
  );
}
