// A command line without a process: what main does, with the pieces of standard output joined.
import type { Outcome } from '../../plugin/fronts/io.ts';
import { run as runFront } from '../../plugin/fronts/run.ts';

export interface Ran {
  readonly exitCode: Outcome['exitCode'];
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(...args: Parameters<typeof runFront>): Promise<Ran> {
  const { stdout, ...outcome } = await runFront(...args);
  return { ...outcome, stdout: stdout.join('') };
}
