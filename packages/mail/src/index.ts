export { createResendMailer, type HttpMailerOptions } from './resend/create-resend-mailer.ts'
export { createSendgridMailer } from './sendgrid/create-sendgrid-mailer.ts'
