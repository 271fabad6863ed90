// Whether rayshield reads Ray documents as kubectl does: the same values in the same order, or a refusal.
import { isDeepStrictEqual } from 'node:util';
import { isRayApiVersion, readContent, readManifests } from '../../../plugin/manifests/read.ts';
import { makeSettings } from '../../support/settings.ts';
import type { KubectlReading } from './kubectl.ts';

export type Outcome = 'same' | 'refused by us' | 'refused by kubectl' | 'not asked' | 'different';

const limits = makeSettings();

// A Ray object without our fields leaves as it came, however it is read.
const securityField = /"(?:networkIsolation|networkPolicy|tlsOptions)":/;

const asksForSecurity = (value: unknown): boolean => holdsRayObject(value) && securityField.test(JSON.stringify(value));

const holdsRayObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (isRayApiVersion((value as { apiVersion?: unknown }).apiVersion) || Object.values(value).some(holdsRayObject));

/** The values of the documents that ask for security; undefined where one of them is refused or would not be rewritten. */
function readRayValues(text: string): unknown[] | undefined {
  const { manifests, findings } = readManifests({ file: 'text', text }, limits);
  if (findings.length > 0) return undefined;
  const values: unknown[] = [];
  for (const unread of manifests) {
    const { manifest, findings: problems } = readContent(unread, limits);
    if (problems.length > 0 || (manifest.content?.doubts.length ?? 0) > 0) return undefined;
    if (manifest.content !== undefined) values.push(manifest.content.value);
  }
  return values.filter(asksForSecurity);
}

/**
 * After a document in JSON that decoder leaves a byte order mark at the head of the next one, which then has no apiVersion:
 * kubectl refuses to apply it.
 */
const hidesVersion = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '\ufeffapiVersion');

/** Compares our reading of a text with kubectl's: nothing that asks for security may be missed or come out otherwise. */
export function compareReadings(text: string, kubectl: KubectlReading): Outcome {
  const ours = readRayValues(text);
  if (ours === undefined) return 'refused by us';
  if (kubectl.error !== undefined || kubectl.documents.some(hidesVersion)) return 'refused by kubectl';
  const theirs = kubectl.documents.filter(asksForSecurity);
  if (theirs.length === 0 && ours.length === 0) return 'not asked';
  // Through JSON, as kubectl's came: it knows no negative zero.
  return isDeepStrictEqual(JSON.parse(JSON.stringify(ours)), theirs) ? 'same' : 'different';
}
