// What KubeRay's operator asks of a Ray object that its CRDs do not: the API server takes the object, and nothing comes of it.
// ValidateRayServiceSpec (utils/validation.go), getServicePorts (common/service.go) and FetchHeadServiceURL (utils/util.go) in
// ray-operator/controllers/ray of https://github.com/ray-project/kuberay, from 1.3 to 1.7.
import type { FieldPath, Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { rayKinds } from '../ray/kinds.ts';
import { rayPorts } from '../ray/ports.ts';
import type { RayKind } from '../ray/spec.ts';

/** Reports what the operator refuses or waits for, with our fields or without. */
export function checkOperatorRules(body: KubernetesObject, kind: RayKind, report: Report): void {
  const head = [...rayKinds[kind].specPath, 'headGroupSpec'];
  const name = [...head, 'headService', 'metadata', 'name'];
  if (kind === 'RayService' && valueAt(body, name)) report('HEAD_SERVICE_NAMED', name, {});
  // Of a RayCluster the operator asks nothing.
  if (kind !== 'RayCluster')
    checkDashboardPort(body, [...head, 'template', 'spec', 'containers', 0, 'ports'], kind, report);
}

/** The head Service has the ports that Ray's container names, and Ray's own where it names none. */
function checkDashboardPort(body: KubernetesObject, path: FieldPath, kind: RayKind, report: Report): void {
  const ports = valueAt(body, path);
  if (!Array.isArray(ports) || ports.length === 0) return;
  const { number, portName } = rayPorts.dashboard;
  if (ports.every((port) => valueAt(port, ['name']) !== portName))
    report('DASHBOARD_PORT_UNNAMED', path, { kind, number }, 'key');
}
