export { printManifests } from './print-manifests.ts';
