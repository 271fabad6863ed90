// What must hold of the items of a ResourceList before any of them is looked into.
import type { Finding } from '../../findings/finding.ts';
import { compose } from '../../manifests/compose.ts';
import { valueAt } from '../../manifests/edit.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { positionAt } from '../../manifests/position.ts';
import { speaksOfRay } from '../../manifests/read.ts';
import type { ResourceList } from '../../manifests/resource-list.ts';
import type { Settings } from '../../settings/settings.ts';

const mayBeSettings = /rayshield\.io\/v/;
// Annotations by which an orchestrator knows what is meant for functions and never applied.
const ofFunction = ['config.kubernetes.io/function', 'config.k8s.io/function', 'config.kubernetes.io/local-config'];
const alias = /(?:^|[\s[{,])\*[^\s,\]}]/;

/** The items; what is wrong with them as items goes to `findings`. */
export function checkItems(
  { items, functionConfig }: ResourceList,
  settings: Settings,
  findings: Finding[],
): readonly Manifest[] {
  if (items.length > settings.maxDocuments) {
    const facts = { documents: items.length, limit: settings.maxDocuments };
    const [file] = items.map(({ source }) => source.file);
    findings.push({ code: 'TOO_MANY_DOCUMENTS', severity: 'error', position: { file: file ?? '' }, facts });
    return [];
  }
  for (const item of items) {
    const place = (offset: number) => positionAt(item.source, offset);
    const role = mayBeSettings.test(item.text) ? roleOf(item, settings) : undefined;
    if (role === 'settings')
      findings.push({ code: 'SETTINGS_IN_STREAM', severity: 'error', position: place(item.offset), facts: {} });
    // A generator gets its own configuration for its only item.
    if (role === 'function' && items.length === 1 && functionConfig !== undefined)
      findings.push({ code: 'FUNCTION_AS_GENERATOR', severity: 'error', position: place(item.offset), facts: {} });
    if (!speaksOfRay(item)) findings.push(...findForeignAliases(item, settings));
  }
  return items;
}

/** Settings that a function is given stand among the items too; others were meant for somebody who does not read them. */
function roleOf({ text, offset }: Manifest, settings: Settings): 'settings' | 'function' | undefined {
  const { value } = compose(text, offset, settings);
  if (!String(valueAt(value, ['apiVersion'])).startsWith('rayshield.io/')) return undefined;
  const isOfFunction = ofFunction.some((key) => valueAt(value, ['metadata', 'annotations', key]) !== undefined);
  return isOfFunction ? 'function' : 'settings';
}

/** An item that is printed as it came must not lean on an anchor of one that is not; of Ray objects the reading says so. */
function findForeignAliases(item: Manifest, settings: Settings): Finding[] {
  if (!alias.test(item.text)) return [];
  return compose(item.text, item.offset, settings).problems.flatMap(({ offset, ...problem }): Finding[] =>
    problem.code === 'YAML_ALIAS'
      ? [{ ...problem, severity: 'error', position: positionAt(item.source, item.offset + offset) }]
      : [],
  );
}
