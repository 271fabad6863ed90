// A worker of the controller, a bundle of its own (dist/flux-worker.cjs): it renders one source after another, apart from the thread that
// watches, renews the lease and serves, so that no input can hold those up, and the controller ends it where it takes too long.
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { Io } from '../io.ts';
import { makeHelpLoader, makePrintDiffLoader, makeRunChildLoader, makeValidatorLoader } from '../loaded.ts';
import { renderArchive } from './render.ts';
import type { Rendered, RenderRequest } from './rendering.ts';

const load = (file: string): unknown => require(join(__dirname, file));

function makeIo(cwd: string): Io {
  const began = performance.now();
  return {
    env: process.env,
    cwd,
    isTerminal: async () => false,
    isOutputTerminal: async () => false,
    readStdin: async () => new Uint8Array(),
    loadValidator,
    loadRunChild: makeRunChildLoader(load, process),
    loadFluxController: () => {
      throw new Error('a worker starts no controller');
    },
    elapsed: () => performance.now() - began,
    loadHelp: makeHelpLoader(load),
    loadPrintDiff: makePrintDiffLoader(load),
  };
}

const loadValidator = makeValidatorLoader(load);

parentPort?.on('message', async (request: RenderRequest) => {
  const rendered = await renderArchive(request, makeIo(request.folder)).catch(describeBug);
  parentPort?.postMessage(rendered);
});

/** Without the error's message, which could quote the input. */
function describeBug(error: unknown): Rendered {
  const { name = 'an unknown error', stack = '' } = error instanceof Error ? error : {};
  const place = /flux-worker\.cjs:\d+:\d+/.exec(stack)?.[0] ?? 'an unknown place';
  return { is: 'failed', said: `this is a bug of rayshield (${name} at ${place}); please report it` };
}
