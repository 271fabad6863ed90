// Runs a workload of ./workloads in a pod and reads its result.
import type { RunningPod } from '../pods/kubelet.ts';

interface WorkloadRun {
  readonly args?: readonly (string | number)[];
  readonly container?: string;
}

// In milliseconds; Ray's own time-outs end before it.
const timeout = 150_000;

const resultMark = 'RESULT ';

/** The result in what a workload printed. */
function readResult<T>(output: string): T {
  const line = output.split('\n').findLast((text) => text.startsWith(resultMark));
  if (line === undefined) throw new Error(`no result in:\n${output.slice(-2_000)}`);
  return JSON.parse(line.slice(resultMark.length));
}

/**
 * Runs `python /workloads/<name>.py` in a pod.
 * @throws where it fails; the message ends in what it said last.
 */
export async function runWorkload<T>(
  pod: RunningPod,
  name: string,
  { args = [], container }: WorkloadRun = {},
): Promise<T> {
  const command = ['python', `/workloads/${name}.py`, ...args.map(String)];
  const { stdout, stderr, exitCode } = await pod.exec(command, {
    timeout,
    ...(container !== undefined && { container }),
  });
  if (exitCode !== 0) throw new Error(`${name} in ${pod.name} exited with ${exitCode}:\n${stderr.slice(-3_000)}`);
  return readResult(stdout);
}

/** Runs a command in a pod that must succeed, and gives what it printed. */
export async function runCommand(pod: RunningPod, command: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await pod.exec(command, { timeout });
  if (exitCode !== 0)
    throw new Error(`${command.join(' ')} in ${pod.name} exited with ${exitCode}:\n${stderr.slice(-3_000)}`);
  return stdout;
}
