// What rayshield says by itself in the folder and environment of an application: Argo CD must show it whole.
import { join } from 'node:path';
import { execa } from 'execa';
import { type Application, environmentOf } from './application.ts';

const program = join(import.meta.dirname, '../../../dist/rayshield.cjs');

/** What `rayshield generate` writes to standard error with that PATH, without the line end. */
export async function sayByHand(application: Application, path: string): Promise<string> {
  const { stderr } = await execa(process.execPath, [program, 'generate'], {
    cwd: join(application.repository, application.path ?? '.'),
    env: { ...environmentOf(application), PATH: path },
    reject: false,
  });
  return stderr.trim();
}
