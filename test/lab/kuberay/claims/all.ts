// The table of claims.
import type { RayOwner } from '../owners.ts';
import type { Claim } from './claim.ts';
import { labelClaims } from './labels.ts';
import { otherContainerClaims } from './other-containers.ts';
import { podTemplateClaims } from './pod-template.ts';
import { serviceClaims } from './services.ts';
import { startCommandClaims } from './start-command.ts';

const claims: readonly Claim[] = [
  ...podTemplateClaims,
  ...otherContainerClaims,
  ...startCommandClaims,
  ...serviceClaims,
  ...labelClaims,
];

/** Those that concern an owner. */
export const claimsOf = (owner: RayOwner): Claim[] => claims.filter(({ concerns }) => concerns?.(owner) ?? true);
