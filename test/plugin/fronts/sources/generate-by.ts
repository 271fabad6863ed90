// `rayshield generate` in a folder of files, with tools that are not the real ones.
import { join } from 'node:path';
import { ioFor } from '../../../support/case.ts';
import type { FakeTools } from '../../../support/fake-tool.ts';
import { type Ran, run } from '../../../support/run.ts';
import { makeTree } from '../../../support/workdir.ts';

export interface Application {
  readonly files: Readonly<Record<string, string>>;
  readonly tools?: FakeTools;
  /** Its path in the repository. */
  readonly path?: string;
  readonly parameters?: readonly object[];
  readonly env?: Readonly<Record<string, string>>;
  /** What is done to the repository before. */
  readonly spoil?: (root: string) => void;
}

export interface Generated extends Ran {
  readonly root: string;
}

/** Runs it once. */
export async function generate({ files, tools, path = '.', parameters, env, spoil }: Application): Promise<Generated> {
  const root = makeTree(files);
  spoil?.(root);
  const io = ioFor(join(root, path), {
    PATH: tools?.bin ?? '/nowhere',
    TMPDIR: makeTree(),
    RAYSHIELD_OPERATOR_NAMESPACE: 'kuberay',
    ARGOCD_APP_NAME: 'argo_demo',
    ARGOCD_APP_SOURCE_PATH: path,
    ...(parameters === undefined ? {} : { ARGOCD_APP_PARAMETERS: JSON.stringify(parameters) }),
    ...env,
  });
  return { ...(await run(['generate'], io, '0')), root };
}

export const parameter = (name: string, string: string) => ({ name, string });
