Feature: Whose calendar it is
  Only the owner sees or changes an event. To everybody else it is not there. Who somebody is, their token says, and
  nothing else.

  @both-protocols
  Scenario: Somebody else's event is not there
    Given Alice keeps a calendar in Europe/Berlin
    And Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
    When Bob opens Alice's "Dentist"
    Then it is refused because there is no such event
    When Bob changes Alice's "Dentist":
      | title | Lunch |
    Then it is refused because there is no such event
    When Bob deletes Alice's "Dentist"
    Then it is refused because there is no such event
    And on 2031-05-05 Alice has only "Dentist"

  @both-protocols
  Scenario: Somebody else's calendar is not there
    Given Alice keeps a calendar in Europe/Berlin
    When Bob looks at Alice's calendar
    Then it is refused because there is no such calendar
    When Bob adds "Lunch" to Alice's calendar
    Then it is refused because there is no such calendar

  @both-protocols
  Scenario: Two people may be busy at one time
    Given Alice keeps a calendar in Europe/Berlin
    And Bob keeps a calendar in Europe/Berlin
    And Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
    When Bob adds "Meeting" on 2031-05-05 from 09:00 to 10:00
    Then it is done
    And on 2031-05-05 Alice has only "Dentist"
    And on 2031-05-05 Bob has only "Meeting"

  @both-protocols
  Scenario: An event belongs to who is signed in, whatever it says
    Given Alice keeps a calendar in Europe/Berlin
    When Alice adds "Dentist" on 2031-05-05 from 09:00 to 10:00
    Then "Dentist" belongs to Alice

  Scenario: Everybody has a calendar from the beginning
    Given Carol is new
    Then Carol has 1 calendar, which is her default one
    When Carol adds "Dentist" without naming a calendar
    Then it is done
    And "Dentist" is in her default calendar

  @both-protocols
  Scenario Outline: Without a good token nothing is to be seen: <token>
    When somebody looks at a day with <token>
    Then it is refused because nobody is signed in

    Examples:
      | token                     |
      | no token                  |
      | a token that is made up   |

  Scenario: A token that was revoked is worth nothing
    Given Carol is new
    And the token of Carol has been revoked
    Then before long Carol is refused because nobody is signed in

  Scenario: A token ends when it was said to
    Given Carol has a token for 1 second
    Then before long Carol is refused because nobody is signed in

  @both-protocols
  Scenario: A token for the monitor opens no calendar
    Given Carol has a token for the monitor alone
    When Carol looks at her calendars
    Then it is refused because the token does not allow it
