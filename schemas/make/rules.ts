// The rules in CEL that CRDs declare beside their schemas (x-kubernetes-validations): JSON schemas cannot say them. They are
// written down as they are, so that a new one is seen; plugin/check/declared-rules.ts holds objects to them.
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
import { type CRDGroup, servedVersions } from './files.ts';
import type { StructuralSchema } from './schema.ts';

/** One rule at one place of one kind, and the folders of the releases that have it. */
interface DeclaredRule {
  readonly apiVersion: string;
  readonly kind: string;
  /** As `spec.deletionStrategy.deletionRules[].condition`; the items of a map as `{}`. */
  readonly at: string;
  readonly rule: string;
  readonly folders: readonly string[];
}

/** The text of `declared-rules.json`: all rules of the groups, sorted. */
export function printRules(groups: readonly CRDGroup[]): string {
  const rules = new Map<string, DeclaredRule>();
  for (const { folder, crds } of groups) {
    for (const { apiVersion, kind, schema } of crds.flatMap(servedVersions)) {
      for (const { at, rule } of collectRules(schema, '')) {
        const key = [apiVersion, kind, at, rule].join('\n');
        rules.set(key, { apiVersion, kind, at, rule, folders: [...(rules.get(key)?.folders ?? []), folder] });
      }
    }
  }
  const sorted = [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => JSON.stringify(rule));
  return `[\n${sorted.map((line) => `  ${line}`).join(',\n')}\n]\n`;
}

function collectRules(schema: StructuralSchema, at: string): { readonly at: string; readonly rule: string }[] {
  const own = (schema['x-kubernetes-validations'] ?? []).map(({ rule }) => ({ at, rule: rule.replace(/\s+/g, ' ') }));
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    collectRules(child, at === '' ? name : `${at}.${name}`),
  );
  const items = schema.items ? collectRules(schema.items, `${at}[]`) : [];
  const { additionalProperties: values } = schema;
  return [...own, ...below, ...items, ...(typeof values === 'object' ? collectRules(values, `${at}{}`) : [])];
}
