// Whether a document is a Kubernetes object at all: a folder also holds values, workflows and settings of other tools.
// What makes an object: https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields
import { isBlank } from './blank.ts';
import { compose } from './compose.ts';
import type { Manifest } from './manifest.ts';

export type Recognised = 'object' | 'nothing' | 'other';

const limits = { maxDepth: 200, maxAliases: 1000 };
const keyAtStart = (key: string): RegExp => new RegExp(`^(?:${key}|"${key}"|'${key}')[ \\t]*:`, 'm');
const kindLine = keyAtStart('kind');
const versionLine = keyAtStart('apiVersion');

/** `nothing` for comments and blanks alone, `other` for what has no apiVersion or no kind, or is no YAML. */
export function recognise(manifest: Manifest): Recognised {
  if (isBlank(manifest.text)) return 'nothing';
  // Nearly every object shows both keys at the start of a line: no need to read it.
  if (kindLine.test(manifest.text) && versionLine.test(manifest.text)) return 'object';
  const value = manifest.content?.value ?? compose(manifest.text, manifest.offset, limits).value;
  if (typeof value !== 'object' || value === null) return 'other';
  return Object.hasOwn(value, 'kind') && Object.hasOwn(value, 'apiVersion') ? 'object' : 'other';
}
