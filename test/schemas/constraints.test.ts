// Each kind of constraint that a CRD can state, proven on the validator that the build makes of fixtures/crd/shop.yaml.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Validate } from '../../plugin/check/validator.ts';
import { makeValidator } from '../support/validators.ts';
import { makeFixtureSchema } from './crd.ts';

let validate: Validate;
beforeAll(async () => {
  validate = await makeValidator(makeFixtureSchema('shop/example.com/shop_v1.json'));
});

const shop = (spec: object, rest: object = {}): object => ({
  apiVersion: 'example.com/v1',
  kind: 'Shop',
  metadata: { name: 'corner' },
  spec: { owner: 'Ada', ...spec },
  ...rest,
});

/** `keyword at pointer` for each problem. */
const problemsOf = (value: unknown): string[] =>
  validate(value).map(({ keyword, instancePath }) => `${keyword} at ${instancePath}`);

describe('accepted', () => {
  test.each<[string, object]>([
    ['a required field with a default left out', {}],
    ['an integer for int-or-string', { target: 80 }],
    ['text for int-or-string', { target: 'http' }],
    ['null for a nullable field', { closesAt: null }],
    ['a value from a list', { closesAt: 'noon' }],
    ['quantities', { sizes: { a: 1, b: '500m', c: '1.5Gi', d: '-2e3' } }],
    ['any key of a map', { labels: { a: 'b', 'example.com/c': '' } }],
    ['known and unknown fields of an open object', { notes: { first: 'a', more: [1] } }],
    ['anything where anything is allowed', { anything: [{ a: null }] }],
    ['an object without fields', { nothing: {} }],
    ['the bounds of int32', { shelves: 2147483647 }],
    ['a large int64', { visitors: 4294967296 }],
    ['a number within its bounds', { rating: 4.5 }],
    ['false', { isOpen: false }],
    ['base64', { logo: 'aGk=' }],
    ['a time with an offset', { since: '2026-01-31T12:00:00.5+02:00' }],
    ['lists', { goods: [{ name: 'tea', price: 3 }], codes: [] }],
    ['text of characters outside the basic plane within its length', { owner: '😀😀😀😀😀' }],
  ])('%s', (_what, spec) => {
    expect(problemsOf(shop(spec))).toEqual([]);
  });

  test('a status and an unset creation time, as people paste them', () => {
    expect(problemsOf(shop({}, { status: { sold: 'many' } }))).toEqual([]);
    expect(problemsOf(shop({}, { metadata: { name: 'a', creationTimestamp: null } }))).toEqual([]);
    expect(problemsOf(shop({}, { metadata: { name: 'a', managedFields: [{ fieldsV1: { 'f:spec': {} } }] } }))).toEqual(
      [],
    );
  });
});

describe('refused', () => {
  test.each<[string, object, string]>([
    ['an unknown field', { colour: 'red' }, 'known at /spec'],
    ['a missing field', { owner: undefined }, 'required at /spec'],
    ['a missing field of an item', { goods: [{ price: 1 }] }, 'required at /spec/goods/0'],
    ['a boolean for int-or-string', { target: true }, 'types at /spec/target'],
    ['a fraction for int-or-string', { target: 0.5 }, 'types at /spec/target'],
    ['null for a field that is not nullable', { target: null }, 'types at /spec/target'],
    ['text that is no quantity', { sizes: { a: '5 Gi' } }, 'pattern at /spec/sizes/a'],
    ['a value that is not in the list', { closesAt: 'dusk' }, 'allowed at /spec/closesAt'],
    ['a number in a map of text', { labels: { 'a/b': 1 } }, 'type at /spec/labels/a~1b'],
    ['a field in an object without any', { nothing: { a: 1 } }, 'known at /spec/nothing'],
    ['a known field of an open object with the wrong type', { notes: { first: 1 } }, 'type at /spec/notes/first'],
    ['more than int32', { shelves: 2147483648 }, 'maximum at /spec/shelves'],
    ['less than int32', { shelves: -2147483649 }, 'minimum at /spec/shelves'],
    ['less than a bound that is narrower than the format', { visitors: -1 }, 'minimum at /spec/visitors'],
    ['a fraction for an integer', { shelves: 1.5 }, 'type at /spec/shelves'],
    ['a number above its bound', { rating: 5.1 }, 'maximum at /spec/rating'],
    ['text for a boolean', { isOpen: 'true' }, 'type at /spec/isOpen'],
    ['text that is not base64', { logo: 'aGk' }, 'pattern at /spec/logo'],
    ['a date for a time', { since: '2026-01-31' }, 'format at /spec/since'],
    ['text that misses its pattern', { currency: 'euro' }, 'pattern at /spec/currency'],
    ['too short a text', { owner: 'A' }, 'minLength at /spec/owner'],
    ['too long a text', { owner: 'Ada L.' }, 'maxLength at /spec/owner'],
    ['too few items', { goods: [] }, 'minItems at /spec/goods'],
    ['too many items', { goods: ['a', 'b', 'c'].map((name) => ({ name })) }, 'maxItems at /spec/goods'],
    ['a map for a list', { goods: { name: 'tea' } }, 'type at /spec/goods'],
    ['a list for a map', { labels: ['a'] }, 'type at /spec/labels'],
    ['a number in a list of text', { codes: ['a', 1] }, 'type at /spec/codes/1'],
  ])('%s', (_what, spec, problem) => {
    expect(problemsOf(shop(spec))).toEqual([problem]);
  });

  test('another kind, unknown metadata and a missing spec', () => {
    expect(problemsOf(shop({}, { kind: 'Stall' }))).toEqual(['const at /kind']);
    expect(problemsOf(shop({}, { metadata: { name: 'a', label: {} } }))).toEqual(['known at /metadata']);
    expect(problemsOf(shop({}, { metadata: { labels: { a: 1 } } }))).toEqual(['type at /metadata/labels/a']);
    expect(problemsOf({ apiVersion: 'example.com/v1', kind: 'Shop', metadata: {} })).toEqual(['required at ']);
    expect(problemsOf([])).toEqual(['type at ']);
  });

  test('all at once, with the names and values that a message needs', () => {
    const problems = validate(shop({ colour: 'red', closesAt: 'dusk', owner: undefined }));
    expect(problems.map(({ params }) => params)).toEqual([
      { missingProperty: 'owner' },
      { allowed: ['noon', 'night', null] },
      { name: 'colour', known: expect.arrayContaining(['owner', 'currency']) },
    ]);
  });
});
