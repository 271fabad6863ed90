// The schemas of networkIsolation and tlsOptions, out of the newest RayCluster's, with the definitions that they lead to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kuberayVersions } from '../../plugin/settings/settings.ts';

interface Definitions {
  readonly [name: string]: object;
}

/** The two fields by name, and the definitions for the root of the schema that takes them in. */
export function readSecurityFieldSchemas(): { readonly fields: Definitions; readonly definitions: Definitions } {
  const path = `../../schemas/kuberay-${kuberayVersions.at(-1)}/ray.io/raycluster_v1.json`;
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));
  const { networkIsolation, tlsOptions } = schema.properties.spec.properties;
  const fields = { networkIsolation, tlsOptions };
  const names = new Set<string>();
  collectReferences(fields, schema.$defs, names);
  return { fields, definitions: Object.fromEntries([...names].sort().map((name) => [name, schema.$defs[name]])) };
}

function collectReferences(schema: unknown, definitions: Definitions, names: Set<string>): void {
  for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
    if (names.has(name)) continue;
    names.add(name);
    collectReferences(definitions[name], definitions, names);
  }
}
