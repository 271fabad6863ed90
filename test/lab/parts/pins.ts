// The versions of what the lab runs. Go modules pin theirs in test/lab/go/*/go.mod and go.sum, what Ray stands on in
// ray-<version>.txt beside this file.

/**
 * KubeRay's operators. A version with a folder in test/lab/go is built from what that folder pins; another one is built
 * as the module proxy serves it.
 */
export const operators = ['1.6.2', '1.3.2', '1.7.0'] as const;

/** KubeRay's CRDs: the last release of each minor version that the product supports. */
export const definitions = ['1.3.2', '1.4.2', '1.5.2', '1.6.2', '1.7.0'] as const;

/** The first is required, the others are for when there is time. */
export const rays = ['2.60.0', '2.46.0'] as const;

/** pre-commit packed its clone up to 4.6.0; since 4.6.1 npm installs from Git. */
export const preCommits = ['4.7.0', '4.6.0'] as const;

/** What KubeRay is published as. */
export const kubeRayModule = 'github.com/ray-project/kuberay/ray-operator';

/**
 * The sums of modules that the checksum database does not know, as go.sum writes them: it had no entry for this one in November
 * 2026, though the module proxy serves it.
 */
export const sums: Readonly<Record<string, string>> = {
  [`${kubeRayModule}@v1.5.2`]: 'h1:EkF6DQjd+ThSd5fx35i56vnqNZqnqL/Ak5C5Duo4Ftc=',
};

/** Flux's controllers, whose CRDs are applied; the sums are those that go.sum would have. */
export const fluxControllers = {
  'source-controller': { version: '1.9.6', sum: 'h1:nG534/bI6nVpyHra7ONAk6xDB3xPsVT+EOLHZHXPrrc=' },
  'kustomize-controller': { version: '1.9.6', sum: 'h1:XB+G3A0mky0j5uVHZWv4oSlS2RvZBoNIUhstIvY0JKE=' },
} as const;
