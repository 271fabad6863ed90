// Rules in CEL are found wherever a CRD has them.
import { expect, test } from 'vitest';
import { printRules } from '../../schemas/make/rules.ts';
import type { StructuralSchema } from '../../schemas/make/schema.ts';

const ruled = (rule: string): StructuralSchema => ({ 'x-kubernetes-validations': [{ rule }] });

const crd = (schema: StructuralSchema, served = true) => ({
  spec: {
    group: 'example.com',
    names: { kind: 'Shop' },
    versions: [{ name: 'v1', served, schema: { openAPIV3Schema: schema } }],
  },
});

test('at fields, items and values of maps, once for all releases that have it', () => {
  const old: StructuralSchema = { properties: { spec: ruled("self.a\n  == 'b'") } };
  const schema: StructuralSchema = {
    properties: {
      spec: {
        ...ruled("self.a == 'b'"),
        properties: { rows: { items: ruled('has(self.x)') }, map: { additionalProperties: ruled('self > 0') } },
      },
    },
  };
  const groups = [old, schema].map((one, index) => ({ folder: `shop-${index}`, product: 'Shop', crds: [crd(one)] }));
  const of = { apiVersion: 'example.com/v1', kind: 'Shop' };
  expect(JSON.parse(printRules(groups))).toEqual([
    { ...of, at: 'spec', rule: "self.a == 'b'", folders: ['shop-0', 'shop-1'] },
    { ...of, at: 'spec.map{}', rule: 'self > 0', folders: ['shop-1'] },
    { ...of, at: 'spec.rows[]', rule: 'has(self.x)', folders: ['shop-1'] },
  ]);
});

test('not of a version that nobody is served', () => {
  expect(printRules([{ folder: 'shop', product: 'Shop', crds: [crd(ruled('false'), false)] }])).toBe('[\n\n]\n');
});
