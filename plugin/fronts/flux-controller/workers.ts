// The workers that render: as many as sources are rendered at a time, each with a bound on its memory, started where one is
// needed, and ended and replaced where a rendering takes too long or runs out of memory.
import { Worker } from 'node:worker_threads';
import type { Render, Rendered, RenderRequest } from './rendering.ts';

export interface Workers {
  readonly render: Render;
  close(): Promise<void>;
}

export interface WorkersOptions {
  /** The script of a worker. */
  readonly script: string;
  /** In milliseconds. */
  readonly timeLimit: number;
  readonly memoryMiB: number;
  /** Told where a worker had to be ended. */
  readonly onLoss: () => void;
}

// What dies young is collected often: left to itself V8 would let it grow to 48 MiB in each worker.
const youngMiB = 12;

/** As many workers as there are calls at a time. */
export function makeWorkers(options: WorkersOptions): Workers {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const start = (): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: options.memoryMiB, maxYoungGenerationSizeMb: youngMiB };
    const worker = new Worker(options.script, { resourceLimits });
    all.add(worker);
    worker.once('exit', () => all.delete(worker));
    return worker;
  };
  return {
    async render(request) {
      const worker = idle.pop() ?? start();
      const answer = await ask(worker, request, options);
      if (answer.isAlive) idle.push(worker);
      else {
        options.onLoss();
        await worker.terminate();
      }
      return answer.rendered;
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

interface Answer {
  readonly rendered: Rendered;
  /** Whether the worker may be asked again. */
  readonly isAlive: boolean;
}

function ask(worker: Worker, request: RenderRequest, { timeLimit, memoryMiB }: WorkersOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const answer = (rendered: Rendered, isAlive: boolean): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // Nobody must die of an error that comes late.
      if (!isAlive) worker.on('error', () => {});
      resolve({ rendered, isAlive });
    };
    const lose = (said: string): void => answer({ is: 'refused', said }, false);
    const onMessage = (rendered: Rendered): void => answer(rendered, true);
    const onError = (error: Error & { code?: string }): void =>
      lose(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `the source was not rendered: that takes more than ${memoryMiB} MiB of memory`
          : 'the source was not rendered: the worker ended with an error',
      );
    const onExit = (): void => lose('the source was not rendered: the worker ended');
    const timer = setTimeout(
      () => lose(`the source was not rendered: that takes longer than ${timeLimit / 1000} s`),
      timeLimit,
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
