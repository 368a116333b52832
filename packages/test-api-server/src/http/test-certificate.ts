/**
 * A key that everybody can read, and its certificate for 127.0.0.1: kubectl sends a token over TLS alone, and
 * here it guards nothing. Made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500`.
 */
export const TEST_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmEF4HiI38fV25NaG
RS261jRcahILc3IAeWU2JClflKihRANCAARtRk8sPCfoSTVs0AOpsyZ7/HA+vIYz
EvoESlz6t2w/rhOdHgeB90s5n7Q5RWKyYRTB1YEth0xzlBD1rskA95zz
-----END PRIVATE KEY-----`;

export const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBuTCCAV+gAwIBAgIULol5hDPEdF1iJS4pHQMCi46QIO8wCgYIKoZIzj0EAwIw
IzEhMB8GA1UEAwwYZGF5d2F0Y2ggdGVzdC1hcGktc2VydmVyMCAXDTI2MTEyNzA2
MzMxNloYDzIxMjYxMTAzMDYzMzE2WjAjMSEwHwYDVQQDDBhkYXl3YXRjaCB0ZXN0
LWFwaS1zZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARtRk8sPCfoSTVs
0AOpsyZ7/HA+vIYzEvoESlz6t2w/rhOdHgeB90s5n7Q5RWKyYRTB1YEth0xzlBD1
rskA95zzo28wbTAdBgNVHQ4EFgQU5ci7s9bvi8TjfoY3PSNiB101pygwHwYDVR0j
BBgwFoAU5ci7s9bvi8TjfoY3PSNiB101pygwDwYDVR0TAQH/BAUwAwEB/zAaBgNV
HREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZIzj0EAwIDSAAwRQIhAP+o0W2R
CxDPk0Ih4F6RbNtur28bC7QcVql8+Zo6syD3AiAApY0Jm8/y4dpL5ddo9cw4Eo2b
HHssqYYxUpoFpOr8mQ==
-----END CERTIFICATE-----`;
