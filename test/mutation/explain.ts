// Why a mutated object is as valid as the one before, from the committed JSON schemas and standard ajv alone: nothing of the
// judgement that is on trial has a say in it.

import { isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import type { Schema } from '../../schemas/make/schema.ts';
import { readSchema } from '../support/validators.ts';

/** The closed list of reasons for which a mutation is no mistake. */
export const reasons = [
  'reads the same',
  'leaves an optional field out',
  'is a key of a map of the user',
  'is another field of that place',
  'is another value of the same type',
  'is a list of other length',
] as const;

export type Reason = (typeof reasons)[number];

const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
const schemas = new Map<string, { readonly schema: Schema; readonly isValid: (value: unknown) => boolean }>();

function schemaOf(kind: string): { readonly schema: Schema; readonly isValid: (value: unknown) => boolean } {
  const known = schemas.get(kind);
  if (known) return known;
  const schema = readSchema(`kuberay-1.7/ray.io/${kind.toLowerCase()}_v1`);
  const { $schema: _, ...rest } = schema;
  const check = ajv.compile(rest);
  const made = { schema, isValid: (value: unknown): boolean => check(value) === true };
  schemas.set(kind, made);
  return made;
}

/**
 * The reasons for which `after` may be what its author meant, given `before`; undefined where the schema refuses it, or where it
 * has changed in a way that is not on the list.
 */
export function explain(before: KubernetesObject, after: unknown): ReadonlySet<Reason> | undefined {
  const found = new Set<Reason>();
  if (isDeepStrictEqual(before, after)) return found.add('reads the same');
  const { schema, isValid } = schemaOf(before.kind);
  if (!isValid(withoutNulls(after))) return undefined;
  return compare(before, withoutNulls(after), { node: schema, root: schema }, found) ? found : undefined;
}

type Map = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An entry without a value counts as absent for the API server. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutNulls(child)]));
}

interface At {
  readonly node: Schema;
  readonly root: Schema;
}

const follow = ({ node, root }: At): Schema =>
  node.$ref === undefined ? node : (root.$defs?.[node.$ref.replace('#/$defs/', '')] ?? {});

function childOf(at: At, key: string): At | undefined {
  const { properties = {}, additionalProperties } = follow(at);
  const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (known) return { node: known, root: at.root };
  if (typeof additionalProperties === 'object') return { node: additionalProperties, root: at.root };
  return additionalProperties === false ? undefined : { node: {}, root: at.root };
}

/** Whether every change is for a reason; the reasons are added to `found`. */
function compare(before: unknown, after: unknown, at: At, found: Set<Reason>): boolean {
  if (isDeepStrictEqual(before, after)) return true;
  if (isMap(before) && isMap(after)) return compareMaps(before, after, at, found);
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, at, found);
  // That the type is right the validator has said.
  found.add('is another value of the same type');
  return true;
}

const compareMaps = (before: Map, after: Map, at: At, found: Set<Reason>): boolean =>
  Object.keys(before).every((key) => Object.hasOwn(after, key) || isFreeToGo(key, at, found)) &&
  Object.entries(after).every(([key, value]) => {
    const child = childOf(at, key);
    if (child === undefined) return false;
    if (Object.hasOwn(before, key)) return compare(before[key], value, child, found);
    found.add(isField(key, at) ? 'is another field of that place' : 'is a key of a map of the user');
    return true;
  });

const isField = (key: string, at: At): boolean => Object.hasOwn(follow(at).properties ?? {}, key);

function isFreeToGo(key: string, at: At, found: Set<Reason>): boolean {
  found.add(isField(key, at) ? 'leaves an optional field out' : 'is a key of a map of the user');
  return !(follow(at).required ?? []).includes(key);
}

function compareLists(before: readonly unknown[], after: readonly unknown[], at: At, found: Set<Reason>): boolean {
  const child = { node: follow(at).items ?? {}, root: at.root };
  if (before.length !== after.length) found.add('is a list of other length');
  return after.every((item, index) => index >= before.length || compare(before[index], item, child, found));
}
