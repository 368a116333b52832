import { describe, expect, it } from 'vitest';

import { ErrAuthConfig } from '../errors.ts';
import { checkAuthConfig, type AuthSettings } from './auth-config.ts';

const OPEN: AuthSettings = {
  mode: 'token',
  host: '0.0.0.0',
  gateways: [],
  isMonitorReadApi: false,
  allowNoneOnNetwork: false,
};

describe('checkAuthConfig', () => {
  it('should take tokens on any address', () => {
    expect(checkAuthConfig(OPEN)).toEqual({ mode: 'token' });
  });

  it.each(['127.0.0.1', '::1', '[::1]', 'localhost', 'LocalHost'])(
    'should believe the header on %s',
    (host) => {
      const policy = checkAuthConfig({ ...OPEN, mode: 'trusted-header', host });

      expect(policy).toEqual({ mode: 'trusted-header', peers: 'loopback' });
    },
  );

  it.each(['0.0.0.0', '::', '', '10.0.0.1', 'daywatch.example'])(
    'should refuse the header on %j without gateways',
    (host) => {
      expect(() => checkAuthConfig({ ...OPEN, mode: 'trusted-header', host })).toThrow(
        `auth.mode: 'trusted-header' believes whoever reaches '${host}' (http.host); listen on a loopback address, or list`,
      );
    },
  );

  it('should believe listed gateways on any address, and nobody else', () => {
    const policy = checkAuthConfig({
      ...OPEN,
      mode: 'trusted-header',
      host: '127.0.0.1',
      gateways: ['10.0.0.0/8'],
    });

    expect(policy).toMatchObject({ mode: 'trusted-header', peers: [{ prefixLength: 104 }] });
  });

  it('should name each gateway that is no address', () => {
    const settings: AuthSettings = {
      ...OPEN,
      mode: 'trusted-header',
      gateways: ['10.0.0.1', 'gw', '1.2.3.4/40'],
    };

    expect(() => checkAuthConfig(settings)).toThrow(
      /^auth\.gateways\[1\]: 'gw' is no address.*auth\.gateways\[2\]: '1\.2\.3\.4\/40'/,
    );
  });

  it('should take no credentials for the monitor on loopback alone', () => {
    const settings: AuthSettings = { ...OPEN, mode: 'none', host: '127.0.0.1', isMonitorReadApi: true };

    expect(checkAuthConfig(settings)).toEqual({ mode: 'none' });
    expect(() => checkAuthConfig({ ...settings, isMonitorReadApi: false })).toThrow(
      "monitor's read API alone",
    );
    expect(() => checkAuthConfig({ ...settings, host: '0.0.0.0' })).toThrow(
      'auth.allow_none_on_network: true',
    );
    expect(checkAuthConfig({ ...settings, host: '0.0.0.0', allowNoneOnNetwork: true })).toEqual({
      mode: 'none',
    });
  });

  it('should never take no credentials for the calendar, whatever else is said', () => {
    const settings: AuthSettings = { ...OPEN, mode: 'none', host: '127.0.0.1', allowNoneOnNetwork: true };

    expect(() => checkAuthConfig(settings)).toThrow(ErrAuthConfig);
  });

  it('should name an unknown mode', () => {
    const settings = { ...OPEN, mode: 'basic' } as unknown as AuthSettings;

    expect(() => checkAuthConfig(settings)).toThrow(
      "auth.mode: 'basic' is no mode; allowed are token, trusted-header, none",
    );
  });
});
