// Carriage returns in what a shell reads: it takes them for a part of the last word of a line, so that `python train.py` with
// Windows line ends looks for a file `train.py\r`. They come from texts that another program has put into quotes.
import type { FieldPath, Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { rayKinds } from '../ray/kinds.ts';
import type { Container, RaySpec } from '../ray/spec.ts';

/** Reports each text with Windows line ends that goes to a shell. */
export function checkLineEnds(spec: RaySpec, report: Report): void {
  const holder = rayKinds[spec.kind].specPath.slice(0, -1);
  if (spec.kind === 'RayJob' || spec.kind === 'RayCronJob') {
    const [entrypoint, submitter] = [
      [...holder, 'entrypoint'],
      [...holder, 'submitterPodTemplate'],
    ] as const;
    checkText(valueAt(spec.owner.body, entrypoint), entrypoint, report);
    checkPod(valueAt(spec.owner.body, submitter), submitter, undefined, report);
  }
  for (const { path, rayStartParams, rayContainer, template } of [spec.head, ...spec.workers]) {
    for (const [name, value] of Object.entries(rayStartParams)) {
      checkText(value, [...path, 'rayStartParams', name], report);
    }
    checkPod(template, [...path, 'template'], rayContainer, report);
  }
}

/** All containers of a pod template, which may be absent. */
function checkPod(template: unknown, path: FieldPath, rayContainer: Container | undefined, report: Report): void {
  for (const list of ['containers', 'initContainers'] as const) {
    const containers = (valueAt(template, ['spec', list]) ?? []) as readonly Container[];
    for (const [index, container] of containers.entries()) {
      const at = [...path, 'spec', list, index];
      // KubeRay puts command and args of the Ray container into a line for bash (common/pod.go, BuildPod).
      if (container === rayContainer || callsShell(container)) checkCommand(container, at, report);
      checkHandlers(container, at, report);
    }
  }
}

function checkCommand(container: Pick<Container, 'command' | 'args'>, path: FieldPath, report: Report): void {
  for (const field of ['command', 'args'] as const) {
    for (const [place, text] of (container[field] ?? []).entries()) checkText(text, [...path, field, place], report);
  }
}

// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle-1
const handlers: readonly FieldPath[] = [
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
];

/** What the kubelet runs in a container. */
function checkHandlers(container: Container, path: FieldPath, report: Report): void {
  for (const handler of handlers) {
    const command = valueAt(container, [...handler, 'exec', 'command']) as readonly string[] | undefined;
    if (command && callsShell({ command })) checkCommand({ command }, [...path, ...handler, 'exec'], report);
  }
}

const callsShell = ({ command = [], args = [] }: Pick<Container, 'command' | 'args'>): boolean =>
  [...command, ...args].some((word) => /^(?:\S*\/)?(?:ba|da|a|k|z)?sh\r?$/.test(word));

function checkText(text: unknown, path: FieldPath, report: Report): void {
  if (typeof text === 'string' && /\r(?:\n|$)/.test(text)) report('SHELL_CARRIAGE_RETURN', path, {});
}
