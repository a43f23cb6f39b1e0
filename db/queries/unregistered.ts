/** Whether Code was asked to register the webhook of the intents `intents`, and has not done so. */
export const isUnregistered = (intents: string) =>
  `${intents}.webhook_url IS NOT NULL
    AND COALESCE(${intents}.registration, 'none') NOT IN ('ok', 'already_registered', 'intent_exists')`
