export { createGometr, type Gometr, type GometrParts, type GometrRouteOptions } from './gometr.ts';
export { gometrSchema, type GometrConfig } from './config.ts';
