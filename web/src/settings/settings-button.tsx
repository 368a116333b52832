import { Suspense, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Icon } from '../ui/icon.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

const SettingsDialog = lazyPart(async () => (await import('./settings-dialog.tsx')).SettingsDialog);

/** Opens the settings, where they are not opened by a key too. */
export function SettingsButton() {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={text.settings}
        onClick={() => setIsOpen(true)}
      >
        <Icon name="settings" />
      </button>
      <Suspense>{isOpen && <SettingsDialog onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}
