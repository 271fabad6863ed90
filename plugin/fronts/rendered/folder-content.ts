// What a rendered folder holds, as texts by path: the files and their kustomization.yaml; split, a folder for each step with the Flux
// Kustomizations that apply one after the other.
import type { ObjectFile } from './documents.ts';
import { type FluxNames, printFluxKustomizations } from './flux-kustomizations.ts';
import { kustomizationFile, printKustomization } from './kustomization.ts';
import { fillSteps } from './steps.ts';

/** Texts by path below the folder, `/`-separated. */
export type FolderContent = ReadonlyMap<string, string>;

/** The file of the Flux Kustomizations, beside the folders that they apply. */
const fluxFile = 'flux.yaml';

/** All files in one folder. */
export const layFlat = (files: readonly ObjectFile[]): FolderContent =>
  new Map([
    [kustomizationFile, printKustomization(files.map(({ name }) => name))],
    ...files.map(({ name, text }) => [name, text] as const),
  ]);

/** A folder for each step that has something to do. */
export function laySplit(files: readonly ObjectFile[], names: FluxNames): FolderContent {
  const steps = fillSteps(files);
  const folders = steps.flatMap(({ step, files: own }) =>
    [...layFlat(own)].map(([name, text]) => [`${step}/${name}`, text] as const),
  );
  return new Map([
    [kustomizationFile, printKustomization([fluxFile])],
    [fluxFile, printFluxKustomizations(steps, names)],
    ...folders,
  ]);
}
