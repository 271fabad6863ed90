// Carriage returns in what a shell reads: it takes them for a part of the last word of a line, so that `python train.py` with
// Windows line ends looks for a file `train.py\r`. They come from texts that another program has put into quotes.
import type { FieldPath, Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { rayKinds } from '../ray/kinds.ts';
import type { Container, PodGroup, RaySpec } from '../ray/spec.ts';

/** Reports each text with Windows line ends that goes to a shell. */
export function checkLineEnds(spec: RaySpec, report: Report): void {
  const entrypoint = [...rayKinds[spec.kind].specPath.slice(0, -1), 'entrypoint'];
  checkText(valueAt(spec.owner.body, entrypoint), entrypoint, report);
  for (const group of [spec.head, ...spec.workers]) checkGroup(group, report);
}

function checkGroup({ path, rayStartParams, rayContainer, template }: PodGroup, report: Report): void {
  for (const [name, value] of Object.entries(rayStartParams)) {
    checkText(value, [...path, 'rayStartParams', name], report);
  }
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [index, container] of (template.spec[list] ?? []).entries()) {
      // KubeRay puts command and args of the Ray container into a line for bash (common/pod.go, BuildPod).
      if (container !== rayContainer && !callsShell(container)) continue;
      checkCommand(container, [...path, 'template', 'spec', list, index], report);
    }
  }
}

function checkCommand(container: Container, path: FieldPath, report: Report): void {
  for (const field of ['command', 'args'] as const) {
    for (const [place, text] of (container[field] ?? []).entries()) checkText(text, [...path, field, place], report);
  }
}

const callsShell = ({ command = [], args = [] }: Container): boolean =>
  [...command, ...args].some((word) => /^(?:\S*\/)?(?:ba|da|a|k|z)?sh\r?$/.test(word));

function checkText(text: unknown, path: FieldPath, report: Report): void {
  if (typeof text === 'string' && /\r(?:\n|$)/.test(text)) report('SHELL_CARRIAGE_RETURN', path, {});
}
