export {
  createWebhookChannel,
  type WebhookChannelOptions,
  type WebhookDestination,
} from './create-webhook-channel.ts';
export { createWebhookSecret, parseWebhookSecret, signWebhook, type WebhookSecret } from './signature.ts';
