// The inputs of the benchmark: the same bytes in every run, made from one template.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const template = readFileSync(join(import.meta.dirname, 'raycluster.yaml'), 'utf8');

/** Writes a stream of `count` RayClusters, each of its own name, into `folder`; the path of the file. */
export function writeInput(folder: string, count: number): string {
  const path = join(folder, `${count}.yaml`);
  const documents = Array.from({ length: count }, (_, index) =>
    template.replace('name: bench\n', `name: bench-${index}\n`),
  );
  writeFileSync(path, documents.join('---\n'));
  return path;
}
