// Other containers of Ray's pods. They are never changed, so one that talks gRPC to Ray needs the certificates by the user's
// own hand; whether it does can only be guessed.
import type { Report } from '../findings/finding.ts';
import { defaultHeadService, findHeadService, findHeadServices } from '../ray/head-service.ts';
import type { Container, PodGroup, RaySpec } from '../ray/spec.ts';
import { printCommand } from './check-start-command.ts';
import { addressVariable, tlsMountPath, tlsVolume } from './environment.ts';

export function checkSidecars(spec: RaySpec, { path, template }: PodGroup, report: Report): void {
  const { containers, initContainers = [] } = template.spec;
  const others = [
    ...containers.map((container, index) => ({ container, list: 'containers', index })).slice(1),
    ...initContainers.map((container, index) => ({ container, list: 'initContainers', index })),
  ];
  for (const { container, list, index } of others) {
    if (!seemsToTalkToRay(container, spec) || hasCertificates(container)) continue;
    const facts = { container: container.name, volume: tlsVolume, mountPath: tlsMountPath };
    report('TLS_SIDECAR_PLAIN', [...path, 'template', 'spec', list, index], facts);
  }
}

const hasCertificates = ({ volumeMounts }: Container): boolean =>
  (volumeMounts ?? []).some(({ name }) => name === tlsVolume);

function seemsToTalkToRay(container: Container, spec: RaySpec): boolean {
  if ((container.env ?? []).some(({ name }) => name === addressVariable)) return true;
  const command = printCommand(container);
  return callsRay(command) || findHeadTexts(spec).some((text) => command.includes(text));
}

/** Names of the head's Services; of one that follows from a generated name only the ending is known. */
const findHeadTexts = (spec: RaySpec): readonly string[] =>
  findHeadService(spec) === undefined ? [defaultHeadService('')] : findHeadServices(spec);

/** A call of Ray's command line, or of ray.init in Python. */
const callsRay = (command: string): boolean => /(?:^|[\s;&|(`"']|\/bin\/)ray\s+[a-z]|\bray\.init\(/.test(command);
