// What a function that only checks answers to `kustomize build`. Its runner gives each item that comes back a path, and then
// refuses a validator for it, even `cat`; what a validator leaves out or adds is not looked at (seen with 5.8.2:
// docs/kustomize.md). A transformer that answered nothing would empty the build without a word.
import type { Manifest } from '../../manifests/manifest.ts';
import { printYAML } from '../../manifests/print-yaml.ts';

// Only kustomize build marks items with it, on their way through functions.
const buildMark = /(?:^|[\s{,])["']?kustomize\.config\.k8s\.io\/id["']?:/;

/** Whether items come from `kustomize build`, which marks all; `kustomize fn run` and kpt take items back as they were. */
export const isOfKustomizeBuild = (items: readonly Manifest[]): boolean =>
  items.length > 0 && items.every(({ text }) => buildMark.test(text));

/** One item, in which kustomize finds nothing under validators, and under transformers an error that names it. */
export const answerOfValidator = ([first]: readonly Manifest[]): Manifest => ({
  source: first?.source ?? { file: '', text: '' },
  offset: 0,
  prefix: '',
  text: printYAML({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'rayshield-only-checks-name-it-under-validators' },
    // No list of volumes, so that no reference to a ConfigMap can be followed.
    spec: { volumes: ['none'] },
  }),
});
