// What the name of a file says about it, before it is opened.

export const settingsFile = 'rayshield.yaml';

/** A folder's rendering tool is known by these files: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
// https://helm.sh/docs/topics/charts/#the-chart-file-structure
export const chart = 'Chart.yaml';

export type NameKind = 'manifest' | 'settings' | 'misnamed-settings' | 'kustomization' | 'chart' | 'other';

export function kindOfName(name: string): NameKind {
  if (name === settingsFile) return 'settings';
  if (name === 'rayshield.yml' || name === 'rayshield.json') return 'misnamed-settings';
  if (kustomizations.includes(name)) return 'kustomization';
  if (name === chart) return 'chart';
  return /\.(ya?ml|json)$/.test(name) ? 'manifest' : 'other';
}

/** Hidden entries and installed packages hold nothing that is meant to be applied. */
export const isSkipped = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** By code unit, so that the order is the same on every machine. */
export const byCodeUnit = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
