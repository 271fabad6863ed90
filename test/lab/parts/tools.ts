// The tools that the machine has to have: which version is there, and what to do where there is none.
import { execa } from 'execa';
import type { Tool } from './part.ts';

const commands: Record<Exclude<Tool, 'system'>, readonly [string, ...string[]]> = {
  go: ['go', 'env', 'GOVERSION'],
  // A virtual environment stands on the Python that made it, at its place.
  python3: ['python3', '-c', 'import sys, venv, ensurepip; print(*sys.version_info[:2], sys.base_prefix)'],
};

const remedies: Record<Tool, string> = {
  go: 'there is no Go on PATH; install Go 1.26 or newer',
  python3: 'there is no python3 with venv on PATH; install Python 3.11 with venv and pip',
  system: 'needs Linux',
};

/** The version of a tool, or what to do about its absence. */
export async function readToolVersion(tool: Tool): Promise<{ version: string } | { missing: string }> {
  if (tool === 'system') return process.platform === 'linux' ? { version: 'linux' } : { missing: remedies[tool] };
  const [file, ...args] = commands[tool];
  const { failed, stdout } = await execa(file, args, { reject: false });
  return failed ? { missing: remedies[tool] } : { version: stdout.trim() };
}
