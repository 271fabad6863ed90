// Ray's release under TLS: too old for any KubeRay that is supported, older than what is tested, or not the same in all pods.
// Where the bounds come from: docs/compatibility.md, Ray.
import type { Report } from '../findings/finding.ts';
import { agree, findReleases, isBefore, type StatedRelease } from '../ray/release.ts';
import type { RaySpec } from '../ray/spec.ts';

// The least that KubeRay 1.3 and later support; it was seen to run on names and certificates:
// https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/upgrade-guide.html#kuberay-ray-compatibility
const leastSupported = [2, 38, 0] as const;

// The oldest release that `npm run lab` runs.
const leastTested = [2, 46, 0] as const;

export function checkRayVersion(spec: RaySpec, report: Report): void {
  const releases = findReleases(spec);
  for (const release of firstOfEach(releases)) checkAge(release, report);
  const reference = releases.find(({ group }) => group?.role === 'head') ?? releases[0];
  if (reference === undefined) return;
  const than = reference.group?.role ?? 'rayVersion';
  for (const release of releases) {
    if (agree(release, reference)) continue;
    const by = release.group === undefined ? 'rayVersion' : 'image';
    report('TLS_RAY_MIXED', release.at, { release: release.text, by, other: reference.text, than });
  }
}

function checkAge(release: StatedRelease, report: Report): void {
  const { at, text } = release;
  const [supported, tested] = [leastSupported.join('.'), leastTested.join('.')];
  if (isBefore(release, leastSupported)) report('TLS_RAY_UNSUPPORTED', at, { release: text, supported, tested });
  else if (isBefore(release, leastTested)) report('TLS_RAY_UNTESTED', at, { release: text, tested });
}

/** An old release is told once, where it is written first. */
const firstOfEach = (releases: readonly StatedRelease[]): readonly StatedRelease[] =>
  releases.filter(({ text }, index) => releases.findIndex((other) => other.text === text) === index);
