// A command in a container that runs, as `kubectl exec` and exec probes have it: all its namespaces, its environment (nsenter(1)).
import { execa } from 'execa';

export interface Executed {
  readonly stdout: string;
  readonly stderr: string;
  /** 137 where the time was over. */
  readonly exitCode: number;
}

export interface ExecTarget {
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
}

/**
 * Runs a command in a container and waits for its end.
 * @param seconds after which it is killed.
 */
export async function execInContainer(
  target: ExecTarget,
  command: readonly string[],
  seconds: number,
): Promise<Executed> {
  const { stdout, stderr, exitCode } = await execa(
    'nsenter',
    [
      ...['--target', `${target.pid}`, '--mount', '--uts', '--net', '--pid', '--root', '--wd'],
      ...['timeout', '--signal=KILL', `${seconds}`],
      ...['env', '-i', '-C', target.workingDir],
      ...Object.entries(target.env).map(([name, value]) => `${name}=${value}`),
      ...command,
    ],
    { stdin: 'ignore', reject: false, maxBuffer: 16 * 1024 * 1024 },
  );
  return { stdout, stderr, exitCode: exitCode ?? 137 };
}
