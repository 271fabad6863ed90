import { describe, expect, test } from 'vitest';
import { parts } from './parts.ts';
import { splitLanes, whyNotBegun } from './plan.ts';

describe('the budget', () => {
  test('begins a part that fits into what is left', () => {
    expect(whyNotBegun({ required: false, minutes: 5 }, 5)).toBeUndefined();
  });

  test('says of a part that does not fit how long it takes and what is left', () => {
    expect(whyNotBegun({ required: false, minutes: 5 }, 4.9)).toBe(
      'takes about 5 min, and 4 min of the budget are left',
    );
    expect(whyNotBegun({ required: false, minutes: 5 }, -3)).toContain('0 min of the budget');
  });

  test('never skips a part that is required', () => {
    expect(whyNotBegun({ required: true, minutes: 12 }, 0)).toBeUndefined();
  });

  test('begins everything where there is none', () => {
    expect(parts.filter((part) => whyNotBegun(part, Number.POSITIVE_INFINITY) !== undefined)).toEqual([]);
  });
});

describe('the order', () => {
  const names = parts.map(({ name }) => name);

  test('is that of value', () => {
    expect(names).toEqual([
      ...['control-plane', 'packages', 'kuberay-crds'],
      ...['kuberay-1.6.2', 'kuberay-1.3.2', 'ray-2.60.0'],
      'np-guard',
      ...['kustomize', 'flux', 'kubeconform', 'flux-consumer', 'pre-commit', 'helm-4', 'helm-3'],
      ...['argocd', 'argocd-packages'],
      'ray-2.46.0',
      'kuberay-1.7.0',
    ]);
  });

  test('holds in each of the two lanes, and one compiler runs at a time', () => {
    const [compiling = [], waiting = []] = splitLanes(parts);
    expect(compiling.map(({ name }) => name)).toEqual(names.filter((name) => compiling.some((p) => p.name === name)));
    expect(compiling.every(({ compiles }) => compiles)).toBe(true);
    expect([...compiling, ...waiting]).toHaveLength(parts.length);
  });

  test('has what the lab cannot do without in front', () => {
    expect(parts.findIndex(({ required }) => !required)).toBeGreaterThan(names.indexOf('control-plane'));
    expect(parts.filter(({ required }) => required).map(({ name }) => name)).toContain('control-plane');
  });
});
