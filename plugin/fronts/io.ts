// What a front gets from main and what it gives back: no front touches the process itself.
import type { LoadValidator } from '../check/validator.ts';
import type { RuleHelp } from '../findings/print-sarif.ts';
import type { RunFluxController } from './flux-controller/controller.ts';
import type { PrintDiff } from './rendered/unified-diff.ts';
import type { RunChild } from './sources/child.ts';

export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The real working directory, never `$PWD`, which a caller may leave stale. */
  readonly cwd: string;
  /** Whether standard input is a terminal, so that nothing comes unless somebody types it. */
  readonly isTerminal: () => Promise<boolean>;
  /** Whether somebody reads standard output as it comes, so that colours help. */
  readonly isOutputTerminal: () => Promise<boolean>;
  /** All bytes of standard input; where there are more than `limit`, the first `limit + 1`. */
  readonly readStdin: (limit: number) => Promise<Uint8Array>;
  /** Milliseconds since the process was started, by a clock that is never set. */
  readonly elapsed: () => number;
  readonly loadValidator: LoadValidator;
  /** What runs other tools; loaded where a source is rendered by one. */
  readonly loadRunChild: () => RunChild;
  /** What prints differences; loaded where a rendered folder is stale. */
  readonly loadPrintDiff: () => PrintDiff;
  /** The controller for Flux; loaded by its verb alone. */
  readonly loadFluxController: () => RunFluxController;
  /** What the documentation says of each code; loaded where a report has room for it. */
  readonly loadHelp: () => Readonly<Record<string, RuleHelp>>;
}

export interface Outcome {
  /** 0 done; 1 findings; 2 wrong use; 3 the host failed, as with an unreadable file. */
  readonly exitCode: 0 | 1 | 2 | 3;
  /** Pieces of text that follow each other; empty unless the exit code is 0, but for reports: of `validate`, and the results of `krm`. */
  readonly stdout: readonly string[];
  readonly stderr: string;
}
