// A folder with rayshield and another tool on PATH, as somebody has who has installed both.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { readPrinted } from '../cases/printed.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { pathOfBinary } from '../parts/binary.ts';
import type { PartName } from '../parts/locate.ts';

export const root = join(import.meta.dirname, '../../..');

export interface ToolFolder {
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Runs lines of bash in a folder below; by itself in this one. */
  readonly run: (
    lines: string,
    options?: { readonly cwd?: string; readonly env?: Record<string, string> },
  ) => Promise<Ran>;
}

interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes `folder` one; `tools` are names of executables with the parts that hold them. */
export function makeToolFolder(folder: string, tools: Readonly<Record<string, PartName>>): ToolFolder {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(join(root, 'dist/rayshield.cjs'), join(bin, 'rayshield'));
  for (const [name, part] of Object.entries(tools)) symlinkSync(pathOfBinary(part, name), join(bin, name));
  const PATH = [bin, join(process.execPath, '..'), process.env['PATH']].join(delimiter);
  // Helm keeps its plugins and caches there.
  const home = { HOME: folder, XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' };
  return {
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
      }
    },
    run: async (lines, { cwd = '.', env = {} } = {}) => {
      const options = { cwd: join(folder, cwd), env: { ...home, PATH, ...env }, reject: false } as const;
      const { exitCode, stdout, stderr } = await execa('bash', ['-euo', 'pipefail', '-c', lines], options);
      return { exitCode, stdout, stderr };
    },
  };
}

/** The objects of a stream. */
export const objectsIn = (stream: string): KubernetesObject[] => readPrinted(stream).map(({ object }) => object);

/** `Kind name`, in order. */
export const namesIn = (stream: string): string[] =>
  objectsIn(stream).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
