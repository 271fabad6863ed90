// What the controller is told on its command line.
import type { Finding } from '../../findings/finding.ts';
import type { Given } from '../../settings/resolve.ts';
import type { Arguments } from '../arguments.ts';
import type { FlagName } from '../flags.ts';
import { flagOf } from '../flags.ts';
import { reportAt } from '../report.ts';
import { type ListenAddress, readListenAddress } from './listen-address.ts';

export interface ControllerOptions {
  readonly storagePath: string;
  readonly storageAddress: ListenAddress;
  readonly healthAddress: ListenAddress;
  /** `host` or `host:port` under which consumers reach the storage; empty for that of our Service. */
  readonly advertisedAddress: string;
  /** Empty for all namespaces. */
  readonly watchNamespace: string;
  /** How many sources are rendered at a time. */
  readonly concurrency: number;
  readonly allowsCrossNamespace: boolean;
  /** Settings that hold for all sources. */
  readonly flags: readonly Given[];
}

const host = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*))(?::\d{1,5})?$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What `args` say, with what holds where they say nothing; a value that cannot be goes to `findings`. */
export function readOptions(args: Arguments, findings: Finding[]): ControllerOptions {
  const report = reportAt(findings);
  const read = <T>(flag: FlagName, usual: string, reading: (text: string) => T | undefined): T => {
    const value = reading(args.values[flag] ?? usual);
    if (value !== undefined) return value;
    report('FLAG_VALUE_FORM', [], { flag: `--${flag}`, form: flagOf(flag).form ?? '', example: usual });
    return reading(usual) as T;
  };
  return {
    storagePath: args.values['storage-path'] ?? '/data',
    storageAddress: read('storage-address', ':9090', readListenAddress),
    healthAddress: read('health-address', ':9440', readListenAddress),
    advertisedAddress: read('advertised-address', '', (text) => (text === '' || host.test(text) ? text : undefined)),
    watchNamespace: read('watch-namespace', '', (text) => (text === '' || label.test(text) ? text : undefined)),
    concurrency: read('concurrency', '2', readCount),
    allowsCrossNamespace: args.given.includes('allow-cross-namespace-refs'),
    flags: args.flags,
  };
}

const readCount = (text: string): number | undefined => (/^[1-9]\d?$/.test(text) ? Number(text) : undefined);
