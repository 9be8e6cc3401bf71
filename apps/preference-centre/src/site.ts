import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { languageDetector } from 'hono/language'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import { validator } from 'hono/validator'
import type { Logger } from 'pino'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import type { Config } from './config.ts'
import { createLinks, type Link } from './links.ts'
import { languages, preferencesPage, problemPage, unsubscribePage, versionOf } from './pages.ts'
import { type Channel, type ChoiceRecord, channels } from './record.ts'

type Site = { Variables: { link: Link; language: keyof typeof languages } }
const [text, answer] = [z.string(), z.enum(['yes', 'no', '']).default('')]
const form = z.object({ version: text, wording: text, stop: text.optional(), email: answer, whatsapp: answer })
const oneClick = z.object({ 'List-Unsubscribe': z.literal('One-Click'), wording: text.nullable().default(null) })
const parse = <Form>(schema: z.ZodType<Form>) => validator('form', (value) => schema.parse(value))

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8')
const supported = { supportedLanguages: Object.keys(languages), fallbackLanguage: 'en' }
const [none, self] = [["'none'"], ["'self'"]]
const headers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: none, styleSrc: self, formAction: self, frameAncestors: none, baseUri: none },
  xFrameOptions: 'DENY',
  referrerPolicy: 'strict-origin', // With no-referrer, browsers would not tell the origin of our own form either.
})
const textsOf = (c: Context<Site>) => languages[c.get('language')]

/** What holds for all that is asked, and the style. */
function createApp(log: Logger): Hono<Site> {
  const app = new Hono<Site>().use(async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    await next()
    log.info({ method: c.req.method, route: routePath(c, -1), status: c.res.status }, 'request')
  })
  app.use(headers, languageDetector({ ...supported, order: ['header'], caches: false }), bodyLimit({ maxSize: 16_384 }))
  app.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css', 'Cache-Control': 'max-age=3600' }))
  app.notFound((c) => c.html(problemPage(textsOf(c), 404), 404))
  return app.onError((error, c) => {
    const status = error instanceof z.ZodError ? 400 : error instanceof HTTPException ? error.status : 500
    if (status === 500) log.error({ error: String(error) }, 'failed')
    return c.html(problemPage(textsOf(c), status), status)
  })
}

/** Lets good links pass, 60 times a minute by contact, not by address: mail providers unsubscribe many from few. */
function openLinks(config: Config): MiddlewareHandler<Site, '/:page/:token'> {
  const [links, limiter] = [createLinks(config), new RateLimiterMemory({ points: 60, duration: 60 })]
  return async (c, next) => {
    const link = await links.open(c.req.param('page'), c.req.param('token'))
    if (!link) throw new HTTPException(404)
    const used = await limiter.consume(link.sub).catch((refused: RateLimiterRes) => refused)
    const seconds = Math.ceil(used.msBeforeNext / 1000)
    c.header('RateLimit-Policy', '"link";q=60;w=60')
    c.header('RateLimit', `"link";r=${used.remainingPoints};t=${seconds}`)
    if (used.consumedPoints > 60) c.header('Retry-After', String(seconds))
    if (used.consumedPoints > 60) throw new HTTPException(429)
    c.set('link', link)
    await next()
  }
}

/** Makes the site: a page to choose on and a page to unsubscribe on, each behind links of its own. */
export function createSite(config: Config, record: ChoiceRecord, log: Logger): Hono<Site> {
  for (const texts of Object.values(languages)) record.keepWording({ id: texts.wording, texts: JSON.stringify(texts) })
  const latestOf = (c: Context<Site>) => record.latest({ contact: c.get('link').sub })
  const save = async (c: Context<Site>, act: { via: string; wording: string | null; choices: object }) => {
    const { jti, sub } = c.get('link')
    record.add({ ...act, contact: sub, link: jti, choices: JSON.stringify(act.choices) })
    // A moment for Minimo, so that the next page can say that it knows.
    for (let wait = 0; wait < 20 && latestOf(c).some(({ state }) => state === 'waiting'); wait++) await sleep(100)
  }
  const app = createApp(log).use('/:page/:token', openLinks(config))
  app.get('/preferences/:token', (c) => {
    const latest = latestOf(c)
    const pending = latest.find(({ state }) => state !== 'delivered')?.state
    const saved = c.req.query('saved') === versionOf(latest) ? (latest[0]?.state ?? 'unchanged') : undefined
    return c.html(preferencesPage(textsOf(c), latest, pending ?? saved))
  })
  app.post('/preferences/:token', csrf({ origin: config.PUBLIC_URL }), parse(form), async (c) => {
    const { version, wording, stop, ...posted } = c.req.valid('form')
    const latest = latestOf(c)
    const wanted = (channel: Channel) => (stop ? 'no' : posted[channel])
    const isSo = (channel: Channel) => latest.some((now) => now.channel === channel && now.answer === wanted(channel))
    const changed = channels.filter((channel) => wanted(channel) && !isSo(channel))
    const isCurrent = version === versionOf(latest)
    if (changed.length > 0 && !isCurrent) return c.html(preferencesPage(textsOf(c), latest, 'stale'), 409)
    // A stop is told even where it seems to be so: somebody may have granted it elsewhere.
    const told = stop && isCurrent ? channels : changed
    const choices = Object.fromEntries(told.map((channel) => [channel, wanted(channel)]))
    if (told.length > 0) await save(c, { via: 'form', wording, choices })
    return c.redirect(`?saved=${versionOf(latestOf(c))}`, 303)
  })
  app.get('/unsubscribe/:token', (c) => c.html(unsubscribePage(textsOf(c), c.get('link').channel)))
  app.post('/unsubscribe/:token', parse(oneClick), async (c) => {
    const { channel } = c.get('link')
    await save(c, { via: 'one-click', wording: c.req.valid('form').wording, choices: { [channel]: 'no' } })
    return c.html(unsubscribePage(textsOf(c), channel, latestOf(c)))
  })
  return app
}
