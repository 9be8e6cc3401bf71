// @generated from control.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

export interface paths {
    "/_sandbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the control API can do */
        get: operations["listControls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/control.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this description */
        get: operations["describeControls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read whether the sandbox works, its time, and how much is in it */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget everything
         * @description Also the journal of requests, and the faults added since the start. The clock goes back to real time.
         */
        post: operations["resetSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add demo contacts, without events */
        post: operations["seedContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Take everything that is in the sandbox, at one moment, to restore later */
        get: operations["takeSnapshot"];
        /** Replace everything with a snapshot */
        put: operations["restoreSnapshot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/play": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do what a scenario says, one step after the other
         * @description It is checked as a whole before anything is done.
         */
        post: operations["playScenario"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts as events show them, oldest first
         * @description Also deleted ones, and those that were seeded.
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened to contacts, oldest first */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow events as Server-Sent Events, as they happen
         * @description First those that have happened already. Each has its sequence number as `id` and its type as `event`.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs of automations, oldest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List messages that were sent, oldest first */
        get: operations["listOutbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/outbox/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the recipient open a message */
        post: operations["openMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/outbox/{id}/click": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the recipient click in a message, which opens it too */
        post: operations["clickMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List requests to the documented API, and their answers
         * @description In the order in which they were answered. The newest ones are kept, by the process that answered them. What the spec marks as personal is `[redacted]`, and so is what it does not know, unless the sandbox was started with `personalData`; keys always are. Where the one that `after` names is no longer kept, all are listed.
         */
        get: operations["listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/requests.har": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export requests as an HTTP Archive (HAR 1.2)
         * @description What listing them gives, for the developer tools of browsers.
         */
        get: operations["exportRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the sandbox's time */
        get: operations["readClock"];
        put?: never;
        /** Move time forward, and deliver what falls due */
        post: operations["advanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the fault rules in force, and how often each was seen and hit */
        get: operations["listFaults"];
        put?: never;
        /** Add a fault rule */
        post: operations["addFault"];
        /** Remove all fault rules */
        delete: operations["removeFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_sandbox/faults/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove one fault rule */
        delete: operations["removeFault"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A text that is not empty, without control characters and without a space at its beginning. */
        Address: string;
        /** @description Whether a sandbox works, and how much is in it. */
        Health: {
            /** @constant */
            status: "ok";
            /**
             * Format: date-time
             * @description The sandbox's time.
             */
            time: string;
            /** @description How many there are, also deleted ones. */
            contacts: number;
            /** @description How many are kept. */
            events: number;
        };
        /** @description Which demo contacts to add. */
        Seed: {
            /** @description How many. Default, 100. */
            contacts?: number;
            /** @description The same seed gives the same contacts. Default, the sandbox's own, or 1. */
            seed?: number;
            /** @description Whose they are. Default, the company of the sandbox's first key. */
            company?: number;
        };
        /** @description Everything a sandbox remembers, as plain data. */
        Snapshot: {
            /**
             * @description The format; a sandbox refuses one it does not know.
             * @constant
             */
            version: 1;
            /** @description Every table's rows. */
            tables: {
                [key: string]: unknown;
            };
        };
        /** @description What is done to a sandbox for a test, in steps. */
        Scenario: {
            /** @description What people call it. */
            name?: string;
            steps: components["schemas"]["ScenarioStep"][];
        };
        /** @description One step of a scenario. Its parts are done in the order in which they stand here. */
        ScenarioStep: {
            /** @description What to call the step by when only this one is to be done. No two of a scenario have the same. */
            name?: string;
            /** @description Whether everything is forgotten first, and the clock put back. */
            reset?: boolean;
            /** @description Everything a sandbox remembers, as plain data. */
            snapshot?: components["schemas"]["Snapshot"];
            /** @description How many milliseconds later it is, up to a hundred years; what falls due is delivered. */
            advance?: number;
            /** @description Which demo contacts to add. */
            seed?: components["schemas"]["Seed"];
            /** @description The fault rules from now on, in the place of all there were; none where the list is empty. */
            faults?: components["schemas"]["FaultRule"][];
        };
        /**
         * @description What can happen to a contact.
         * @enum {string}
         */
        EventType: "contact.created" | "contact.updated" | "contact.restored" | "contact.deleted" | "contact.consent_changed";
        /** @description Something that happened to a contact, stored together with the change itself. */
        SandboxEvent: {
            /** @description Unique, begins with `evt_`. */
            id: string;
            /** @description Later events have a higher number. */
            sequence: number;
            /** @description What can happen to a contact. */
            type: components["schemas"]["EventType"];
            company: number;
            /**
             * Format: date-time
             * @description In the sandbox's time.
             */
            at: string;
            /** @description The contact after the change, with its consent. */
            contact: components["schemas"]["EventContact"];
            /** @description The fields that changed, in order of their names. */
            changes: components["schemas"]["ContactChange"][];
        };
        /**
         * @description `pending` until the webhook has answered with a 2xx; `failed` when the last attempt has failed.
         * @enum {string}
         */
        RunStatus: "pending" | "delivered" | "failed";
        /** @description An automation that an event set off, and what became of telling its webhook. */
        Run: {
            /** @description Unique; sent as `webhook-id`, the same at every attempt. */
            id: string;
            /** @description The automation's name. */
            automation: string;
            /** @description The id of the event that set it off. */
            event: string;
            company: number;
            /** @description The URL. */
            webhook: string;
            /** @description `pending` until the webhook has answered with a 2xx; `failed` when the last attempt has failed. */
            status: components["schemas"]["RunStatus"];
            /** @description How often the webhook was tried. */
            attempts: number;
            /**
             * Format: date-time
             * @description When it is tried next; null when it is not.
             */
            nextAt: string | null;
            /** @description What went wrong at the last attempt; null when nothing did. */
            lastError: string | null;
        };
        /**
         * @description `email` for `sendEmail`, `email-template` for `sendEmailTemplate`, `whatsapp` for `sendWhatsAppTemplate`.
         * @enum {string}
         */
        Channel: "email" | "email-template" | "whatsapp";
        /** @description A message that was sent, as a test reads it back. */
        OutboxMessage: {
            id: string;
            /** @description `email` for `sendEmail`, `email-template` for `sendEmailTemplate`, `whatsapp` for `sendWhatsAppTemplate`. */
            channel: components["schemas"]["Channel"];
            company: number;
            /** @description The e-mail address or phone it went to. */
            to: string;
            /** @description The template's `tmpl_` id or name; null for a single e-mail. */
            template: string | null;
            /** @description null for WhatsApp. */
            subject: string | null;
            /** @description With placeholders filled; null for WhatsApp. */
            html: string | null;
            /** @description With placeholders filled; null where there is none. */
            text: string | null;
            /** @enum {string} */
            status: "sent" | "failed" | (string & {});
            failureReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description null when it was not sent.
             */
            sentAt: string | null;
            /**
             * Format: date-time
             * @description null until it was opened.
             */
            firstOpenAt: string | null;
            clickCount: number;
            /**
             * Format: date-time
             * @description null until it was clicked.
             */
            firstClickAt: string | null;
        };
        /** @description A request that was answered, and what came of it. */
        JournalEntry: components["schemas"]["JournalOutcome"] & {
            /**
             * Format: date-time
             * @description When it came, in the sandbox's time.
             */
            at: string;
            /** @description How long the answer took, in milliseconds. */
            duration: number;
            /** @description What was sent. */
            request: components["schemas"]["JournalRequest"];
            /** @description What was answered, before a fault of the connection. */
            response: components["schemas"]["JournalResponse"];
        };
        /** @description What came of a request. */
        JournalOutcome: {
            /** @description As the answer's header `x-request-id` has it. */
            id: string;
            /** @description The operation that it was for; null where none answers there. */
            operation: string | null;
            /** @description Which check refused it, and why; null where none did. */
            refusal: components["schemas"]["RefusalReason"] | null;
            /** @description What went wrong on purpose; null where nothing did. */
            fault: components["schemas"]["Fault"] | null;
            /** @description The ids of the events that it stored. */
            events: string[];
            /** @description The runs of automations that it set off, as they stand now; without those that are no longer kept. */
            runs: {
                id: string;
                /** @description `pending` until the webhook has answered with a 2xx; `failed` when the last attempt has failed. */
                status: components["schemas"]["RunStatus"];
            }[];
        };
        /** @description What was sent. */
        JournalRequest: {
            method: string;
            /** @description Percent-encoded, without the query. */
            path: string;
            /** @description Without the `?`; empty where there is none. */
            query: string;
            /** @description By lower-case name. */
            headers: components["schemas"]["JournalHeaders"];
            /** @description The body's text, without its `content-encoding`; null where there is none. */
            body: components["schemas"]["JournalBody"];
            /** @description How long the body is, in bytes as it was sent; null where it was too large to be read. */
            bodySize: components["schemas"]["JournalBodySize"];
            /** @description Whether the body is longer than the 16 KiB that are kept of one. */
            bodyCut: components["schemas"]["JournalBodyCut"];
        };
        /** @description What was answered, before a fault of the connection. */
        JournalResponse: {
            status: number;
            /** @description By lower-case name. */
            headers: components["schemas"]["JournalHeaders"];
            /** @description The body's text, without its `content-encoding`; null where there is none. */
            body: components["schemas"]["JournalBody"];
            /** @description How long the body is, in bytes as it was sent; null where it was too large to be read. */
            bodySize: components["schemas"]["JournalBodySize"];
            /** @description Whether the body is longer than the 16 KiB that are kept of one. */
            bodyCut: components["schemas"]["JournalBodyCut"];
        };
        /** @description By lower-case name. */
        JournalHeaders: {
            [key: string]: string;
        };
        /** @description The body's text, without its `content-encoding`; null where there is none. */
        JournalBody: string | null;
        /** @description How long the body is, in bytes as it was sent; null where it was too large to be read. */
        JournalBodySize: number | null;
        /** @description Whether the body is longer than the 16 KiB that are kept of one. */
        JournalBodyCut: boolean;
        /** @description Why a request was refused. */
        RefusalReason: {
            /** @description The check that refused it. `fault`, the header `sandbox-fault`; `unknown-name`, a name that the spec does not know; `operation`, what is stored, or a rule of this operation alone. With `database` and `sandbox` the request is not to blame. */
            rule: components["schemas"]["RefusalRule"];
            /** @description The code of the error, also where the form of the answer has no place for it. */
            code: string;
            message: string;
        };
        /**
         * @description The check that refused it. `fault`, the header `sandbox-fault`; `unknown-name`, a name that the spec does not know; `operation`, what is stored, or a rule of this operation alone. With `database` and `sandbox` the request is not to blame.
         * @enum {string}
         */
        RefusalRule: "route" | "fault" | "authentication" | "rate-limit" | "permission" | "parameters" | "body" | "unknown-name" | "operation" | "database" | "sandbox" | (string & {});
        /** @description An HTTP Archive, version 1.2. What begins with an underscore is the sandbox's own. */
        Har: {
            log: {
                /** @constant */
                version: "1.2";
                creator: {
                    name: string;
                    version: string;
                };
                entries: components["schemas"]["HarEntry"][];
            };
        };
        /** @description A request and its answer. */
        HarEntry: {
            /**
             * Format: date-time
             * @description In the sandbox's time.
             */
            startedDateTime: string;
            /** @description In milliseconds. */
            time: number;
            /** @description What was sent. */
            request: components["schemas"]["HarRequest"];
            /** @description What was answered. */
            response: components["schemas"]["HarResponse"];
            /** @description Always empty. */
            cache: {
                [key: string]: unknown;
            };
            /** @description In milliseconds. All of it is waiting, since the sandbox does not know more. */
            timings: {
                send: number;
                wait: number;
                receive: number;
            };
            /** @description What came of a request. */
            _journal: components["schemas"]["JournalOutcome"];
        };
        /** @description What was sent. */
        HarRequest: {
            method: string;
            /** @description With the host that the request named; `sandbox` where it named none. */
            url: string;
            httpVersion: string;
            /** @description Names and values. */
            cookies: components["schemas"]["HarPairs"];
            /** @description Names and values. */
            headers: components["schemas"]["HarPairs"];
            /** @description Names and values. */
            queryString: components["schemas"]["HarPairs"];
            /** @description Its body; left out where there is none. */
            postData?: {
                mimeType: string;
                text: string;
                /** @description Says so where the body is cut. */
                comment?: string;
            };
            /** @description In bytes; -1 where nobody knows. */
            headersSize: components["schemas"]["HarSize"];
            /** @description In bytes; -1 where nobody knows. */
            bodySize: components["schemas"]["HarSize"];
        };
        /** @description What was answered. */
        HarResponse: {
            status: number;
            statusText: string;
            httpVersion: string;
            /** @description Names and values. */
            cookies: components["schemas"]["HarPairs"];
            /** @description Names and values. */
            headers: components["schemas"]["HarPairs"];
            content: {
                size: number;
                mimeType: string;
                text?: string;
                /** @description Says so where the body is cut. */
                comment?: string;
            };
            redirectURL: string;
            /** @description In bytes; -1 where nobody knows. */
            headersSize: components["schemas"]["HarSize"];
            /** @description In bytes; -1 where nobody knows. */
            bodySize: components["schemas"]["HarSize"];
        };
        /** @description Names and values. */
        HarPairs: {
            name: string;
            value: string;
        }[];
        /** @description In bytes; -1 where nobody knows. */
        HarSize: number;
        /** @description The sandbox's time. */
        Time: {
            /** Format: date-time */
            now: string;
            /** @description Since 1970. */
            milliseconds: number;
        };
        /** @description How far to move time forward. */
        Advance: {
            /** @description In milliseconds; not beyond the last date there is. */
            advance: number;
        };
        /** @description How an answer goes wrong. Parts can be combined; latency comes first. */
        Fault: {
            /** @description Answers with this status and the spec's own example of it; the operation does not run. */
            status?: number;
            /** @description Which named example of the spec to answer with. Default, the first. */
            example?: string;
            /** @description The `Retry-After` header, in seconds or as a date. */
            retryAfter?: number | string;
            /** @description Milliseconds to wait before anything else. */
            latency?: number;
            /**
             * @description What befalls the connection, `reset` before any of the answer, `reset-body` half-way through the body, `stall` after the headers.
             * @enum {string}
             */
            connection?: "reset" | "reset-body" | "stall";
            /**
             * @description What befalls the text of the body, under an intact connection.
             * @enum {string}
             */
            body?: "truncated" | "invalid-json";
            /** @description A content type other than the one documented. */
            contentType?: string;
            /** @description Whether the operation runs before its answer goes wrong. Default, unless `status` or `reset` is asked for. */
            run?: boolean;
        };
        /** @description A fault, and which calls it befalls. Without conditions it befalls every call. */
        FaultRule: {
            /** @description How an answer goes wrong. Parts can be combined; latency comes first. */
            fault: components["schemas"]["Fault"];
            /** @description Only calls of this operation; its status must then be one that the spec documents for it, 429 or 5xx. */
            operation?: string;
            /** @description Only the nth call that the rule's operation sees, from 1; a list names several. */
            nth?: number | number[];
            /** @description Only so many calls of the rule's operation, chosen by a generator seeded with `seed`. */
            probability?: number;
            /** @description The same seed chooses the same calls. Default, 1. */
            seed?: number;
        };
        /** @description A rule that is in force. */
        ActiveFaultRule: components["schemas"]["FaultRule"] & {
            id: number;
            /** @description How many calls of its operation the rule has seen. */
            seen: number;
            /** @description How many of them it has befallen. */
            hit: number;
        };
        /** @description Why a request was refused. */
        ControlError: {
            error: {
                code: string;
                message: string;
                /** @description Further information, where there is some. */
                details?: unknown;
            };
        };
        /** @description A contact of your company. */
        Contact: {
            /** @description The id to use with updateContactById and deleteContact. */
            id: number;
            /** @description The email, if the contact has one. */
            email: string | null;
            /** @description The phone in E.164 form, if the contact has one. */
            phone: string | null;
            /** @description The state of the contact, such as `active`. */
            status: string;
            /** @description Where the contact came from, such as `API`. */
            source: string;
            /** @description The custom fields of the contact. Requests spell this `customFields`. */
            custom_fields: {
                [key: string]: unknown;
            };
            /** @description The id of the company the contact belongs to. */
            company: number;
            /** @description Whether the contact is marked as deleted. */
            deleted: boolean;
            /** @description The id of the contact in another system, if it has one. */
            external_id: string | null;
            /** @description The id of the connection to that other system, if there is one. */
            external_connection_id: number | null;
        };
        /** @description Whether the contact agrees to marketing, per channel. Requests spell this `marketingConsent`. */
        ContactConsent: {
            /** @description true for opted in, false for opted out, null if never asked. */
            email: boolean | null;
            /** @description true for opted in, false for opted out, null if never asked. */
            whatsapp: boolean | null;
        };
        /** @description The contact after the change, with its consent. */
        EventContact: components["schemas"]["Contact"] & {
            /** @description Whether the contact agrees to marketing, per channel. Requests spell this `marketingConsent`. */
            marketing_consent: components["schemas"]["ContactConsent"];
        };
        /** @description One field that a write has changed. */
        ContactChange: {
            /** @description Where it is, with dots and as requests spell it, such as `customFields.plan`. */
            field: string;
            /** @description The value it had; null where it had none. */
            before: unknown;
            /** @description The value it has now; null where it has none. */
            after: unknown;
        };
    };
    responses: {
        /** @description The body is not JSON in UTF-8. */
        Unreadable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ControlError"];
            };
        };
        /** @description A value is not valid; the message names it. */
        NotValid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ControlError"];
            };
        };
        /** @description There is none with this id. */
        NotThere: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ControlError"];
            };
        };
    };
    parameters: {
        /** @description Only those of this company. */
        Company: number;
        /** @description At most so many, the oldest first. Default, 1000. */
        Limit: number;
        /** @description Only those with a higher sequence number; where the next ones are no longer kept, from the oldest on. */
        AfterSequence: number;
        /** @description Only those after the one with this id; where that is no longer kept, from the oldest on. */
        AfterId: components["schemas"]["Address"];
        /** @description Only those of this type. */
        Type: components["schemas"]["EventType"];
        /** @description The message's id. */
        MessageId: components["schemas"]["Address"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listControls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operations of the control API. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @description Its operationId. */
                            operation: string;
                            method: string;
                            path: string;
                        }[];
                    };
                };
            };
        };
    };
    describeControls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The control API as OpenAPI. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The database cannot be used; the message says why. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlError"];
                };
            };
        };
    };
    resetSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is empty. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    seedContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Seed"];
            };
        };
        responses: {
            /** @description They are there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many were added. */
                        contacts: number;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            422: components["responses"]["NotValid"];
        };
    };
    takeSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snapshot"];
            };
        };
        responses: {
            /** @description It holds what the snapshot holds. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            /** @description The body is longer than a sandbox reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlError"];
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    playScenario: {
        parameters: {
            query?: {
                /** @description The name of the only step to do. Default, all. */
                step?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Scenario"];
            };
        };
        responses: {
            /** @description It is done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            422: components["responses"]["NotValid"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Only those of this company. */
                company?: components["parameters"]["Company"];
                /** @description Only the one with this email, without regard to case. */
                email?: components["schemas"]["Address"];
                /** @description Only the one with this phone. */
                phone?: components["schemas"]["Address"];
                /** @description Only the one with this id. */
                id?: number;
                /** @description Only deleted ones, or only those that are not. Default, both. */
                deleted?: boolean;
                /** @description Only those with a higher id. */
                after?: number;
                /** @description At most so many, the oldest first. Default, 1000. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contacts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["EventContact"][];
                    };
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only those with a higher sequence number; where the next ones are no longer kept, from the oldest on. */
                after?: components["parameters"]["AfterSequence"];
                /** @description Only those of this type. */
                type?: components["parameters"]["Type"];
                /** @description Only those of this company. */
                company?: components["parameters"]["Company"];
                /** @description At most so many, the oldest first. Default, 1000. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SandboxEvent"][];
                    };
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    followEvents: {
        parameters: {
            query?: {
                /** @description Only those with a higher sequence number; where the next ones are no longer kept, from the oldest on. */
                after?: components["parameters"]["AfterSequence"];
                /** @description Only those of this type. */
                type?: components["parameters"]["Type"];
                /** @description Only those of this company. */
                company?: components["parameters"]["Company"];
            };
            header?: {
                /** @description The same as `after`, and stronger. A browser that connects again sends it. */
                "last-event-id"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until the caller leaves or the sandbox closes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description Only those that stand so. */
                status?: components["schemas"]["RunStatus"];
                /** @description Only those of this company. */
                company?: components["parameters"]["Company"];
                /** @description Only those after the one with this id; where that is no longer kept, from the oldest on. */
                after?: components["parameters"]["AfterId"];
                /** @description At most so many, the oldest first. Default, 1000. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Run"][];
                    };
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    listOutbox: {
        parameters: {
            query?: {
                /** @description Only those sent this way. */
                channel?: components["schemas"]["Channel"];
                /** @description Only those to this e-mail address or phone. */
                to?: components["schemas"]["Address"];
                /** @description Only those of this company. */
                company?: components["parameters"]["Company"];
                /** @description Only those after the one with this id; where that is no longer kept, from the oldest on. */
                after?: components["parameters"]["AfterId"];
                /** @description At most so many, the oldest first. Default, 1000. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OutboxMessage"][];
                    };
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    openMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message's id. */
                id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is open. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotThere"];
        };
    };
    clickMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message's id. */
                id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The click is counted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotThere"];
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description Only those after the one with this id; where that is no longer kept, from the oldest on. */
                after?: components["parameters"]["AfterId"];
                /** @description Only those for this operation of the documented API. */
                operation?: string;
                /** @description Only those answered with this status. */
                status?: number;
                /** @description Only those with this method, in upper case. */
                method?: string;
                /** @description At most so many, the oldest first. Default, 1000. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["JournalEntry"][];
                    };
                };
            };
            /** @description The sandbox was told to keep no journal. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlError"];
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    exportRequests: {
        parameters: {
            query?: {
                /** @description Only those after the one with this id; where that is no longer kept, from the oldest on. */
                after?: components["parameters"]["AfterId"];
                /** @description Only those for this operation of the documented API. */
                operation?: string;
                /** @description Only those answered with this status. */
                status?: number;
                /** @description Only those with this method, in upper case. */
                method?: string;
                /** @description At most so many, the oldest first. Default, 1000. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests, by when they came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Har"];
                };
            };
            /** @description The sandbox was told to keep no journal. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlError"];
                };
            };
            422: components["responses"]["NotValid"];
        };
    };
    readClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Time"];
                };
            };
        };
    };
    advanceClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Advance"];
            };
        };
        responses: {
            /** @description Its time now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Time"];
                };
            };
            400: components["responses"]["Unreadable"];
            422: components["responses"]["NotValid"];
        };
    };
    listFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ActiveFaultRule"][];
                    };
                };
            };
        };
    };
    addFault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultRule"];
            };
        };
        responses: {
            /** @description It is in force. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveFaultRule"];
                };
            };
            400: components["responses"]["Unreadable"];
            422: components["responses"]["NotValid"];
        };
    };
    removeFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None is in force. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeFault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule's id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is no longer in force. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotThere"];
        };
    };
}
