// Ray's start command must be KubeRay's, for only that one has our start parameter. KubeRay leaves the user's command as it
// is where an annotation says so, or where it finds the text `ray start` in it (common/pod.go, BuildPod).
import type { Report } from '../findings/finding.ts';
import type { Container, PodGroup, RaySpec } from '../ray/spec.ts';

const overwriteAnnotation = 'ray.io/overwrite-container-cmd';

// Unquoted or bare, the shell would take the expression in it apart, or not evaluate it at all (docs/design.md, Observed).
const startsAsKubeRay = /\beval\s+"\$\{?KUBERAY_GEN_RAY_START_CMD\}?"/;

// Without a boundary before it, since KubeRay looks for the bare text.
const startsRay = /ray\s+start/;

export function checkStartCommand(spec: RaySpec, group: PodGroup, report: Report): void {
  const container = [...group.path, 'template', 'spec', 'containers', 0];
  if (isOverwritten(spec, group) && !startsAsKubeRay.test(printCommand(dropComments(group.rayContainer)))) {
    report('TLS_START_OVERWRITTEN', [...container, 'command'], { annotation: overwriteAnnotation });
  } else if (startsRay.test(printCommand(group.rayContainer))) {
    const field = startsRay.test((group.rayContainer.args ?? []).join(' ')) ? 'args' : 'command';
    report('TLS_RAY_START', [...container, field], {});
  }
}

/** All words of a container's command line. */
export const printCommand = ({ command, args }: Pick<Container, 'command' | 'args'>): string =>
  [...(command ?? []), ...(args ?? [])].join(' ');

/** Without lines that the shell does not read. KubeRay itself looks for `ray start` in these too. */
function dropComments({ command = [], args = [] }: Container): Pick<Container, 'command' | 'args'> {
  const drop = (word: string): string => word.replace(/^[ \t]*#.*$/gm, '');
  return { command: command.map(drop), args: args.map(drop) };
}

const isOverwritten = ({ owner }: RaySpec, { template }: PodGroup): boolean =>
  [owner.body.metadata, template.metadata].some(
    (metadata) => metadata?.annotations?.[overwriteAnnotation]?.toLowerCase() === 'true',
  );
