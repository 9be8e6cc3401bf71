// @generated from openapi/minimo.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

export interface paths {
    "/public/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or update a contact
         * @description Looks for a contact with this email, then for one with this phone, and creates one if neither is found.
         *
         *     - An existing contact keeps whatever you leave out, and custom fields are merged in depth.
         *     - A deleted contact comes back with the new data.
         *     - Automations run.
         *     - To give a contact a new email this way, send a phone that already belongs to it; otherwise a second contact appears.
         *     - If the email belongs to one contact and the phone to another, nothing changes and you get a 409.
         */
        post: operations["upsertContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/contacts/by-email/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a contact by email
         * @description Returns the contact with this email. A deleted contact counts as not found.
         */
        get: operations["getContactByEmail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update a contact by id
         * @description Changes exactly the contact you name, which makes it the reliable way to replace an email.
         *
         *     - What you leave out stays, and custom fields are merged in depth.
         *     - A channel of `marketingConsent` that you leave out keeps its setting.
         *     - Automations run as they do for upsertContact.
         *     - A deleted contact comes back with the new data.
         *     - An unknown id is a 404; nothing is created.
         *     - An email or phone that another contact has, even a deleted one, is a 409 and changes nothing.
         */
        put: operations["updateContactById"];
        post?: never;
        /**
         * Delete a contact
         * @description Marks the contact as deleted.
         *
         *     - Its record is kept, and upsertContact or updateContactById brings it back.
         *     - From then on it counts as not found when it is read or deleted again.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/custom-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the custom fields
         * @description Returns every custom field as one list or, with `groupBy=category`, sorted into groups.
         *
         *     - Fields that have no category are then found in the group `uncategorized`.
         */
        get: operations["listCustomFields"];
        put?: never;
        /**
         * Create a custom field
         * @description Adds a field to the contacts of your company.
         *
         *     - The key is stored in upper case and must be new.
         */
        post: operations["createCustomField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/templates/whatsapp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the WhatsApp templates
         * @description Returns the templates of your company in every state.
         *
         *     - Only those that are `APPROVED` can be sent.
         */
        get: operations["listWhatsAppTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/templates/whatsapp/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a WhatsApp template
         * @description Sends an approved template to one phone.
         *
         *     - The parameters take the places of `{{1}}`, `{{2}}` and so on, in the order you list them.
         *     - Every call sends a message, so do not repeat one whose outcome you do not know.
         */
        post: operations["sendWhatsAppTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a single email
         * @description Sends one email with the content you pass.
         *
         *     - The key needs the permission `TRANSACTIONAL`.
         *     - A 200 does not mean the email left: look at `status`, which is `failed` with a reason when it did not.
         *     - Every call sends anew, so do not repeat one whose outcome you do not know.
         */
        post: operations["sendEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/emails/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a single email
         * @description Tells whether an email passed to sendEmail went out, was opened, and how often it was clicked.
         */
        get: operations["getEmailStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/v1/transactionals/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the totals of a transactional message
         * @description Returns how many messages were sent and which share of them was opened and clicked.
         */
        get: operations["getTransactionalStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the email templates
         * @description Returns the email templates of your company.
         */
        get: operations["listEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/email/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an email template
         * @description Sends a stored template to one email.
         *
         *     - Each custom field you pass fills the placeholder of the same name, `{{name}}`.
         *     - Every call sends anew, so do not repeat one whose outcome you do not know.
         */
        post: operations["sendEmailTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    contactEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Something happened to a contact
         * @description An automation tells your server what happened to a contact. The same event may come more than once and out of order; `webhook-id` is the same at every attempt. Check the signature against the body as it came.
         */
        post: operations["tellContactEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
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
        /** @description The contact to create or update. Send an email, a phone or both. */
        ContactUpsert: WithRequired<components["schemas"]["ContactUpdate"], "email"> | WithRequired<components["schemas"]["ContactUpdate"], "phone">;
        /** @description What to change on the contact. Leave out whatever should stay. */
        ContactUpdate: {
            /**
             * Format: email
             * @description The email to store from now on.
             */
            email?: string;
            /** @description The phone to store from now on, in E.164 form. */
            phone?: string;
            /** @description Custom fields to set. Those you leave out stay. An object is merged into the object stored under the same name; anything else, `null` and lists included, replaces what was stored. A field set to `null` keeps its name and has no value. */
            customFields?: {
                [key: string]: unknown;
            };
            /** @description Whether the contact agrees to marketing, per channel. A channel you leave out keeps its setting. */
            marketingConsent?: components["schemas"]["MarketingConsent"];
        };
        /** @description Whether the contact agrees to marketing, per channel. A channel you leave out keeps its setting. */
        MarketingConsent: {
            /** @description true to opt in to marketing by email, false to opt out. */
            email?: boolean;
            /** @description true to opt in to marketing by WhatsApp, false to opt out. */
            whatsapp?: boolean;
        };
        /** @description The contact that was written. */
        ContactIdResponse: {
            /** @description The id of the contact. */
            id: number;
            /** @description The phone of the contact, if it has one. */
            phone: string | null;
        };
        /** @description A field that contacts can carry. */
        CustomField: {
            /** @description The id of the field. */
            id: number;
            /** @description The name of the field in data, in upper SNAKE_CASE. */
            key: string;
            /** @description The name of the field as people see it. */
            displayName: string;
            /**
             * @description The kind of value the field holds.
             * @enum {string}
             */
            type: "text" | "number" | "boolean" | "date" | "datetime" | "select" | "json" | (string & {});
            /** @description The category of the field, if it has one. */
            category: string | null;
            /** @description Whether the field is shown. */
            visibility: boolean;
            /** @description Where the field came from, such as `Manual` or `System`. */
            source: string;
            /** @description The choices of a field of type `select`, where they are known. */
            options?: string[];
        };
        /** @description The field to create. */
        CustomFieldCreate: {
            /** @description The name of the field in data. It is stored in upper case. */
            key: string;
            /** @description The name of the field as people see it. */
            displayName: string;
            /**
             * @description The kind of value the field holds.
             * @enum {string}
             */
            type: "text" | "number" | "boolean" | "date" | "datetime" | "select" | "json";
            /** @description The category to file the field under. */
            category?: string;
            /** @description The choices of a field of type `select`. */
            options?: string[];
        };
        /** @description The fields of one category. */
        CustomFieldGroup: {
            /** @description The category, or `uncategorized` for fields without one. */
            category: string;
            /** @description The fields of this category. */
            fields: components["schemas"]["CustomField"][];
        };
        /** @description The custom fields, sorted by category. */
        CustomFieldGroups: {
            /** @description One entry per category. */
            groups: components["schemas"]["CustomFieldGroup"][];
            /** @description The number of fields in all groups. */
            total: number;
        };
        /** @description A WhatsApp template of your company. */
        WhatsAppTemplate: {
            /** @description The id of the template. */
            id: string;
            /** @description The name to send the template by. */
            name: string;
            /** @description The language of the template. */
            language: string;
            /**
             * @description The state of the template. Only `APPROVED` ones can be sent.
             * @enum {string}
             */
            status: "APPROVED" | "PENDING" | "REJECTED" | "DISABLED" | (string & {});
            /**
             * @description What the template is meant for.
             * @enum {string}
             */
            category: "UTILITY" | "AUTHENTICATION" | "MARKETING" | (string & {});
            /** @description When the template was created. */
            created_at: string;
            /** @description When the template was last changed. */
            modified_at: string;
            /** @description Why the template was rejected, if it was. */
            rejected_reason: string | null;
            /** @description The quality rating of a WhatsApp template. */
            quality_score: components["schemas"]["WhatsAppQualityScore"];
            /** @description The parts the template is made of. */
            components: components["schemas"]["WhatsAppTemplateComponent"][];
        };
        /** @description A part of a WhatsApp template. */
        WhatsAppTemplateComponent: {
            /**
             * @description Which part this is.
             * @enum {string}
             */
            type: "HEADER" | "BODY" | "FOOTER" | "BUTTONS" | (string & {});
            /**
             * @description What the part shows, where that is told.
             * @enum {string}
             */
            format?: "TEXT" | "IMAGE" | "VIDEO" | "DOCUMENT" | (string & {});
            /** @description The text as stored, with its placeholders. */
            text: string;
        };
        /** @description The quality rating of a WhatsApp template. */
        WhatsAppQualityScore: {
            /**
             * @description The rating.
             * @enum {string}
             */
            score: "GREEN" | "YELLOW" | "RED" | "UNKNOWN" | (string & {});
            /** @description What led to the rating, if anything is told. */
            reasons: string[] | null;
        };
        /** @description A WhatsApp template and the phone to send it to. */
        WhatsAppTemplateMessage: {
            /** @description The phone to send to, in E.164 form. */
            recipient: string;
            /**
             * @description Always `template`.
             * @constant
             */
            type: "template";
            /** @description The template to send. */
            template: {
                /** @description The name of an approved template. */
                name: string;
                /** @description The language of the template. */
                languageCode: string;
                /** @description The values for the placeholders, if the template has any. */
                components?: components["schemas"]["WhatsAppMessageComponent"][];
            };
        };
        /** @description The values for the placeholders of the body. */
        WhatsAppMessageComponent: {
            /**
             * @description Always `BODY`.
             * @constant
             */
            type: "BODY";
            /** @description The first fills `{{1}}`, the second `{{2}}`, and so on. */
            parameters: {
                /**
                 * @description Always `text`.
                 * @constant
                 */
                type: "text";
                /** @description The text to put in. */
                text: string;
            }[];
        };
        /** @description The outcome of sending a WhatsApp template. */
        WhatsAppSendResult: {
            /** @description true once the message was accepted. */
            success: boolean;
        };
        /** @description A single email. */
        EmailMessage: {
            /**
             * Format: email
             * @description The email to send to.
             */
            to: string;
            /** @description The subject line. */
            subject: string;
            /** @description The content as HTML. */
            html: string;
            /** @description The content as plain text. */
            text?: string;
        };
        /** @description The email was sent. */
        EmailSent: {
            /** @description The id to ask getEmailStats about. */
            id: string;
            /**
             * @description Tells this outcome from a failed one.
             * @constant
             */
            status: "sent";
            /** @description The id of the message that went out. */
            messageId: string;
            /** @description Where the statistics of this email are found. */
            statsUrl: string;
        };
        /** @description The email was not sent, although the response is a 200. */
        EmailFailed: {
            /** @description The id to ask getEmailStats about. */
            id: string;
            /**
             * @description Tells this outcome from a sent one.
             * @constant
             */
            status: "failed";
            /** @description Why the email was not sent. */
            failureReason: string;
        };
        /** @description What became of a single email. */
        EmailStats: {
            /** @description The id of the email. */
            id: string;
            /**
             * @description Whether the email still waits, was sent or failed.
             * @enum {string}
             */
            status: "pending" | "sent" | "failed" | (string & {});
            /** @description The email it was addressed to. */
            to: string;
            /** @description The subject line. */
            subject: string;
            /** @description When the email was sent, if it was. */
            sentAt: string | null;
            /** @description Whether the email was opened. */
            opened: boolean;
            /** @description When the email was first opened, if it was. */
            firstOpenAt: string | null;
            /** @description How often the email was clicked. */
            clickCount: number;
            /** @description When the email was first clicked, if it was. */
            firstClickAt: string | null;
            /** @description Why the email was not sent, if it failed. */
            failureReason: string | null;
        };
        /** @description The totals of a transactional message. */
        TransactionalStats: {
            /** @description When the transactional message was created. */
            created: string;
            /** @description The share of messages opened, as text with a percent sign, such as `85%`. */
            openRate: string;
            /** @description The share of messages clicked, as text with a percent sign, such as `50%`. */
            clickRate: string;
            /** @description The number of messages sent. */
            totalMessagesSent: number;
        };
        /** @description A stored email template. */
        EmailTemplate: {
            /** @description The number of the template. Sending takes an id that starts with `tmpl_` instead. */
            id: number;
            /** @description The name of the template. */
            name: string;
            /** @description When the template was created. */
            created: string;
            /** @description When the template was last changed. */
            updated: string;
        };
        /** @description A stored email template and the email to send it to. */
        EmailTemplateMessage: {
            /** @description The id of the template, which starts with `tmpl_`. */
            templateId: string;
            /**
             * Format: email
             * @description The email to send to.
             */
            recipient: string;
            /** @description The values for the placeholders, by name. */
            customFields?: {
                [key: string]: unknown;
            };
        };
        /** @description The outcome of sending an email template. */
        EmailTemplateSendResult: {
            /** @description The status as a number. */
            status: number;
        };
        /** @description What an automation tells a webhook. */
        ContactEvent: {
            /**
             * @description What happened. New ones may appear.
             * @enum {string}
             */
            type: "contact.created" | "contact.updated" | "contact.restored" | "contact.deleted" | "contact.consent_changed" | (string & {});
            /** @description When it happened. */
            timestamp: string;
            data: {
                /** @description The id of the event; each automation that it sets off tells the same. */
                id: string;
                /** @description Later events have a higher number. */
                sequence: number;
                /** @description The id of the company the contact belongs to. */
                company: number;
                /** @description The name of the automation. */
                automation: string;
                /** @description The contact after the change, with its consent. */
                contact: components["schemas"]["EventContact"];
                /** @description The fields that changed, in order of their names. */
                changes: components["schemas"]["ContactChange"][];
            };
        };
        /** @description The contact after the change, with its consent. */
        EventContact: components["schemas"]["Contact"] & {
            /** @description Whether the contact agrees to marketing, per channel. Requests spell this `marketingConsent`. */
            marketing_consent: components["schemas"]["ContactConsent"];
        };
        /** @description Whether the contact agrees to marketing, per channel. Requests spell this `marketingConsent`. */
        ContactConsent: {
            /** @description true for opted in, false for opted out, null if never asked. */
            email: boolean | null;
            /** @description true for opted in, false for opted out, null if never asked. */
            whatsapp: boolean | null;
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
        /** @description The usual form of an error. */
        ErrorEnvelope: {
            error: {
                /** @description A stable name of the problem to branch on, such as `validation_error`. New ones may appear. */
                code: string;
                /** @description The problem in words, for people. */
                message: string;
                /** @description Further information, of any form. */
                details?: unknown;
            };
        };
        /** @description An error that consists of a message only. */
        MessageError: {
            /** @description The problem in words, for people. */
            message: string;
        };
        /** @description An error whose whole content is a text. */
        TextError: {
            /** @description The problem in words, for people. */
            error: string;
        };
    };
    responses: {
        /** @description The API key is missing or not valid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description Nothing was found. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description No contact has this id. The body holds only a message, not the usual error object. */
        ContactNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["MessageError"];
            };
        };
        /** @description The data was not accepted. */
        ValidationFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description Another contact has this email or phone. Nothing was changed. */
        ContactConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description Too many calls in a short time. Wait before the next one. */
        TooManyRequests: {
            headers: {
                /** @description How many seconds to wait. May be absent. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
    };
    parameters: {
        /**
         * @description The id of the contact.
         * @example 42
         */
        ContactId: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    upsertContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactUpsert"];
            };
        };
        responses: {
            /** @description The contact was created or updated. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactIdResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["ContactConflict"];
            /** @description The data was not accepted. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    getContactByEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The email to look for, URL-encoded.
                 * @example anna@example.com
                 */
                email: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact with this email. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A contact of your company. */
                        data: components["schemas"]["Contact"];
                    };
                };
            };
            /** @description The path holds something that is not an email. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    updateContactById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the contact.
                 * @example 42
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactUpdate"];
            };
        };
        responses: {
            /** @description The contact was updated. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactIdResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["ContactNotFound"];
            409: components["responses"]["ContactConflict"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the contact.
                 * @example 42
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["ContactNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listCustomFields: {
        parameters: {
            query?: {
                /** @description Ask for groups instead of one list. */
                groupBy?: "category";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list of fields, or groups of fields if you asked for them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CustomField"][] | components["schemas"]["CustomFieldGroups"];
                    };
                };
            };
            /** @description The fields cannot be grouped by that. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createCustomField: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomFieldCreate"];
            };
        };
        responses: {
            /** @description The field was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A field that contacts can carry. */
                        data: components["schemas"]["CustomField"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description There is a field with this key already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listWhatsAppTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The WhatsApp templates of your company. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WhatsAppTemplate"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    sendWhatsAppTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatsAppTemplateMessage"];
            };
        };
        responses: {
            /** @description The message was accepted for sending. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The outcome of sending a WhatsApp template. */
                        data: components["schemas"]["WhatsAppSendResult"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description The template or the phone was not accepted. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    sendEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailMessage"];
            };
        };
        responses: {
            /** @description The request was handled; `status` tells whether the email was sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["EmailSent"] | components["schemas"]["EmailFailed"];
                    };
                };
            };
            /** @description The request was refused. The body holds a plain text, not the usual error object. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description The key lacks the permission `TRANSACTIONAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getEmailStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id that sendEmail returned.
                 * @example 42
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of the email so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What became of a single email. */
                        data: components["schemas"]["EmailStats"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getTransactionalStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the transactional message, which is a stored email template.
                 * @example 42
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The totals so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The totals of a transactional message. */
                        data: components["schemas"]["TransactionalStats"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listEmailTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The email templates of your company. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["EmailTemplate"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    sendEmailTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailTemplateMessage"];
            };
        };
        responses: {
            /** @description The email was accepted for sending. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateSendResult"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description The template, the recipient or the sender does not allow sending. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    tellContactEvent: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of this message, the same at every attempt.
                 * @example run_018f3f0c1a2b4c3d8e9f
                 */
                "webhook-id": string;
                /**
                 * @description When this attempt was made, in seconds since 1970. Refuse what is minutes off your clock.
                 * @example 1736933400
                 */
                "webhook-timestamp": number;
                /**
                 * @description One or more signatures of id, timestamp and body, with blanks between. One that is valid is enough.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactEvent"];
            };
        };
        responses: {
            /** @description It has arrived. Any other status but a 2xx, and no answer in time, has it sent again later. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
type WithRequired<T, K extends PropertyKey> = T extends object ? T & Required<Pick<T, K & keyof T>> : T;
