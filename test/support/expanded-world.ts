// From Ray objects to who reaches whom: the product expands them, the evaluator reads the policies that it prints.
import { parse, stringify } from 'yaml';
import { expand } from '../../plugin/expand.ts';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import { readManifests } from '../../plugin/manifests/read.ts';
import type { Settings } from '../../plugin/settings/settings.ts';
import { buildRayWorld, type Reaches } from './ray-world.ts';
import { makeSettings } from './settings.ts';

/** The world after an expansion with these settings over the defaults; refused objects are an exception that names the codes. */
export function expandWorld(objects: readonly KubernetesObject[], settings: Partial<Settings> = {}): Reaches {
  const resolved = makeSettings(settings);
  const text = objects.map((object) => stringify(object)).join('---\n');
  const read = readManifests({ file: 'ray.yaml', text }, resolved);
  const expanded = expand(read.manifests, resolved, () => undefined);
  const errors = [...read.findings, ...expanded.findings].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`refused: ${errors.map(({ code }) => code).join(', ')}`);
  return buildRayWorld(expanded.manifests.map(({ text: printed }) => parse(printed) as KubernetesObject));
}
