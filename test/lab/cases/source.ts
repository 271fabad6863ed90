// `rayshield generate` as Argo CD runs it, on copies of fixtures/sources, with the real tools on PATH.
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { fixtures } from '../../support/case.ts';
import { locatePart, type PartName } from '../parts/locate.ts';

const program = join(import.meta.dirname, '../../../dist/rayshield.cjs');

/** The folder of a part's executables. */
export function binOf(part: PartName): string {
  const located = locatePart(part);
  if ('missing' in located) throw new Error(`${part}: ${located.missing}`);
  return join(located.directory, 'bin');
}

/** A repository: fixtures/sources, that a test may spoil. */
export function copyRepository(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rayshield-sources-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(fixtures, 'sources'), root, { recursive: true });
  return root;
}

export interface Asked {
  readonly root: string;
  /** The application's path in the repository. */
  readonly path: string;
  readonly tools: readonly PartName[];
  readonly parameters?: readonly object[];
  readonly env?: Readonly<Record<string, string>>;
  readonly verb?: 'generate' | 'parameters';
}

export interface Answer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What is left of temporary files. */
  readonly left: readonly string[];
}

export async function ask({ root, path, tools, parameters = [], env = {}, verb = 'generate' }: Asked): Promise<Answer> {
  const temporary = mkdtempSync(join(tmpdir(), 'rayshield-temporary-'));
  try {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [program, verb], {
      cwd: join(root, path),
      reject: false,
      stripFinalNewline: false,
      stdin: 'ignore',
      extendEnv: false,
      env: {
        PATH: tools.map(binOf).join(':'),
        TMPDIR: temporary,
        ARGOCD_APP_NAME: 'demo',
        ARGOCD_APP_NAMESPACE: 'ml',
        ARGOCD_APP_SOURCE_PATH: path,
        ARGOCD_APP_PARAMETERS: JSON.stringify(parameters),
        KUBE_VERSION: '1.36.3',
        KUBE_API_VERSIONS: 'v1,cert-manager.io/v1,ray.io/v1',
        ...env,
      },
    });
    return { exitCode, stdout, stderr, left: readdirSync(temporary) };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
