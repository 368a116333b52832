Feature: Being reminded
  Before an event starts, its owner is reminded, and what became of every reminder can be asked for. Here reminders are
  posted to a receiver that their owner has named.

  Background:
    Given Alice keeps a calendar in Europe/Berlin

  Rule: A reminder is sent when it is due

    Scenario: It arrives, and is recorded as sent
      Given Alice has reminders sent to a receiver of her own
      When Alice adds "Dentist", which starts in 61 seconds, with a reminder 1 minute before
      Then Alice is reminded of "Dentist" once
      And the reminder of "Dentist" is recorded as sent, by the first attempt, and not late
      And it says what starts when, and for whom
      And it is signed, so that the receiver knows who sent it

    Scenario: What is written down too late for its reminder reminds at once
      Given Alice has reminders sent to a receiver of her own
      When Alice adds "Dentist", which starts in 600 seconds, with reminders 1 hour, 30 minutes and 1 day before
      Then Alice is reminded of "Dentist" once
      And "Dentist" has 1 reminder that is sent

    Scenario: Of what is over nobody is reminded
      When Alice adds "Breakfast" on 2020-05-05 from 09:00 to 10:00, reminding 15 minutes before
      Then "Breakfast" has no reminder

  Rule: Reminders follow their event

    Scenario: A reminder waits until it is due
      When Alice adds "Dentist" on 2031-05-05 from 09:00 to 10:00, reminding 15 minutes before
      Then the reminders of "Dentist" are:
        | due                  | status  |
        | 2031-05-05T06:45:00Z | pending |

    Scenario: A day before is a day of the calendar, also where clocks change
      When Alice adds "Brunch" on 2031-03-30 from 11:00 to 12:00, reminding 1 day before
      Then the reminders of "Brunch" are:
        | due                  | status  |
        | 2031-03-29T10:00:00Z | pending |

    Scenario: Each occurrence of a series has its own
      When Alice adds "Course" on 2031-03-24 from 09:00 to 10:00, every week, 2 times, reminding 15 minutes before
      Then the reminders of "Course" are:
        | due                  | status  |
        | 2031-03-24T07:45:00Z | pending |
        | 2031-03-31T06:45:00Z | pending |

    Scenario: An event that is moved moves its reminder
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00, reminding 15 minutes before
      When Alice moves "Dentist" on 2031-05-06 from 12:00 to 13:00
      Then the reminders of "Dentist" are:
        | due                  | status    |
        | 2031-05-05T06:45:00Z | cancelled |
        | 2031-05-06T09:45:00Z | pending   |

    Scenario: Another title does not
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00, reminding 15 minutes before
      When Alice changes "Dentist":
        | title | Orthodontist |
      Then the reminders of "Orthodontist" are:
        | due                  | status  |
        | 2031-05-05T06:45:00Z | pending |

    Scenario: A reminder that is taken back is cancelled
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00, reminding 15 minutes before
      When Alice changes "Dentist":
        | notify_before | none |
      Then the reminders of "Dentist" are:
        | due                  | status    |
        | 2031-05-05T06:45:00Z | cancelled |

    Scenario: The reminder of a deleted event is cancelled, and can still be asked for
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00, reminding 15 minutes before
      When Alice deletes "Dentist"
      Then the reminders of "Dentist" are:
        | due                  | status    |
        | 2031-05-05T06:45:00Z | cancelled |

    Scenario: An occurrence that is cancelled reminds nobody
      Given Alice has "Course" on 2031-05-05 from 09:00 to 10:00, every week, 2 times, reminding 15 minutes before
      When Alice cancels the occurrence of "Course" on 2031-05-05
      Then the reminders of "Course" are:
        | due                  | status    |
        | 2031-05-05T06:45:00Z | cancelled |
        | 2031-05-12T06:45:00Z | pending   |

    Scenario: After a reschedule there is another reminder
      Given Alice has reminders sent to a receiver of her own
      And Alice has "Dentist", which starts in 600 seconds, with a reminder 1 hour before
      And Alice has been reminded of "Dentist" once
      When Alice puts "Dentist" off by 10 minutes
      Then Alice is reminded of "Dentist" twice, under different ids

  Rule: Nothing is lost in silence

    Scenario: A receiver that fails for a while is tried again
      Given Carol is new
      And Carol has reminders sent to a receiver that fails at first
      When Carol adds "Dentist", which starts in 600 seconds, with a reminder 1 hour before
      Then the reminder of "Dentist" is recorded as sent, by the attempt number 2
      And both attempts had the same id

    Scenario: A receiver that refuses is not asked again, and the reason is kept
      Given Carol is new
      And Carol has reminders sent to a receiver that wants none
      When Carol adds "Dentist", which starts in 600 seconds, with a reminder 1 hour before
      Then the reminder of "Dentist" is recorded as failed: "the receiver answered 410"

    Scenario: Who has named no receiver learns it from the record
      Given Carol is new
      When Carol adds "Dentist", which starts in 600 seconds, with a reminder 1 hour before
      Then the reminder of "Dentist" is recorded as failed: "has no webhook URL"
