// Other containers of Ray's pods. They are never changed, so one that talks gRPC to Ray needs the certificates by the user's
// own hand; whether it does can only be guessed.
import type { Report } from '../findings/finding.ts';
import { defaultHeadService, findHeadService, findHeadServices } from '../ray/head-service.ts';
import { portOf } from '../ray/ports.ts';
import type { Container, PodGroup, RaySpec } from '../ray/spec.ts';
import { printCommand } from './check-start-command.ts';
import { addressVariable, tlsMountPath, tlsVolume } from './environment.ts';

export function checkSidecars(spec: RaySpec, { role, path, template }: PodGroup, report: Report): void {
  const { containers, initContainers = [] } = template.spec;
  const others = [
    ...containers.map((container, index) => ({ container, list: 'containers', index })).slice(1),
    ...initContainers.map((container, index) => ({ container, list: 'initContainers', index })),
  ];
  for (const { container, list, index } of others) {
    if (!seemsToTalkToRay(container, spec, role) || hasCertificates(container)) continue;
    const facts = { container: container.name, volume: tlsVolume, mountPath: tlsMountPath };
    report('TLS_SIDECAR_PLAIN', [...path, 'template', 'spec', list, index], facts);
  }
}

// Of the volume alone Ray's library makes no use.
const hasCertificates = (container: Container): boolean =>
  (container.volumeMounts ?? []).some(({ name }) => name === tlsVolume) &&
  (container['envFrom'] !== undefined || /\bRAY_USE_TLS\b/.test(`${namesOf(container)} ${printCommand(container)}`));

const namesOf = ({ env = [] }: Container): string => env.map(({ name }) => name).join(' ');

function seemsToTalkToRay(container: Container, spec: RaySpec, role: PodGroup['role']): boolean {
  const { env = [] } = container;
  // An address of HTTP is that of the dashboard.
  if (env.some(({ name, value = '' }) => name === addressVariable && !isHTTP(value))) return true;
  const command = printCommand(container);
  const texts = [command, ...env.map(({ value = '' }) => value)];
  return callsRay(command) || texts.some((text) => text.includes('ray://') || findAddresses(spec, role).test(text));
}

const isHTTP = (text: string): boolean => /^https?:/i.test(text);

/**
 * Names of the head's Services, but not in an address of HTTP; the GCS and Ray Client by the variables of KubeRay, or on the
 * head itself.
 */
function findAddresses(spec: RaySpec, role: PodGroup['role']): RegExp {
  const names = findHeadTexts(spec).map((name) => name.replaceAll('.', '\\.'));
  const hosts = ['\\$\\{?(?:FQ_)?RAY_IP\\}?', ...(role === 'head' ? ['localhost', '127\\.0\\.0\\.1'] : [])];
  const ports = (['gcs', 'client'] as const).map((port) => portOf(spec.head, port));
  return new RegExp(
    `(?<!https?://[^\\s/]*)(?:${names.join('|')}|(?:${hosts.join('|')}):(?:${ports.join('|')})\\b)`,
    'i',
  );
}

/** Of a Service that follows from a generated name only the ending is known. */
const findHeadTexts = (spec: RaySpec): readonly string[] =>
  findHeadService(spec) === undefined ? [defaultHeadService('')] : findHeadServices(spec);

/** A call of Ray's command line, or of ray.init in Python. */
const callsRay = (command: string): boolean => /(?:^|[\s;&|(`"']|\/bin\/)ray\s+[a-z]|\bray\.init\(/.test(command);
