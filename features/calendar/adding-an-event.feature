@both-protocols
Feature: Adding an event
  People write down what is to happen. The calendar keeps it as it was meant, or says what is wrong with it.

  Background:
    Given Alice keeps a calendar in Europe/Berlin

  Rule: An event keeps the hours that it was given, in its time zone

    Scenario: With a start and an end
      When Alice adds "Dentist" on 2031-05-05 from 09:00 to 09:45
      Then it is done
      And "Dentist" lasts from 2031-05-05T09:00:00+02:00 to 2031-05-05T09:45:00+02:00

    Scenario: With a start and a length
      When Alice adds "Dentist" on 2031-05-05 at 09:00 for 45 minutes
      Then it is done
      And "Dentist" lasts from 2031-05-05T09:00:00+02:00 to 2031-05-05T09:45:00+02:00

    Scenario: In a time zone of its own
      When Alice adds "Call" on 2031-05-05 from 09:00 to 10:00 with:
        | time_zone | Asia/Tokyo |
      Then it is done
      And "Call" lasts from 2031-05-05T09:00:00+09:00 to 2031-05-05T10:00:00+09:00

    Scenario: At an instant, wherever that is
      When Alice adds "Launch" on 2031-05-05 at 09:00 for 1 hour with:
        | start | 2031-05-05T12:00:00Z |
      Then it is done
      And "Launch" lasts from 2031-05-05T14:00:00+02:00 to 2031-05-05T15:00:00+02:00

    Scenario: All day, until the next midnight
      When Alice adds "Holiday" for the whole of 2031-05-05
      Then it is done
      And "Holiday" lasts from 2031-05-05 to 2031-05-06

    Scenario: With everything that an event can say
      When Alice adds "Dentist" on 2031-05-05 from 09:00 to 09:45 with:
        | location      | Main Street 1       |
        | description   | Bring the insurance |
        | notify_before | P1D, PT15M          |
      Then it is done
      And "Dentist" says:
        | location      | Main Street 1       |
        | description   | Bring the insurance |
        | notify_before | P1D, PT15M          |

  Rule: The clock change is taken as people mean it

    Scenario: An hour that clocks skip is refused
      When Alice adds "Early" on 2031-03-30 at 02:30 for 30 minutes
      Then it is refused because the event is not valid: start

    Scenario: Of an hour that clocks repeat, the earlier is meant
      When Alice adds "Early" on 2031-10-26 at 02:30 for 30 minutes
      Then it is done
      And "Early" lasts from 2031-10-26T02:30:00+02:00 to 2031-10-26T02:00:00+01:00

  Rule: What makes no sense is refused, and what is wrong is named

    Scenario Outline: An event with <what>
      When Alice adds "Dentist" on 2031-05-05 at 09:00 for 1 hour with:
        | <field> | <value> |
      Then it is refused because the event is not valid: <wrong>

      Examples:
        | what                            | field         | value               | wrong            |
        | no title                        | title         |                     | title            |
        | a start that is no time         | start         | tomorrow            | start            |
        | a time zone that is none        | time_zone     | Europe/Atlantis     | time_zone        |
        | a length below nothing          | duration      | -PT1H               | duration         |
        | no length                       | duration      | PT0S                | duration         |
        | both an end and a length        | end           | 2031-05-05T10:00:00 | duration         |
        | a reminder after the start      | notify_before | -PT15M              | notify_before[0] |
        | a rule that is none             | rrule         | FREQ=SOMETIMES      | recurrence.rrule |
        | a rule that ends before it      | rrule         | FREQ=DAILY;UNTIL=20300101T000000Z | recurrence.rrule |
        | far too many occurrences        | rrule         | FREQ=MINUTELY;INTERVAL=90;COUNT=5001 | recurrence.rrule |

    Scenario: An event that ends before it begins
      When Alice adds "Dentist" on 2031-05-05 from 10:00 to 09:00
      Then it is refused because the event is not valid: end

    Scenario: An event that ends when it begins
      When Alice adds "Dentist" on 2031-05-05 from 10:00 to 10:00
      Then it is refused because the event is not valid: end

    Scenario Outline: A title of <length> letters
      When Alice adds an event with a title of <length> letters
      Then it is <outcome>

      Examples:
        | length | outcome                                         |
        | 1      | done                                            |
        | 200    | done                                            |
        | 201    | refused because the event is not valid: title   |

    Scenario: Everything that is wrong is named at once
      When Alice adds "Dentist" on 2031-05-05 at 09:00 for 1 hour with:
        | title     |                 |
        | time_zone | Europe/Atlantis |
      Then it is refused because the event is not valid: title, time_zone

  Rule: Adding the same event again changes nothing

    Scenario: An answer was lost, and the program sends the event again
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
      When Alice adds "Dentist" again, under the same id
      Then it is done
      And on 2031-05-05 Alice has only "Dentist"

    Scenario: The same id with other content
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
      When Alice adds "Dentist" again, under the same id, with:
        | title | Lunch |
      Then it is refused because the event exists already

    Scenario: A name in the outside world that another event has
      Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
      When Alice adds "Lunch" on 2031-05-05 from 12:00 to 13:00 with the uid of "Dentist"
      Then it is refused because the event exists already
