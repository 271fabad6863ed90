// The words of findings about tlsOptions: certificates, Secrets, pod templates and what contradicts them.
import { acceptableError, error, info, warning } from '../words.ts';
import { nextCluster, type RayKind } from './roll-out.ts';

type None = Record<string, never>;

export const tlsWords = {
  TLS_NAMESPACE_MISSING: error((_: None) => [
    'the object has no namespace, and the DNS names in its certificates depend on it',
    'give it metadata.namespace, or name the one that it is applied to: --namespace NAME (with Helm --post-renderer-args --namespace=NAME), or namespace in rayshield.yaml',
  ]),
  TLS_CERT_MANAGER_MISSING: error((_: None) => [
    'the cluster does not serve cert-manager.io/v1, which would make the certificates',
    'install cert-manager, or bring Secrets of your own with certificateSecretName',
  ]),

  TLS_OWN_SECRET_CONFLICT: error((f: { field: string }) => [
    `${f.field} says how certificates are made, and beside certificateSecretName none are made`,
    `remove ${f.field}, or remove the names of your own Secrets`,
  ]),
  TLS_WORKER_SECRET_ALONE: error((_: None) => [
    'workerCertificateSecretName is given without certificateSecretName, so the head has no certificate',
    'name a Secret for the head too, or remove both',
  ]),
  TLS_ONE_SECRET: info((_: None) => [
    "head and workers share one Secret, so every worker holds the head's key and can pass for the head",
    'name a Secret of its own for the workers in workerCertificateSecretName',
  ]),

  TLS_DURATION_INVALID: error((f: { field: string }) => [
    `${f.field} is no duration that Go and so cert-manager can read`,
    'write hours, minutes or seconds, as in 2160h for 90 days; there is no unit for days',
  ]),
  TLS_DURATION_SHORT: error((f: { field: string; found: string; least: string }) => [
    `${f.field} is ${f.found}, and cert-manager takes no less than ${f.least}`,
    `write ${f.least} or more`,
  ]),
  TLS_RENEW_BEFORE_LONG: error((f: { renewBefore: string; duration: string }) => [
    `renewBefore is ${f.renewBefore}, which is not shorter than the duration ${f.duration}`,
    'shorten renewBefore or lengthen duration; without renewBefore a third of a short duration is taken',
  ]),
  TLS_DURATION_BEYOND_CA: error((f: { duration: string; authority: string }) => [
    `the duration ${f.duration} is not shorter than the ${f.authority} that the CA is valid, so certificates would outlive it`,
    'shorten duration (or the setting certificateDuration), or name an issuer in issuerRef whose CA lives longer',
  ]),
  TLS_KEY_SIZE: error((f: { algorithm: string; size: number }) => [
    `cert-manager makes no ${f.algorithm} key of ${f.size} bits`,
    f.algorithm === 'RSA'
      ? 'write a size from 2048 to 8192'
      : 'write 256, 384 or 521, or add algorithm: RSA for a size from 2048 to 8192',
  ]),
  TLS_DNS_NAME_INVALID: error((_: None) => [
    'this is no DNS name that a certificate can hold',
    'write labels of lower-case letters, digits and dashes with dots between them; only the first may be *',
  ]),
  TLS_REFERENCE_INVALID: error((f: { field: string }) => [
    `${f.field} is no name that a Kubernetes object can have`,
    'write the name as kubectl shows it: lower-case letters, digits, dashes and dots',
  ]),
  TLS_HEAD_SERVICE_INVALID: error((_: None) => [
    'this is no name that a Service can have, and certificates and RAY_ADDRESS are made of it',
    'write a DNS-1035 label: lower-case letters, digits and dashes, beginning with a letter, at most 63',
  ]),
  TLS_ISSUER_KIND: error((f: { kinds: readonly string[] }) => [
    'cert-manager.io has no issuer of this kind, so the certificates would never be issued',
    `write ${f.kinds.join(' or ')}, or the group of the issuer that is meant`,
  ]),
  TLS_CLIENT_NAME_INVALID: error((_: None) => [
    'the name of a client is no DNS-1123 label, and the name of its Secret is made of it',
    'use lower-case letters, digits and dashes, at most 63',
  ]),
  TLS_CLIENT_NAME_TWICE: error((f: { client: string }) => [
    `two clients are called ${f.client}, and they would share one Secret`,
    'give each client a name of its own, or remove one of the two',
  ]),

  TLS_SHARED_ISSUER: warning((f: { issuer: string }) => [
    `whoever holds a certificate of the issuer ${f.issuer} is a peer of this cluster and may run code in it`,
    'remove issuerRef so that the owner gets a CA of its own, or keep the issuer to this cluster and accept the warning',
  ]),
  TLS_SHARED_ISSUER_WILDCARD: acceptableError((f: { issuer: string; wildcard: string; canFix: boolean }) => [
    `the head's certificate holds ${f.wildcard}, as its Service has no fixed name, so with the issuer ${f.issuer} it can pass for any Service of the namespace`,
    `${f.canFix ? 'fix the name in headGroupSpec.headService.metadata.name, or ' : ''}remove issuerRef, or accept TLS_SHARED_ISSUER_WILDCARD`,
  ]),

  TLS_EMPTY_OPTIONS: info((_: None) => [
    'an empty tlsOptions turns TLS on here, and KubeRay 1.7 reads it as off',
    'write enabled: true, so that both read the same',
  ]),
  TLS_DASHBOARD_OPEN: warning((_: None) => [
    'TLS covers gRPC alone: whoever reaches the dashboard can run code in the cluster over plain HTTP',
    'close ingress with networkIsolation, or set authOptions.mode to token and rayVersion to 2.52 or later (KubeRay 1.5)',
  ]),
  TLS_PODS_STAY: info((f: { hasField: boolean }) => [
    'pods that run keep their templates when TLS is turned on or off, and pods with and without TLS cannot talk to each other',
    f.hasField
      ? 'set upgradeStrategy to {type: Recreate}, which replaces all pods whenever a template changes, or delete the pods of the cluster once'
      : 'delete the pods of the cluster once (upgradeStrategy {type: Recreate} exists from KubeRay 1.6, in ray.io/v1)',
  ]),

  TLS_NEXT_CLUSTER: info((f: { kind: RayKind; isHeld: boolean }) => [
    'pods that run keep their templates when TLS is turned on or off',
    `expect TLS from the next cluster on: ${nextCluster(f)}`,
  ]),

  TLS_SECRET_INCOMPLETE: warning((f: { name: string; place: string; missing: readonly string[] }) => [
    `the Secret ${f.name} at ${f.place} has no ${f.missing.join(', ')}, without which Ray does not start under TLS`,
    'add what is missing: tls.crt and tls.key in PEM, and in ca.crt the certificate of who signed them',
  ]),
  TLS_REFERENCE_ELSEWHERE: warning((f: { kind: string; name: string; place: string; namespace: string }) => [
    `the ${f.kind} ${f.name} of this input, at ${f.place}, is ${f.namespace === '' ? 'without a namespace' : `in the namespace ${f.namespace}`}, and only one in that of the object itself is found`,
    f.kind === 'Issuer' ? 'move it there, or make it a ClusterIssuer' : 'move it there, or make another one there',
  ]),
  TLS_ISSUER_OTHER_KIND: warning((f: { name: string; place: string; asked: string; found: string }) => [
    `issuerRef asks for the ${f.asked} ${f.name}, and the input has ${f.found === 'Issuer' ? 'an' : 'a'} ${f.found} of that name at ${f.place}`,
    `write kind: ${f.found}, unless the ${f.asked} is in the cluster`,
  ]),
  TLS_ISSUER_UNFIT: warning((f: { kind: string; name: string; place: string; type: keyof typeof unfitIssuers }) => [
    `the ${f.kind} ${f.name} at ${f.place} ${unfitIssuers[f.type]}`,
    'remove issuerRef so that the owner gets a CA of its own, or name an issuer that signs with a CA (ca, vault)',
  ]),

  TLS_VARIABLE_SET: error((f: { variable: string }) => [
    `the variable ${f.variable} is set by hand, and tlsOptions sets it or keeps it for itself`,
    'remove the variable, or remove tlsOptions and set up TLS by hand',
  ]),
  TLS_ADDRESS_SET: error((_: None) => [
    "RAY_ADDRESS is set by hand, and under TLS it must be a name in the head's certificate",
    'remove it: tlsOptions sets it on the head, KubeRay on the workers',
  ]),
  TLS_ENV_FROM: warning((f: { kind: string; name: string; variables: readonly string[] }) => [
    `the ${f.kind} ${f.name} brings ${f.variables.join(', ')} by envFrom, and what tlsOptions and KubeRay set wins over it`,
    'take them out of it, or remove tlsOptions and set up TLS by hand',
  ]),
  TLS_ENV_FROM_UNSEEN: info((f: { kind: string; name: string }) => [
    `the ${f.kind} ${f.name} cannot be seen here: if it brings RAY_ADDRESS or RAY_TLS_ variables, what tlsOptions and KubeRay set wins over them`,
    'make sure that it holds none of them, nor RAY_enable_autoscaler_v2',
  ]),
  TLS_VOLUME_SET: error((f: { volume: string }) => [
    `a volume is called ${f.volume}, which is the name of the volume that tlsOptions adds`,
    'rename or remove it',
  ]),
  TLS_MOUNT_SET: error((f: { volume: string; mountPath: string }) => [
    `a mount takes the volume ${f.volume} or the place ${f.mountPath}, where tlsOptions mounts the certificates`,
    'remove it, or mount it elsewhere',
  ]),
  TLS_NODE_ADDRESS_SET: error((f: { parameter: string }) => [
    `${f.parameter} is set by hand, and under TLS it must be the pod's name in its certificate`,
    'remove it: tlsOptions sets it',
  ]),
  TLS_START_OVERWRITTEN: error((f: { annotation: string }) => [
    `${f.annotation} replaces the start command by one that does not evaluate KubeRay's, so Ray would start without its name in DNS`,
    'run eval "$KUBERAY_GEN_RAY_START_CMD" in it, with the quotes, or remove the annotation',
  ]),
  TLS_RAY_START: error((_: None) => [
    "the Ray container's command calls `ray start` itself, so KubeRay adds no start parameters and Ray starts without its name in DNS",
    'remove the call and use rayStartParams; to run something before, annotate ray.io/overwrite-container-cmd: "true" and run eval "$KUBERAY_GEN_RAY_START_CMD"',
  ]),
  TLS_DNS_POLICY: error((f: { dnsPolicy: string }) => [
    `with dnsPolicy ${f.dnsPolicy} the pod cannot resolve the names of the cluster, by which nodes know each other under TLS`,
    'remove it: ClusterFirst is the default',
  ]),
  TLS_HOST_NETWORK_DNS: error((_: None) => [
    'a pod with hostNetwork asks the DNS of its machine, which does not know the names by which nodes know each other under TLS',
    'set dnsPolicy to ClusterFirstWithHostNet, or remove hostNetwork',
  ]),
  TLS_SIDECAR_PLAIN: warning((f: { container: string; volume: string; mountPath: string }) => [
    `the container ${f.container} seems to talk to Ray, and tlsOptions changes the Ray container alone`,
    `mount the volume ${f.volume} at ${f.mountPath} in it and give it RAY_USE_TLS and the RAY_TLS_ variables; over HTTP nothing is needed`,
  ]),

  TLS_RAY_UNSUPPORTED: acceptableError((f: { release: string; supported: string; tested: string }) => [
    `Ray ${f.release} is older than ${f.supported}, the least that KubeRay 1.3 and later support`,
    `take Ray ${f.tested} or newer; if the image holds another release than it says, accept TLS_RAY_UNSUPPORTED`,
  ]),
  TLS_RAY_UNTESTED: info((f: { release: string; tested: string }) => [
    `Ray ${f.release} is older than ${f.tested}, the oldest that is tested with these certificates on every change`,
    `take Ray ${f.tested} or newer, or try the cluster before it matters`,
  ]),
  TLS_RAY_MIXED: warning((f: { release: string; by: 'image' | 'rayVersion'; other: string; than: RaySource }) => [
    f.by === 'image'
      ? `this image is of Ray ${f.release} and ${raySources[f.than]} ${f.other}, and a node refuses to join a cluster of another release`
      : `rayVersion says ${f.release} and ${raySources[f.than]} ${f.other}, and which autoscaler Ray picks is judged by rayVersion`,
    f.by === 'image' ? 'use one release of Ray throughout' : 'write the release of the images in rayVersion',
  ]),

  TLS_AUTOSCALER_V1: error(
    (f: { by: 'version' | 'variable' | 'release'; release?: string; remedy: 'version' | 'variable' }) => [
      `autoscaler v1 ${v1Causes[f.by](f.release)}, and it cannot match nodes that have DNS names`,
      mendAutoscaler(f),
    ],
  ),
  TLS_AUTOSCALER_UNKNOWN: error((f: { by: 'variable' | 'release'; remedy: 'version' | 'variable' }) => [
    f.by === 'variable'
      ? 'whether autoscaler v2 runs depends on a variable whose value is not in the manifest, and v1 cannot match nodes that have DNS names'
      : 'neither rayVersion nor the image tag tells whether Ray picks autoscaler v2 (from 2.50), and v1 cannot match nodes that have DNS names',
    mendAutoscaler(f),
  ]),
  TLS_AUTOSCALER_PORT: error((f: { port: number; usual: number }) => [
    `the GCS port is ${f.port}, and the autoscaler always dials ${f.usual}`,
    'remove the start parameter port, or turn enableInTreeAutoscaling off',
  ]),
};

const unfitIssuers = {
  acme: 'asks an ACME server, and public ones sign no names within a cluster',
  selfSigned: 'is self-signed: each certificate would be its own CA, and no node would trust another',
  none: 'does not say how it signs, so it signs nothing',
} as const;

type RaySource = keyof typeof raySources;

const raySources = {
  rayVersion: 'rayVersion says',
  head: "the head's is of Ray",
  worker: "another group's is of Ray",
};

const v1Causes = {
  version: () => 'is asked for',
  variable: () => 'is asked for by RAY_enable_autoscaler_v2',
  release: (release = '') => `is what Ray ${release} picks by itself (v2 from 2.50)`,
} satisfies Record<string, (release?: string) => string>;

// KubeRay refuses the version beside the variable (ValidateRayClusterSpec in utils/validation.go).
function mendAutoscaler({ by, remedy }: { by: string; remedy: 'version' | 'variable' }): string {
  if (remedy === 'variable') return 'set RAY_enable_autoscaler_v2 to "1" on the Ray container of the head';
  const version = 'set autoscalerOptions.version to v2';
  return by === 'variable' ? `remove the variable and ${version}` : version;
}
