// The fields that the platform file gives to a Ray spec which does not speak of them: from here on it is as if its author had
// written them.
import { changeAt, valueAt } from '../manifests/edit.ts';
import type { Platform } from '../settings/settings.ts';
import { isolationFields, tlsField } from './fields.ts';
import type { Candidate } from './find.ts';
import { rayKinds } from './kinds.ts';

// Whatever a field says, `enabled: false` too, its author has spoken.
const spellings = { networkIsolation: isolationFields, tlsOptions: [tlsField] } as const;

/** The candidate with what the platform gives it; itself where that is nothing. */
export function givePlatformFields(candidate: Candidate, { gives }: Platform): Candidate {
  const { resource, kind } = candidate;
  const { specPath } = rayKinds[kind];
  const spec = valueAt(resource.body, specPath);
  // What is no map is refused by its schema as it stands.
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) return candidate;
  const missing = Object.entries(gives).filter(
    ([field]) => !spellings[field as keyof typeof spellings].some((name) => Object.hasOwn(spec, name)),
  );
  if (missing.length === 0) return candidate;
  const body = changeAt(resource.body, specPath, (old) => ({ ...(old as object), ...Object.fromEntries(missing) }));
  return { ...candidate, resource: { ...resource, body }, given: missing.map(([field]) => field) };
}
