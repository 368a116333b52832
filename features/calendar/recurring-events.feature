@both-protocols
Feature: Events that repeat
  A series keeps its time of day, whatever clocks do, for as long as it goes on.

  Background:
    Given Alice keeps a calendar in Europe/Berlin

  Rule: The time of day stays

    Scenario: Across a clock change
      When Alice adds "Course" on 2031-03-17 from 09:00 to 10:00, every week, 3 times
      Then "Course" begins at:
        | 2031-03-17T09:00:00+01:00 |
        | 2031-03-24T09:00:00+01:00 |
        | 2031-03-31T09:00:00+02:00 |

    Scenario: In an hour that clocks skip it moves forward by what they skip
      When Alice adds "Backup" on 2031-03-29 from 02:30 to 02:45, every day, 3 times
      Then "Backup" begins at:
        | 2031-03-29T02:30:00+01:00 |
        | 2031-03-30T03:30:00+02:00 |
        | 2031-03-31T02:30:00+02:00 |

    Scenario: Of an hour that clocks repeat it takes the earlier
      When Alice adds "Backup" on 2031-10-25 from 02:30 to 02:45, every day, 3 times
      Then "Backup" begins at:
        | 2031-10-25T02:30:00+02:00 |
        | 2031-10-26T02:30:00+02:00 |
        | 2031-10-27T02:30:00+01:00 |

  Rule: It takes place when its rule says

    Scenario Outline: <rhythm>
      When Alice adds "Event" on <first> from 09:00 to 10:00, <rhythm>
      Then "Event" takes place on <dates>

      Examples:
        | rhythm                        | first      | dates                                      |
        | every 2 days, 3 times         | 2031-05-05 | 2031-05-05, 2031-05-07, 2031-05-09         |
        | every weekday, 4 times        | 2031-05-08 | 2031-05-08, 2031-05-09, 2031-05-12, 2031-05-13 |
        | every week until 2031-05-20   | 2031-05-05 | 2031-05-05, 2031-05-12, 2031-05-19         |
        | every month, 3 times          | 2031-01-31 | 2031-01-31, 2031-03-31, 2031-05-31         |
        | every year, 2 times           | 2032-02-29 | 2032-02-29, 2036-02-29                     |

    Scenario: The start is the first occurrence, also where the rule does not make it
      When Alice adds "Course" on 2031-05-07 from 09:00 to 10:00 with:
        | rrule | FREQ=WEEKLY;BYDAY=MO;COUNT=3 |
      Then "Course" takes place on 2031-05-07, 2031-05-12, 2031-05-19

    Scenario: Dates that are left out, and dates that are added
      When Alice adds "Course" on 2031-05-05 from 09:00 to 10:00 with:
        | rrule   | FREQ=WEEKLY;COUNT=3 |
        | exdates | 2031-05-12T09:00:00 |
        | rdates  | 2031-05-15T09:00:00 |
      Then "Course" takes place on 2031-05-05, 2031-05-15, 2031-05-19

    Scenario: Whole days repeat as whole days
      When Alice adds "Cleaning" for the whole of 2031-05-05, every week, 2 times
      Then "Cleaning" begins at:
        | 2031-05-05 |
        | 2031-05-12 |

  Rule: A series without an end goes on for ever

    Scenario: It is listed in any year
      Given Alice has "Standup" on 2031-05-05 from 09:00 to 09:15, every week
      When Alice looks at the month 2090-05-01
      Then there are 5 occurrences of "Standup"

    Scenario: It keeps its time from others in any year
      Given Alice has "Standup" on 2031-05-05 from 09:00 to 09:15, every week
      When Alice adds "Jubilee" on 2090-05-01 from 09:00 to 10:00
      Then it is refused because the time is taken
      And what is in the way is "Standup"

    Scenario: It does not begin where something is in its way far ahead
      Given Alice has "Jubilee" on 2090-05-01 from 09:00 to 10:00
      When Alice adds "Standup" on 2031-05-05 from 09:00 to 09:15, every week
      Then it is refused because the time is taken
      And what is in the way is "Jubilee"
