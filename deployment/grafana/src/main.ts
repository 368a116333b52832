/** Writes the dashboards into dashboards/, where Grafana reads them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renderDashboards } from './render-dashboards.ts';

const FOLDER = resolve(import.meta.dirname, '../dashboards');

await mkdir(FOLDER, { recursive: true });
for (const [file, text] of renderDashboards()) await writeFile(join(FOLDER, file), text);
