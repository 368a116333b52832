import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** The Prometheus that is chosen at the top of the dashboard: by default the one that is provisioned. */
export const DATA_SOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };
