// The one call that everything is measured on: a PUT with a JSON body and a JSON answer.

/** A key of the right shape. */
export const apiKey = 'mn-1234-bench'

/** What the key becomes. */
export const authorization: string = `Bearer ${apiKey}`

/** What is sent. */
export const body = {
  email: 'anna@example.com',
  phone: '+390212345678',
  marketingConsent: { email: true, sms: false },
  customFields: { PLAN: 'pro', CITY: 'Milano' },
}

/** What comes back, as it travels. */
export const answer: string = JSON.stringify({ id: 42 })
