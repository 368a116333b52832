export { embeddedAddresses } from './embedded-addresses.ts';
export { formatIpAddress, parseIpAddress, type IpAddress } from './ip-address.ts';
export {
  contains,
  formatIpNetwork,
  isInNetworks,
  isLoopbackAddress,
  parseIpNetwork,
  type IpNetwork,
} from './ip-network.ts';
