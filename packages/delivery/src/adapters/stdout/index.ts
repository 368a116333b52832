export { createStdoutChannel, type StdoutChannelOptions } from './create-stdout-channel.ts';
