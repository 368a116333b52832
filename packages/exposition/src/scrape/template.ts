import type { ExpositionFormat } from '../exposition.ts';
import type { Layout } from './layout.ts';
import type { SeriesTable } from './series-table.ts';

/**
 * A text that was read, cut into records: everything up to a value (comments, blank lines, the series), then
 * the value with its line end.
 *
 *     # HELP a …\n# TYPE a gauge\na{x="1"} 5\na{x="2"} 7\n…# EOF\n
 *     |------------- head 0 -------------||--||- head 1 -||--|    |tail|
 *
 * The two kinds of parts cover the text without a gap, so comparing heads compares all that is not a value.
 */
export interface Template {
  readonly format: ExpositionFormat;
  readonly text: DataView;
  /** Bytes of each record's head and of its value. */
  readonly headLengths: Int32Array;
  readonly valueLengths: Int32Array;
  /** The column of each record, or -1 for a duplicate, which has none. */
  readonly columns: Int32Array;
  /** Bytes after the last record. */
  readonly tailLength: number;
  readonly layout: Layout;
  readonly values: Float64Array;
  readonly timestampsMs: Float64Array | undefined;
  readonly duplicates: number;
  /** The series by their texts, so that a line which moved needs no parsing of labels. */
  readonly table: SeriesTable;
}
