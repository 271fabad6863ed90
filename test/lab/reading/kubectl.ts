// What kubectl reads from manifests, by the decoder that it uses itself (../go/control-plane/read-manifests).
import { execa } from 'execa';
import { pathOfBinary } from '../parts/binary.ts';

export interface KubectlReading {
  readonly documents: readonly unknown[];
  /** Why it stopped; the documents before are those that it has read. */
  readonly error?: string;
}

/** Reads texts, each by itself, in one process. */
export async function readAsKubectl(texts: readonly string[]): Promise<readonly KubectlReading[]> {
  const { stdout } = await execa(pathOfBinary('control-plane', 'read-manifests'), {
    input: JSON.stringify(texts),
    maxBuffer: 1024 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}
