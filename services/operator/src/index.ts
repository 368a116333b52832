export { operatorSchema, type OperatorConfig } from './config.ts';
export { FIELD_MANAGER } from './daywatch/names.ts';
export { printOperatorManifests } from './manifests/print-manifests.ts';
export { createOperator, type Operator, type OperatorOptions } from './operator.ts';
