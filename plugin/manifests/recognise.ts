// Whether a document is a Kubernetes object at all: a folder also holds values, workflows and settings of other tools.
// What makes an object: https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields
import { findNearest } from '../findings/nearest.ts';
import { isBlank } from './blank.ts';
import { compose } from './compose.ts';
import type { Manifest } from './manifest.ts';
import { limitsForOthers } from './problem.ts';

export type Recognised = 'object' | 'nothing' | 'template' | 'other';

const keyAtStart = (key: string): RegExp => new RegExp(`^(?:${key}|"${key}"|'${key}')[ \\t]*:`, 'm');
const kindLine = keyAtStart('kind');
const emptyItems = /items["']?[ \t]*:[ \t]*\[\s*\]/;
const templateLine = /^[ \t]*\{\{/m;
const versionLine = keyAtStart('apiVersion');

/**
 * `nothing` for comments and blanks alone, `template` for the source of one, which is no YAML until it is rendered, `other` for
 * what has no apiVersion or no kind, or is no YAML either.
 */
export function recognise(manifest: Manifest): Recognised {
  if (isBlank(manifest.text)) return 'nothing';
  // An action of a template on a line of its own is no YAML; within a value it may be a text that another tool fills in.
  if (templateLine.test(manifest.text) && compose(manifest.text, manifest.offset, limitsForOthers).places === undefined)
    return 'template';
  // Nearly every object shows both keys at the start of a line: no need to read it.
  if (kindLine.test(manifest.text) && versionLine.test(manifest.text) && !emptyItems.test(manifest.text))
    return 'object';
  const value = manifest.content?.value ?? compose(manifest.text, manifest.offset, limitsForOthers).value;
  if (typeof value !== 'object' || value === null) return 'other';
  if (!Object.hasOwn(value, 'kind') || !Object.hasOwn(value, 'apiVersion')) return 'other';
  // A List of nothing is nothing to those who apply it.
  const { items } = value as { items?: unknown };
  return Array.isArray(items) && items.length === 0 ? 'nothing' : 'object';
}

/** What a document of the kind `other` lacks, and a key in it that is nearly the one that is lacking. */
export interface Lacking {
  readonly lacks: readonly ('apiVersion' | 'kind')[];
  readonly stray?: { readonly found: string; readonly meant: string };
}

/** Nothing is lacking of what is no map at all. */
export function findLacking(manifest: Manifest): Lacking {
  const value = manifest.content?.value ?? compose(manifest.text, manifest.offset, limitsForOthers).value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { lacks: [] };
  const lacks = (['apiVersion', 'kind'] as const).filter((key) => !Object.hasOwn(value, key));
  const slips = lacks.map((meant) => ({ meant, found: findNearest(meant, Object.keys(value)) }));
  const [slip] = slips.filter(({ found }) => found !== undefined);
  return { lacks, ...(slip?.found !== undefined && { stray: { found: slip.found, meant: slip.meant } }) };
}

const settingsVersion = /^["']?apiVersion["']?[ \t]*:[ \t]*["']?rayshield\.io\//m;

/** Whether a document is settings of rayshield: among manifests it would be applied to the cluster, and hold for nothing. */
export const isSettings = ({ text }: Manifest): boolean => settingsVersion.test(text);
