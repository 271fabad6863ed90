// The kustomization.yaml of a rendered folder: the list of its files, by which kustomize builds it, and by which the next run knows what in
// the folder is its own.
// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/
import { printYAML } from '../../manifests/print-yaml.ts';

export const kustomizationFile = 'kustomization.yaml';

const mark = '# Written by rayshield render, which replaces this folder as a whole: change the source instead.\n';

export const printKustomization = (files: readonly string[]): string =>
  mark + printYAML({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: files });

/** The files that a kustomization.yaml of ours lists; undefined of anybody else's. */
export function readListed(text: string): readonly string[] | undefined {
  // A checkout on Windows has other line ends.
  const lines = text.split(/\r?\n/);
  if (`${lines[0]}\n` !== mark) return undefined;
  return lines.flatMap((line) => /^ *- "([^"\\]+)"$/.exec(line)?.[1] ?? []);
}

/** Whether a kustomization.yaml is as render writes it, to the last byte: one that somebody has put a patch into is a source. */
export const isKustomizationOfRender = (text: string): boolean => printKustomization(readListed(text) ?? []) === text;
