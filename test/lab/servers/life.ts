// The life of everything that a suite starts: what was opened last is closed first, and one failure to close hides no other.
// Where the lab runs in namespaces of its own (run.ts) the kernel ends what is left; this is for all the other cases.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Life {
  /** The name of the suite, as a folder is named. */
  readonly name: string;
  /** A folder below this suite's own, made when first asked for: `logs` is kept when the suite fails, all else goes. */
  readonly folder: (name: 'logs' | 'data' | 'certificates') => string;
  /** Has `close` called when this life ends. */
  readonly onEnd: (close: () => Promise<unknown> | unknown) => void;
  /** Ends what was started, last things first. Throws what went wrong in closing, after all was closed. */
  readonly end: () => Promise<void>;
}

/** Where suites keep their files: run.ts gives a folder, and removes it. */
const labDirectory = (): string =>
  process.env['RAYSHIELD_LAB_DIRECTORY'] ?? join(tmpdir(), `rayshield-lab-${process.pid}`);

/** Opens the life of one suite. */
export function openLife(name: string): Life {
  const closers: (() => Promise<unknown> | unknown)[] = [];
  return {
    name,
    folder: (kind) => {
      const path = join(labDirectory(), name, kind);
      mkdirSync(path, { recursive: true });
      return path;
    },
    onEnd: (close) => void closers.push(close),
    end: async () => {
      const failures: unknown[] = [];
      for (const close of closers.splice(0).reverse()) {
        try {
          await close();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, `${name} did not end cleanly`);
    },
  };
}
