Feature: Never two things at one time
  Two busy events of one calendar never overlap: not when they are added, not when they are moved, and not when many
  people are faster than each other.

  Background:
    Given Alice keeps a calendar in Europe/Berlin
    And Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00

  @both-protocols
  Scenario Outline: What overlaps is refused: <from> to <to>
    When Alice adds "Lunch" on 2031-05-05 from <from> to <to>
    Then it is refused because the time is taken
    And what is in the way is "Dentist"
    And on 2031-05-05 Alice has only "Dentist"

    Examples:
      | from  | to    |
      | 08:00 | 09:01 |
      | 09:00 | 10:00 |
      | 09:15 | 09:45 |
      | 08:00 | 11:00 |
      | 09:59 | 11:00 |

  @both-protocols
  Scenario Outline: What follows at once fits: <from> to <to>
    When Alice adds "Lunch" on 2031-05-05 from <from> to <to>
    Then it is done

    Examples:
      | from  | to    |
      | 08:00 | 09:00 |
      | 10:00 | 11:00 |

  @both-protocols
  Scenario: What leaves its time free is in nobody's way
    When Alice adds "Music" on 2031-05-05 from 09:00 to 10:00 with:
      | busy | false |
    Then it is done

  @both-protocols
  Scenario: A whole day leaves its time free, unless it says otherwise
    When Alice adds "Birthday" for the whole of 2031-05-05
    Then it is done
    When Alice adds "Fair" for the whole of 2031-05-05 with:
      | busy | true |
    Then it is refused because the time is taken

  @both-protocols
  Scenario: Different calendars do not know each other
    Given Alice keeps a calendar "Work" in Europe/Berlin
    When Alice adds "Meeting" to "Work" on 2031-05-05 from 09:00 to 10:00
    Then it is done

  @both-protocols
  Scenario: What is moved may not overlap either
    Given Alice has "Lunch" on 2031-05-05 from 12:00 to 13:00
    When Alice moves "Lunch" on 2031-05-05 from 09:30 to 10:30
    Then it is refused because the time is taken
    And what is in the way is "Dentist"
    And "Lunch" lasts from 2031-05-05T12:00:00+02:00 to 2031-05-05T13:00:00+02:00

  @both-protocols
  Scenario: What becomes busy may not overlap either
    Given Alice has "Music" on 2031-05-05 from 09:00 to 10:00 with:
      | busy | false |
    When Alice changes "Music":
      | busy | true |
    Then it is refused because the time is taken

  @both-protocols
  Scenario: Every occurrence of a series needs its time
    When Alice adds "Standup" on 2031-05-01 from 09:30 to 09:45, every day
    Then it is refused because the time is taken
    And what is in the way is "Dentist"

  Scenario: A hundred want one time, and one gets it
    When Alice tries 100 times at once to add an event on 2031-05-06 from 09:00 to 10:00
    Then exactly 1 of them is there, and the others were refused because the time is taken

  Scenario: Not even the database can be talked into it
    Given Alice has "Lunch" on 2031-05-05 from 12:00 to 13:00
    When somebody moves "Lunch" over "Dentist" in the database itself
    Then the database refuses it
