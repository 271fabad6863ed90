// One file's bytes, from a tree that may be hostile: only regular files are read, an opened FIFO or device cannot hang the
// run, and a link is followed only where that was decided before. open(2): O_NOFOLLOW, O_NONBLOCK.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { Report } from '../../findings/finding.ts';

/** How many bytes a run may read, and has read. */
export interface Budget {
  readonly limit: number;
  readonly used: number;
}

/** The bytes of the regular file at `path`; undefined where `report` was told why there are none. */
export function readRegularFile(path: string, budget: Budget, report: Report): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      report('FILE_NOT_REGULAR', [], { found: describeKind(stats) });
      return undefined;
    }
    const bytes = budget.used + stats.size;
    if (bytes > budget.limit) {
      report('INPUT_TOO_LARGE', [], { bytes, limit: budget.limit });
      return undefined;
    }
    return readAll(descriptor, stats.size);
  } catch (error) {
    report('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** At most `size` bytes: a file that grows while it is read is cut where it ended at first. */
function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, bytes, filled, size - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** What stands at a path where a file was looked for. */
export function describeKind(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** The system's code (`ENOENT`) of an error that it raised; any other error is a bug of ours and goes on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && 'syscall' in error) return String(error.code);
  throw error;
}
