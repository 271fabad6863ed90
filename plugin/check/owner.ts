// Rules about an owner that hold for isolation and TLS alike: its name, namespace, controller, its ports, and the
// labels that selectors rely on. Name limits are KubeRay's (ray/kinds.ts); DNS labels: RFC 1123 and, for names that become Services, RFC 1035.
import type { FieldPath, Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { ObjectMeta } from '../manifests/manifest.ts';
import { rayKinds } from '../ray/kinds.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import { type RayPort, rayPorts } from '../ray/ports.ts';
import type { PodGroup, RayKind, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { checkDeclaredRules, knownControllers } from './declared-rules.ts';
import { checkHook } from './hook.ts';
import { checkKnownWords } from './known-words.ts';
import { checkLineEnds } from './line-ends.ts';
import { checkOperatorRules } from './operator-rules.ts';
import { checkReplicas } from './replicas.ts';

const dns1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const dns1123 = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
/** Those that KubeRay sets. */
export const kuberayLabels: readonly string[] = ['ray.io/cluster', 'ray.io/node-type', 'ray.io/group'];
const reservedLabels = [...kuberayLabels, 'rayshield.io/owner'];

/** Reports what of the owner itself keeps its protection from being named or selected. */
export function checkOwner(spec: RaySpec, settings: Settings, report: Report): void {
  if (spec.name === '') report('NAME_MISSING', ['metadata'], {});
  const { metadata } = spec.owner.body;
  const isClipped = settings.kuberayVersion === '1.3' && spec.tls !== undefined;
  checkName({ kind: spec.kind, metadata, isClipped }, settings, report);
  checkManagedBy(spec, report);
  checkDeclaredRules({ body: spec.owner.body, kind: spec.kind }, settings, report);
  checkOperatorRules(spec.owner.body, spec.kind, report);
  checkKnownWords(spec.owner.body, report);
  checkHabits(spec, settings.dropAutoscaledReplicas, report);
  checkGroupNames(spec, report);
  for (const group of [spec.head, ...spec.workers]) {
    checkReservedLabels(spec, group, reservedLabels, report);
    checkPorts(group, report);
  }
}

/**
 * Reports what goes wrong with any Ray object, whether it asks for security or not. `dropsReplicas` where autoscaled groups are
 * printed without a number.
 */
export function checkHabits(spec: RaySpec, dropsReplicas: boolean, report: Report): void {
  checkLineEnds(spec, report);
  if (!dropsReplicas) checkReplicas(spec, report);
  checkHook(spec, report);
}

/** The object that has the name; `isClipped` where KubeRay 1.3 would cut the names that certificates hold. */
interface Named {
  readonly kind: RayKind;
  readonly metadata: ObjectMeta;
  readonly isClipped: boolean;
}

/** Reports a name or namespace that KubeRay does not take. That there is none is for others to judge. */
export function checkName({ kind, metadata, isClipped }: Named, settings: Settings, report: Report): void {
  const { name = '', namespace } = metadata;
  const at = ['metadata', 'name'];
  const { nameLimit, clippedNameLimit } = rayKinds[kind];
  const limit = isClipped ? clippedNameLimit : nameLimit;
  if (name !== '' && !dns1035.test(name)) report('NAME_INVALID', at, { name });
  else if (name.length > limit) {
    report('NAME_TOO_LONG', at, { kind, length: name.length, limit, kuberayVersion: settings.kuberayVersion });
  }
  if (namespace !== undefined && (!dns1123.test(namespace) || namespace.length > 63)) {
    report('NAMESPACE_INVALID', ['metadata', 'namespace'], { namespace });
  }
}

/** Kueue's MultiKueue and others copy the object to another cluster, where our objects are not. */
function checkManagedBy(spec: RaySpec, report: Report): void {
  // Of a RayCronJob the jobTemplate has one too, which each of its runs takes over.
  const holders: FieldPath[] = [['spec'], spec.path.slice(0, -1), spec.path];
  for (const holder of holders) {
    const at = [...holder, 'managedBy'];
    const managedBy = valueAt(spec.owner.body, at);
    if (typeof managedBy !== 'string' || managedBy === 'ray.io/kuberay-operator') continue;
    // One that the API server would not take is reported as such.
    if (spec.owner.body.apiVersion === 'ray.io/v1' && !knownControllers.includes(managedBy)) continue;
    report('MANAGED_BY_OTHER', at, { managedBy });
    return;
  }
}

/** Group names become parts of policy names, and two groups of one name could not be told apart. */
function checkGroupNames(spec: RaySpec, report: Report): void {
  const seen = new Set<string>();
  for (const group of spec.workers) {
    const at = [...group.path, 'groupName'];
    if (seen.has(group.name)) report('GROUP_NAME_TWICE', at, { group: group.name });
    seen.add(group.name);
    const isolated = closesIngress(spec) || closesEgress(spec);
    if (isolated && (!dns1123.test(group.name) || group.name.length > 63))
      report('GROUP_NAME_INVALID', at, { group: group.name });
  }
}

/** Labels that the selectors of policies and Services rely on must be KubeRay's and ours alone. */
export function checkReservedLabels(spec: RaySpec, group: PodGroup, reserved: readonly string[], report: Report): void {
  const places: [FieldPath, Readonly<Record<string, string>>][] = [
    [[...group.path, 'template', 'metadata', 'labels'], group.template.metadata?.labels ?? {}],
    [[...group.path, 'labels'], group.labels],
  ];
  for (const [path, labels] of places) {
    for (const label of reserved) {
      if (Object.hasOwn(labels, label)) report('LABEL_RESERVED', [...path, label], { label, kind: spec.kind }, 'key');
    }
  }
}

/** Policies and addresses are made of port numbers: 0 makes Ray choose one, and an expression is known in the pod alone. */
function checkPorts({ path, rayStartParams, rayContainer }: PodGroup, report: Report): void {
  for (const port of Object.values(rayPorts)) {
    const { parameter, portName }: RayPort = port;
    const value = parameter === undefined ? undefined : rayStartParams[parameter];
    if (parameter !== undefined && value !== undefined && !isPort(value)) {
      report('PORT_UNKNOWN', [...path, 'rayStartParams', parameter], { port: parameter });
    }
    const named = rayContainer.ports?.findIndex(({ name }) => portName !== undefined && name === portName) ?? -1;
    const number = rayContainer.ports?.[named]?.containerPort;
    if (portName !== undefined && number !== undefined && !isPort(String(number))) {
      const at = [...path, 'template', 'spec', 'containers', 0, 'ports', named, 'containerPort'];
      report('PORT_UNKNOWN', at, { port: portName });
    }
  }
}

const isPort = (text: string): boolean => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
