export { readYaml, type ReadYaml } from './read-yaml.ts';
