// The alerts find a pod's Certificate by a name that they put together from labels: it must be the name that is printed, for
// each kind of owner. What the expressions yield was tried with Prometheus' own engine (docs/tls.md, Alerts).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownerLabel, podLabels } from '../plugin/ray/labels.ts';
import type { RayKind } from '../plugin/ray/spec.ts';
import { buildTLS } from '../plugin/tls/build.ts';
import { makeRaySpec } from './support/ray-spec.ts';
import { makeSettings } from './support/settings.ts';

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const file = readFileSync(new URL('../deploy/prometheus/rayshield-rules.yaml', import.meta.url), 'utf8');
const rules: readonly Rule[] = parse(file).spec.groups.flatMap((group: { rules: Rule[] }) => group.rules);
const certificateOf = rules.find(({ record }) => record === 'rayshield:pod:start_time_seconds')?.expr ?? '';

/** The joins of the first rule: separator and labels, by whether the pod bears the owner's label. */
const joins = [
  ...certificateOf.matchAll(/rayshield_io_owner(!?=)""[^}]*\},\s*"certificate", "([^"]+)", "(\w+)", "(\w+)"/g),
];

/** The label of Kubernetes as kube-state-metrics names it. */
const asMetricLabel = (label: string): string => `label_${label.replace(/[^a-zA-Z0-9]/g, '_')}`;

test.each<[RayKind, role: 'head' | 'worker']>([
  ['RayCluster', 'head'],
  ['RayCluster', 'worker'],
  ['RayService', 'worker'],
  ['RayJob', 'head'],
  ['RayCronJob', 'worker'],
])('the labels of a pod of a %s, %s, lead to its Certificate', (kind, role) => {
  const spec = makeRaySpec({ kind, tls: { enabled: true } });
  const labels = Object.fromEntries(
    Object.entries({ 'ray.io/cluster': 'made-up', ...podLabels(spec, { role }) }).map(([name, value]) => [
      asMetricLabel(name),
      value,
    ]),
  );
  const owned = labels['label_rayshield_io_owner'] === ownerLabel(spec);
  const [, , separator, first = '', second = ''] = joins.find(([, sign]) => (sign === '!=') === owned) ?? [];
  const name = `${labels[first]}${separator}${labels[second]}`;
  const names = buildTLS(spec, makeSettings()).flatMap(({ kind: made, metadata }) =>
    made === 'Certificate' ? [metadata.name] : [],
  );
  expect(names).toContain(name);
});

test('rules use what is recorded before them, and metrics that exist', () => {
  const recorded = rules.flatMap(({ record }) => (record === undefined ? [] : [record]));
  for (const { expr } of rules) {
    for (const [used] of expr.matchAll(/rayshield:\w+:\w+/g)) expect(recorded).toContain(used);
    // cert-manager 1.21, internal/collectors/certificate_collector.go; kube-state-metrics 2, docs/metrics/workload/pod-metrics.md.
    for (const [used] of expr.matchAll(/\b(?:certmanager|kube)_\w+/g)) {
      expect([
        'certmanager_certificate_not_before_timestamp_seconds',
        'certmanager_certificate_expiration_timestamp_seconds',
        'certmanager_certificate_renewal_timestamp_seconds',
        'kube_pod_container_state_started',
        'kube_pod_labels',
      ]).toContain(used);
    }
  }
});

test('each alert says what it means and what to do', () => {
  const alerts = rules.filter(({ alert }) => alert !== undefined);
  expect(alerts).toHaveLength(3);
  for (const { annotations } of alerts) expect(Object.keys(annotations ?? {})).toEqual(['summary', 'description']);
});
