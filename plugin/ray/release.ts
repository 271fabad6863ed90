// Which release of Ray a cluster runs, as far as its manifest says: by rayVersion, and by the tags of the images in which
// KubeRay runs Ray. Tags of Ray's own images: https://docs.ray.io/en/latest/ray-overview/installation.html#docker-source-images
import type { FieldPath } from '../findings/finding.ts';
import type { PodGroup, RaySpec } from './spec.ts';

/** A release, and where the manifest says it. */
export interface StatedRelease {
  /** As written, without a suffix such as `-py311-gpu`: two or three numbers. */
  readonly text: string;
  readonly numbers: readonly number[];
  readonly at: FieldPath;
  /** The group whose image it is; absent for rayVersion. */
  readonly group?: PodGroup;
}

/** rayVersion first, then the head's image and each worker group's; what is no number (`nightly`, a digest) is left out. */
export function findReleases({ cluster, head, workers, path }: RaySpec): readonly StatedRelease[] {
  const stated = read(cluster.rayVersion, { at: [...path, 'rayVersion'] });
  const images = [head, ...workers].map((group) =>
    read(findTag(group.rayContainer.image), {
      at: [...group.path, 'template', 'spec', 'containers', 0, 'image'],
      group,
    }),
  );
  return [stated, ...images].filter((release) => release !== undefined);
}

/** Whether a release comes before another, as far as both say: 2.46 is not before 2.46.0. */
export function isBefore({ numbers }: Pick<StatedRelease, 'numbers'>, other: readonly number[]): boolean {
  const index = numbers.findIndex((number, place) => number !== other[place]);
  const [own, theirs] = [numbers[index], other[index]];
  return own !== undefined && theirs !== undefined && own < theirs;
}

/** Whether both can be one release: 2.46 and 2.46.0 can. */
export const agree = (one: StatedRelease, other: StatedRelease): boolean =>
  one.numbers.every((number, place) => other.numbers[place] === undefined || other.numbers[place] === number);

function read(text: string | undefined, where: Omit<StatedRelease, 'text' | 'numbers'>): StatedRelease | undefined {
  const [release] = /^\d+\.\d+(?:\.\d+)?/.exec(text ?? '') ?? [];
  return release === undefined ? undefined : { text: release, numbers: release.split('.').map(Number), ...where };
}

/**
 * The tag of an image of Ray's (`registry:5000/ray:2.52.0`, `rayproject/ray-ml:2.52.0-gpu`), a digest left aside. Other images
 * count their own versions: their tag says nothing of Ray.
 */
const findTag = (image: string | undefined): string | undefined =>
  /(?:^|\/)ray(?:-ml|-llm)?:([^:/]+)$/.exec(image?.replace(/@.*/, '') ?? '')?.[1];
