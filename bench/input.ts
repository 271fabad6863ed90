// The inputs of the benchmark: the same bytes in every run, made from one template.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const template = readFileSync(join(import.meta.dirname, 'raycluster.yaml'), 'utf8');

// With the comments in them, as a user would take them out.
const ownFields = /^ {2}(?:networkIsolation|tlsOptions):.*\n(?: {3,}.*\n)*/gm;

/**
 * Writes a stream of `count` RayClusters, each of its own name, into `folder`; the path of the file. `plain` ones have none of
 * our fields.
 */
export function writeInput(folder: string, count: number, plain = false): string {
  const path = join(folder, `${count}${plain ? '-plain' : ''}.yaml`);
  const text = plain ? template.replace(ownFields, '') : template;
  const documents = Array.from({ length: count }, (_, index) =>
    text.replace('name: bench\n', `name: bench-${index}\n`),
  );
  writeFileSync(path, documents.join('---\n'));
  return path;
}

export interface Applications {
  /** A folder with the manifests. */
  readonly plain: string;
  /** The same, as a kustomization. */
  readonly kustomization: string;
}

/** Writes two applications with the same `count` RayClusters into `folder`. */
export function writeApplications(folder: string, count: number): Applications {
  const [plain, kustomization] = ['plain', 'kustomization'].map((kind) => {
    const application = join(folder, `${count}-${kind}`);
    mkdirSync(application);
    writeInput(application, count);
    return application;
  }) as [string, string];
  writeFileSync(join(kustomization, 'kustomization.yaml'), `resources: [${count}.yaml]\n`);
  return { plain, kustomization };
}
