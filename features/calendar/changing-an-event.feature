@both-protocols
Feature: Changing, moving and deleting an event
  A change says only what is to be different. Nobody's change is lost because somebody else was faster.

  Background:
    Given Alice keeps a calendar in Europe/Berlin
    And Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00 with:
      | location | Main Street 1 |

  Scenario: What is not named stays
    When Alice changes "Dentist":
      | description | Bring the insurance |
    Then it is done
    And "Dentist" says:
      | description | Bring the insurance |
      | location    | Main Street 1       |
    And "Dentist" lasts from 2031-05-05T09:00:00+02:00 to 2031-05-05T10:00:00+02:00

  Scenario: What is taken back is gone
    When Alice changes "Dentist":
      | location | none |
    Then it is done
    And "Dentist" says:
      | location | |

  Scenario: It is moved, and its old time is free
    When Alice moves "Dentist" on 2031-05-06 from 14:00 to 15:00
    Then it is done
    And on 2031-05-05 Alice has nothing
    And on 2031-05-06 "Dentist" begins at 2031-05-06T14:00:00+02:00
    When Alice adds "Lunch" on 2031-05-05 from 09:00 to 10:00
    Then it is done

  Scenario: It may overlap its own old time
    When Alice moves "Dentist" on 2031-05-05 from 09:30 to 10:30
    Then it is done

  Scenario: A new time raises the event's sequence, for other calendars that hold it
    When Alice moves "Dentist" on 2031-05-05 from 09:30 to 10:30
    Then "Dentist" has the sequence 1
    When Alice changes "Dentist":
      | location | Main Street 2 |
    Then "Dentist" has the sequence 1

  Scenario Outline: What makes no sense is refused, and nothing changes: <what>
    When Alice changes "Dentist":
      | <field> | <value> |
    Then it is refused because the event is not valid: <field>
    And "Dentist" says:
      | location | Main Street 1 |
    And "Dentist" lasts from 2031-05-05T09:00:00+02:00 to 2031-05-05T10:00:00+02:00

    Examples:
      | what                       | field     | value               |
      | no title                   | title     |                     |
      | an end before the start    | end       | 2031-05-05T08:00:00 |
      | a time zone that is none   | time_zone | Europe/Atlantis     |

  Scenario: Two change it at once, and the second learns of the first
    Given Alice has opened "Dentist" on her phone
    And Alice has changed "Dentist":
      | location | Main Street 2 |
    When Alice changes what she has open on her phone:
      | location | Main Street 3 |
    Then it is refused because the event has changed meanwhile
    And "Dentist" says:
      | location | Main Street 2 |

  Scenario: What somebody else has changed is not deleted unseen
    Given Alice has opened "Dentist" on her phone
    And Alice has changed "Dentist":
      | location | Main Street 2 |
    When Alice deletes what she has open on her phone
    Then it is refused because the event has changed meanwhile
    And on 2031-05-05 Alice has only "Dentist"

  Scenario: What nobody has changed may be
    Given Alice has opened "Dentist" on her phone
    When Alice changes what she has open on her phone:
      | location | Main Street 3 |
    Then it is done

  Scenario: It is deleted, and its time is free
    When Alice deletes "Dentist"
    Then it is done
    And on 2031-05-05 Alice has nothing
    When Alice adds "Lunch" on 2031-05-05 from 09:00 to 10:00
    Then it is done

  Scenario: What is deleted is not there to be opened, changed or deleted again
    Given Alice has deleted "Dentist"
    When Alice opens "Dentist"
    Then it is refused because there is no such event
    When Alice changes "Dentist":
      | title | Lunch |
    Then it is refused because there is no such event
    When Alice deletes "Dentist"
    Then it is refused because there is no such event
