import type { FieldMask } from '@bufbuild/protobuf/wkt';
import type { Settings } from '@daywatch/protocol/calendar';
import type { SettingsInput } from '../../reminder/user-settings.ts';
import { parseMask, type MaskRule } from './field-mask.ts';

const FIELDS = ['webhook_url', 'webhook_secret'] as const;

const RULE: MaskRule<(typeof FIELDS)[number]> = { fields: FIELDS, readOnly: {} };

/**
 * The patch that an update of settings means; a field that is named and empty is cleared.
 * @throws ErrInvalidRequest for a mask that names what is no field.
 */
export function toSettingsPatch(settings: Settings, updateMask: FieldMask | undefined): SettingsInput {
  const mask = parseMask(updateMask, RULE);
  const given: SettingsInput = {
    webhook_url: settings.webhookUrl || undefined,
    webhook_secret: settings.webhookSecret || undefined,
  };
  if (mask.kind === 'set-fields') return given;
  const fields = mask.kind === 'named' ? mask.fields : FIELDS;
  return Object.fromEntries(fields.map((field) => [field, given[field] ?? null]));
}
