/** What was found since the start. The findings' own sentences are those of server/checks/. */
export const checks = {
  title: 'Checks',
  lead: 'What this shop found at its last check. While something is broken, it checks again by itself: at first after half a minute, then less and less often, for a day after it was started.',
  made: 'Checked',
  running:
    'The shop has just been started, and the checks are not finished. Reload this page in a few seconds.',
  sandbox:
    'A shop in sandbox mode isn’t checked when it starts, since nobody pays real money. You can still have it checked.',
  doctor: 'To check everything now, also whether webhooks arrive, run this where the shop runs:',
  command: 'npm run doctor',
  verdicts: {
    broken: 'Broken',
    'look-at-this': 'Look at this',
    'could-not-check': 'Could not check',
    fine: 'Fine',
  },
  toDo: 'What to do:',
}
