// The spellings of one setting, computed from its name so that they cannot differ: `clusterDomain` in files and Argo CD
// parameters, `--cluster-domain` as a flag, `RAYSHIELD_CLUSTER_DOMAIN` in the environment.

const wordsOf = (name: string): string[] => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

/** The flag without its dashes. */
export const flagName = (setting: string): string => wordsOf(setting).join('-');

/** The environment variable; Argo CD puts `ARGOCD_ENV_` before it. */
export const environmentName = (setting: string): string => `RAYSHIELD_${wordsOf(setting).join('_').toUpperCase()}`;
