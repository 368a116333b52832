@both-protocols
Feature: Changing what repeats
  A change is meant for one occurrence, for it and all that follow, or for the whole series.

  Background:
    Given Alice keeps a calendar in Europe/Berlin
    And Alice has "Course" on 2031-05-05 from 09:00 to 10:00, every week, 4 times

  Rule: This one

    Scenario: One is moved, and the others stay
      When Alice moves the occurrence of "Course" on 2031-05-12 to: on 2031-05-13 from 15:00 to 16:30
      Then it is done
      And "Course" begins at:
        | 2031-05-05T09:00:00+02:00 |
        | 2031-05-13T15:00:00+02:00 |
        | 2031-05-19T09:00:00+02:00 |
        | 2031-05-26T09:00:00+02:00 |
      And the occurrence of "Course" on 2031-05-13 is still known as that of 2031-05-12T07:00:00Z

    Scenario: One is renamed
      When Alice changes the occurrence of "Course" on 2031-05-12:
        | title | Exam |
      Then it is done
      And on 2031-05-12 Alice has only "Exam"
      And on 2031-05-19 Alice has only "Course"

    Scenario: One has the value of the series again
      Given Alice has changed the occurrence of "Course" on 2031-05-12:
        | location | Room 5 |
      When Alice changes the occurrence of "Course" on 2031-05-12:
        | location | none |
      Then it is done
      And the occurrence of "Course" on 2031-05-12 is as the series has it

    Scenario: One is cancelled, and its time is free
      When Alice cancels the occurrence of "Course" on 2031-05-12
      Then it is done
      And "Course" takes place on 2031-05-05, 2031-05-19, 2031-05-26
      When Alice adds "Dentist" on 2031-05-12 from 09:00 to 10:00
      Then it is done

    Scenario: What is cancelled cannot be cancelled again
      Given Alice has cancelled the occurrence of "Course" on 2031-05-12
      When Alice cancels that occurrence again
      Then it is refused because there is no such occurrence

    Scenario: One may not be moved onto what is there
      Given Alice has "Dentist" on 2031-05-13 from 15:00 to 16:00
      When Alice moves the occurrence of "Course" on 2031-05-12 to: on 2031-05-13 from 15:30 to 16:30
      Then it is refused because the time is taken
      And what is in the way is "Dentist"
      And "Course" takes place on 2031-05-05, 2031-05-12, 2031-05-19, 2031-05-26

    Scenario: With its last occurrence the event is gone
      Given Alice has "Visit" on 2031-06-02 from 09:00 to 10:00, every week, 2 times
      And Alice has cancelled the occurrence of "Visit" on 2031-06-02
      And Alice has cancelled the occurrence of "Visit" on 2031-06-09
      When Alice opens "Visit"
      Then it is refused because there is no such event

  Rule: This one and all that follow

    Scenario: From one on they have another time
      When Alice changes the occurrence of "Course" on 2031-05-19 and all that follow:
        | start | 2031-05-19T11:00:00 |
        | end   | 2031-05-19T12:00:00 |
      Then it is done
      And on 2031-05-05 "Course" begins at 2031-05-05T09:00:00+02:00
      And on 2031-05-12 "Course" begins at 2031-05-12T09:00:00+02:00
      And on 2031-05-19 "Course" begins at 2031-05-19T11:00:00+02:00
      And on 2031-05-26 "Course" begins at 2031-05-26T11:00:00+02:00

    Scenario: The two halves know of each other
      When Alice changes the occurrence of "Course" on 2031-05-19 and all that follow:
        | title | Advanced course |
      Then it is done
      And "Course" takes place on 2031-05-05, 2031-05-12
      And "Advanced course" takes place on 2031-05-19, 2031-05-26
      And "Course" is continued by "Advanced course"

    Scenario: From one on they are cancelled
      When Alice cancels the occurrence of "Course" on 2031-05-19 and all that follow
      Then it is done
      And "Course" takes place on 2031-05-05, 2031-05-12

    Scenario: They may not be moved onto what is there, and then nothing is divided
      Given Alice has "Dentist" on 2031-05-26 from 11:00 to 12:00
      When Alice changes the occurrence of "Course" on 2031-05-19 and all that follow:
        | start | 2031-05-19T11:00:00 |
        | end   | 2031-05-19T12:00:00 |
      Then it is refused because the time is taken
      And "Course" takes place on 2031-05-05, 2031-05-12, 2031-05-19, 2031-05-26

  Rule: All

    Scenario: The series moves, with what was left out and what was changed
      Given Alice has cancelled the occurrence of "Course" on 2031-05-12
      And Alice has changed the occurrence of "Course" on 2031-05-19:
        | title | Exam |
      When Alice moves "Course" on 2031-05-05 from 11:00 to 12:00
      Then it is done
      And on 2031-05-05 "Course" begins at 2031-05-05T11:00:00+02:00
      And on 2031-05-12 Alice has nothing
      And on 2031-05-19 "Exam" begins at 2031-05-19T11:00:00+02:00
      And on 2031-05-26 "Course" begins at 2031-05-26T11:00:00+02:00

    Scenario: Changes of dates that the new series does not have are named, and gone
      Given Alice has changed the occurrence of "Course" on 2031-05-26:
        | title | Exam |
      When Alice changes "Course":
        | rrule | FREQ=WEEKLY;COUNT=2 |
      Then it is done
      And "Course" has dropped the change of 2031-05-26T07:00:00Z
      And "Course" takes place on 2031-05-05, 2031-05-12

    Scenario: The series no longer repeats
      When Alice changes "Course":
        | rrule | none |
      Then it is done
      And "Course" takes place on 2031-05-05

    Scenario: The series is deleted
      When Alice deletes "Course"
      Then it is done
      And on 2031-05-05 Alice has nothing
      And on 2031-05-26 Alice has nothing
