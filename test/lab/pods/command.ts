// What a container runs, with which variables: Kubernetes' own expansion of $(VAR), by its own library
// (../go/control-plane/container-command), then what an image would give.
import { execa } from 'execa';
import { pathOfBinary } from '../parts/binary.ts';
import type { Variable } from './environment.ts';
import type { Container } from './pod.ts';

export interface Command {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Expands a container's command. `image` are the variables of its image, which nothing is expanded from. */
export async function expandCommand(
  container: Container,
  variables: readonly Variable[],
  image: Readonly<Record<string, string>>,
): Promise<Command> {
  const { command = [], args = [] } = container;
  const input = JSON.stringify({ env: variables, command, args });
  const { stdout } = await execa(pathOfBinary('control-plane', 'container-command'), [], { input });
  const expanded = JSON.parse(stdout) as { env: Variable[]; command: string[]; args: string[] };
  const env = Object.fromEntries(expanded.env.map(({ name, value }) => [name, value]));
  return { argv: [...expanded.command, ...expanded.args], env: { ...image, ...env } };
}
