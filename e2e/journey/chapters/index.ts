import type { Chapter } from '../journey.ts'
import { addAModel } from './add-a-model.ts'
import { answerWithAnnotations } from './answer-with-annotations.ts'
import { askAnExtension } from './ask-an-extension.ts'
import { attachAPicture } from './attach-a-picture.ts'
import { bringAnAppAlong } from './bring-an-app-along.ts'
import { callApi } from './call-the-api.ts'
import { embedPage } from './embed-a-page.ts'
import { firstVisit } from './first-visit.ts'
import { guardAChatflow } from './guard-a-chatflow.ts'
import { guardAnApp } from './guard-an-app.ts'
import { keepPageToMembers } from './keep-a-page-to-members.ts'
import { languageAndTheme } from './language-and-theme.ts'
import { loseTheWay } from './lose-the-way.ts'
import { makeAChatbot } from './make-a-chatbot.ts'
import { makeATextGenerator } from './make-a-text-generator.ts'
import { readLogs } from './read-the-logs.ts'
import { registerByMail } from './register-by-mail.ts'
import { runAWorkflow } from './run-a-workflow.ts'
import { signInAgain } from './sign-in-again.ts'
import { signInByAService } from './sign-in-by-a-service.ts'
import { signInByMail } from './sign-in-by-mail.ts'
import { speakWithAnApp } from './speak-with-an-app.ts'
import { spendABudget } from './spend-a-budget.ts'
import { spendAnAppsBudget } from './spend-an-apps-budget.ts'
import { standBehindAProxy } from './stand-behind-a-proxy.ts'
import { suggestWhatToAsk } from './suggest-what-to-ask.ts'
import { takeOtherFiles } from './take-other-files.ts'
import { tidyTheStudio } from './tidy-the-studio.ts'
import { usePage } from './use-the-page.ts'
import { usePageOnPhone } from './use-the-page-on-a-phone.ts'
import { useTextPage } from './use-the-text-page.ts'
import { withstandAttacks } from './withstand-attacks.ts'
import { workAsATeam } from './work-as-a-team.ts'
import { workOnSmallScreen } from './work-on-a-small-screen.ts'

/** In the order of a person's first day; later ones build on what earlier ones made. */
export const chapters: readonly Chapter[] = [
  firstVisit,
  makeAChatbot,
  addAModel,
  usePage,
  usePageOnPhone,
  keepPageToMembers,
  speakWithAnApp,
  attachAPicture,
  suggestWhatToAsk,
  guardAnApp,
  askAnExtension,
  callApi,
  readLogs,
  answerWithAnnotations,
  embedPage,
  spendABudget,
  spendAnAppsBudget,
  makeATextGenerator,
  useTextPage,
  tidyTheStudio,
  guardAChatflow,
  takeOtherFiles,
  runAWorkflow,
  bringAnAppAlong,
  workOnSmallScreen,
  loseTheWay,
  withstandAttacks,
  workAsATeam,
  languageAndTheme,
  signInAgain,
  signInByMail,
  signInByAService,
  registerByMail,
  standBehindAProxy,
]
