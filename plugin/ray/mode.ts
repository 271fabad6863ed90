// Which directions an isolation closes.
import type { RaySpec } from './spec.ts';

export const closesIngress = (spec: RaySpec): boolean =>
  spec.isolation !== undefined && spec.isolation.mode !== 'denyAllEgress';

export const closesEgress = (spec: RaySpec): boolean =>
  spec.isolation !== undefined && spec.isolation.mode !== 'denyAllIngress';
