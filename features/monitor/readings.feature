Feature: Reading metrics
  What services expose is kept, and can be asked for by name, labels and time.

  Rule: A series is its name and its labels

    @directs:shop
    Scenario: What a service exposes can be read, with where it comes from
      When the shop exposes:
        """
        # HELP visits_total Visits.
        # TYPE visits_total counter
        visits_total{door="north",day="monday"} 41
        """
      Then before long the shop's visits_total{day="monday",door="north"} is 41
      And it says that it comes from the shop

    @directs:shop
    Scenario Outline: It is asked for by labels in any order: <asked>
      When the shop exposes:
        """
        queue{line="1",till="left"} 3
        queue{line="2",till="left"} 4
        """
      Then before long asking the shop for <asked> finds <values>

      Examples:
        | asked                      | values |
        | queue{till="left",line="1"} | 3     |
        | queue{line="1",till="left"} | 3     |
        | queue{line="2"}            | 4      |
        | queue                      | 3, 4   |

    @directs:bakery
    Scenario: Labels in another order are the same series
      When the bakery exposes:
        """
        loaves{kind="rye",size="big"} 1
        """
      Then before long the bakery's loaves{kind="rye",size="big"} is 1
      When the bakery exposes:
        """
        loaves{size="big",kind="rye"} 2
        """
      Then before long the bakery's loaves{kind="rye",size="big"} is 2
      And loaves is one series of the bakery

    @directs:bakery
    Scenario: The form of the textbook is understood, too
      When the bakery exposes:
        """
        request_seconds{domain="localhost", code=200} 0.0032
        """
      Then before long the bakery's request_seconds{code="200",domain="localhost"} is 0.0032

    @directs:library
    Scenario Outline: What is no plain number is text: <value>
      When the library exposes:
        """
        strange_<name> <value>
        """
      Then before long the library's strange_<name> is "<value>"

      Examples:
        | name | value |
        | nan  | NaN   |
        | most | +Inf  |
        | least | -Inf |

  Rule: The monitor adds what it has seen itself

    @directs:library
    Scenario: Whether a service answered, how long it took, and how much it said
      When the library exposes:
        """
        books 7
        pages 9
        """
      Then before long the library's scrape_samples_scraped is 2
      And the library's up is 1
      And the library's scrape_duration_seconds is there

    Scenario: A service that is not there is not up
      Then before long nowhere's up is 0

    @directs:page
    Scenario: Of a page there is how long it took, by its status
      When the page answers with the status 200
      Then before long the page's request_duration_seconds{code="200"} is there
      And the page's up is 1

  Rule: What cannot be read fails as a whole, and says why

    @directs:bakery
    Scenario: A mistake in the text is named by line and column
      When the bakery exposes:
        """
        loaves 1
        loaves_sold{kind="rye" 2
        """
      Then before long the bakery has the error "line 2, column"
      And the bakery's up is 0

    @directs:archive
    Scenario: More than a service may expose
      When the archive exposes:
        """
        one 1
        two 2
        three 3
        """
      Then before long the archive has the error "more than 2 samples"
      And the archive's one is not there

  Rule: Readings are asked for by time

    Scenario: From a moment on, and before another
      Given gometr's up has been read at two moments
      Then asking from the first to the second finds the first alone
      And asking from the second to the second finds nothing
      And asking from the second to the first is refused: "date_from"

    Scenario: Readings come oldest first, each under an id that stays
      Given gometr's up has been read at two moments
      Then readings come oldest first, and no id is there twice
      And asking again finds them under the same ids

    Scenario: A long answer can be had in pages
      Given gometr's up has been read at two moments
      Then asking for 1 at a time finds the same, and each page names the next

    Scenario: What nobody has exposed
      Then asking for a metric that is not there finds nothing
