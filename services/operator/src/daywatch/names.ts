/** Who owns what the operator applies, and what its objects are labelled with. */
export const FIELD_MANAGER = 'daywatch-operator';
export const MANAGED_BY = 'daywatch-operator';
export const MANAGED_SELECTOR = `app.kubernetes.io/managed-by=${MANAGED_BY}`;

/** Holds a Daywatch until what it leaves behind is cared for. */
export const FINALIZER = 'daywatch.dev/removal';

/** A fingerprint of all that the operator wants of an object. Another one means that something else is wanted now. */
export const APPLIED = 'daywatch.dev/applied';
/** A fingerprint of the pods that a Deployment was last told to have: another one means that its pods are replaced. */
export const TEMPLATE = 'daywatch.dev/template';
/** Those pods, as JSON: what they were told cannot be described again once the specification is another one. */
export const TOLD = 'daywatch.dev/told';
/** The version that a migration Job migrates to. */
export const MIGRATES_TO = 'daywatch.dev/migrates-to';
/** The database that it migrates. */
export const MIGRATES = 'daywatch.dev/migrates';

export const COMPONENT = 'app.kubernetes.io/component';
export const INSTANCE = 'app.kubernetes.io/instance';
export const VERSION_LABEL = 'app.kubernetes.io/version';
