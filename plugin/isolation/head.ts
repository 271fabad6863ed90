// What the head needs beyond the baseline: KubeRay's operator asks the dashboard for a job's or service's state and dials a
// RayService's proxy; submitters and clients come to it; the autoscaler and token reviews go to the API server.
import type { Report } from '../findings/finding.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { podLabels } from '../ray/labels.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import { baseName } from '../ray/names.ts';
import { portOf, rayPorts } from '../ray/ports.ts';
import type { EgressRule, IngressRule, PolicyPeer, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { buildPolicy } from './policy.ts';
import { podsIn, storedEgress, storedIngress, tcp } from './rules.ts';
import { findSubmitters } from './submitter.ts';

/** The head's policy, or undefined where the baseline says all. */
export function buildHead(spec: RaySpec, settings: Settings, report: Report): KubernetesObject | undefined {
  const ingress = closesIngress(spec) ? headIngress(spec, settings, report) : [];
  const egress = closesEgress(spec) ? headEgress(spec, settings, report) : [];
  if (ingress.length === 0 && egress.length === 0) return undefined;
  return buildPolicy(spec, `${baseName(spec)}-head`, podLabels(spec, spec.head), {
    ...(ingress.length > 0 ? { ingress } : {}),
    ...(egress.length > 0 ? { egress } : {}),
  });
}

function headIngress(spec: RaySpec, settings: Settings, report: Report): IngressRule[] {
  const dashboard = tcp(portOf(spec.head, 'dashboard'));
  const submitters = findSubmitters(spec, settings, report);
  const operatorPorts = spec.kind === 'RayService' ? [dashboard, tcp(portOf(spec.head, 'serve'))] : [dashboard];
  return [
    { from: [findOperator(spec, settings, report)], ports: operatorPorts },
    ...submitters.map((peer): IngressRule => ({ from: [peer], ports: [dashboard] })),
    ...metricsRules(settings),
    ...clientRules(spec),
    ...(spec.isolation?.head?.ingressRules ?? []).map(storedIngress),
  ];
}

/** The label that KubeRay's Helm chart and its kustomization both give the operator's pods. */
export const operatorLabels = { 'app.kubernetes.io/component': 'kuberay-operator' };

function findOperator(spec: RaySpec, settings: Settings, report: Report): PolicyPeer {
  if (settings.operatorNamespace !== '') return podsIn(settings.operatorNamespace, operatorLabels);
  report('OPERATOR_ANY_NAMESPACE', spec.isolation?.path ?? [], {}, 'key');
  return { namespaceSelector: {}, podSelector: { matchLabels: operatorLabels } };
}

function metricsRules(settings: Settings): IngressRule[] {
  if (settings.monitoringNamespaces.length === 0) return [];
  const ports = [tcp(rayPorts.autoscalerMetrics.number), tcp(rayPorts.dashboardMetrics.number)];
  return [{ from: settings.monitoringNamespaces.map((namespace) => podsIn(namespace)), ports }];
}

function clientRules(spec: RaySpec): IngressRule[] {
  const from = (spec.tls?.clients ?? []).flatMap((client) => client.from ?? []);
  return from.length === 0 ? [] : [storedIngress({ from, ports: [tcp(portOf(spec.head, 'client'))] })];
}

function headEgress(spec: RaySpec, settings: Settings, report: Report): EgressRule[] {
  return [...apiServerRules(spec, settings, report), ...(spec.isolation?.head?.egressRules ?? []).map(storedEgress)];
}

/** No portable selector finds an API server: its address must be said, or declined. */
function apiServerRules(spec: RaySpec, settings: Settings, report: Report): EgressRule[] {
  const { enableInTreeAutoscaling, authOptions } = spec.cluster;
  const reason =
    enableInTreeAutoscaling === true
      ? { path: ['enableInTreeAutoscaling'], feature: 'the autoscaler' }
      : authOptions?.enableK8sTokenAuth === true
        ? { path: ['authOptions', 'enableK8sTokenAuth'], feature: 'Kubernetes token authentication' }
        : undefined;
  if (reason === undefined || settings.apiServer === 'off') return [];
  if (settings.apiServer === undefined) {
    report('API_SERVER_UNKNOWN', [...spec.path, ...reason.path], { feature: reason.feature });
    return [];
  }
  return settings.apiServer.map(({ cidr, port }) => ({ to: [{ ipBlock: { cidr } }], ports: [tcp(port)] }));
}
