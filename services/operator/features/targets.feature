Feature: Targets
  What the checker of an installation watches is said by ScrapeTargets and HealthChecks. The checker takes them without a
  restart, and they say whether it has them, how they stand, and why not.

  Background:
    Given a cluster with an operator
    And an installation of version "0.1.0"

  Scenario: A target by its URL
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: node, namespace: demo }
      spec: { url: "http://node.example:9100" }
      """
    Then the checker is told to watch "scrapetarget/node" at "http://node.example:9100"
    And the ScrapeTarget "node" is accepted because of "Listed"
    And the Deployment "daywatch-checker" has kept its pods
    When the monitor reports that "scrapetarget/node" is "fail": "connection refused", checked by "checker-1"
    Then the ScrapeTarget "node" is accepted because of "Watched"
    And its last result is "fail", because of "connection refused"
    And it says of "http://node.example:9100" all that the monitor knows of it
    When the monitor reports that "scrapetarget/node" is "pass", checked by "checker-2"
    Then its last result is "pass"
    And it says of "http://node.example:9100" all that the monitor knows of it
    And nothing is written any more
    When somebody deletes the ScrapeTarget "node"
    Then the checker is not told to watch "scrapetarget/node" any more

  Scenario: Services by their labels
    Given somebody applies
      """
      apiVersion: v1
      kind: Service
      metadata: { name: shop, namespace: demo, labels: { app: shop } }
      spec: { selector: { app: shop }, ports: [{ name: metrics, port: 9000, protocol: TCP, targetPort: 9000 }] }
      """
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: HealthCheck
      metadata: { name: shops, namespace: demo }
      spec: { service: { matchLabels: { app: shop }, port: metrics }, path: /healthz }
      """
    Then the checker is told to watch "healthcheck/shops/shop" at "http://shop.demo.svc:9000/healthz"
    When somebody deletes the Service "shop"
    Then the HealthCheck "shops" is not accepted because of "NothingMatches": "no Service matches `app=shop` in namespace `demo`"

  Scenario: Pods by their labels
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: self, namespace: demo }
      spec: { pods: { matchLabels: { app.kubernetes.io/component: gometr }, port: http } }
      """
    Then the ScrapeTarget "self" is accepted because of "Listed"
    And it comes to 2 targets
    When the Daywatch is changed to
      """
      spec: { parts: { gometr: { replicas: 3 } } }
      """
    Then it comes to 3 targets

  Scenario Outline: Why not
    Given somebody applies
      """
      apiVersion: v1
      kind: Service
      metadata: { name: shop, namespace: demo, labels: { app: shop } }
      spec: { selector: { app: shop }, ports: [{ name: http, port: 80, protocol: TCP, targetPort: 80 }] }
      """
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: wrong, namespace: demo }
      spec: <spec>
      """
    Then the ScrapeTarget "wrong" is not accepted because of "<reason>": "<message>"
    And the checker is not told to watch "scrapetarget/wrong" any more

    Examples:
      | spec                                                              | reason         | message                                            |
      | { service: { matchLabels: { app: x }, port: 80 } }                | NothingMatches | no Service matches `app=x` in namespace `demo`     |
      | { service: { name: x, port: 80 } }                                | NothingMatches | there is no Service `x` in namespace `demo`        |
      | { service: { name: x, port: 80, namespace: y } }                  | NotWatched     | in namespace `demo` alone, and not in `y`          |
      | { service: { name: shop, port: metrics } }                        | PortNotFound   | port `metrics` not found on Service `shop`         |
      | { pods: { matchLabels: { app: x }, port: 80 } }                   | NothingMatches | no Pod matches `app=x` in namespace `demo`         |
      | { installation: another, url: "http://a.example" }                | NoInstallation | there is no Daywatch `another` in namespace `demo` |
      | { url: "http://a.example", interval: 1s, timeout: 5s }            | Invalid        | timeout                                            |
      | { url: "http://a.example", labels: { "not-a-label": x } }         | Invalid        | labels                                             |

  @test-server
  Scenario: What may not be looked at
    Given the operator may not list or watch pods
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: hidden, namespace: demo }
      spec: { pods: { matchLabels: { app: x }, port: 80 } }
      """
    Then the ScrapeTarget "hidden" is not accepted because of "Forbidden": "forbidden: "
    Given somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: self, namespace: demo }
      spec: { pods: { matchLabels: { app.kubernetes.io/component: gometr }, port: http } }
      """
    When all requests are answered as they should be again
    Then the ScrapeTarget "hidden" is not accepted because of "NothingMatches": "no Pod matches"
    And the ScrapeTarget "self" is accepted because of "Listed"
    And the checker is told to watch "scrapetarget/self"

  Scenario: A checker that is not there
    When the Daywatch is changed to
      """
      spec: { parts: { checker: { enabled: false } } }
      """
    And somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: alone, namespace: demo }
      spec: { url: "http://a.example" }
      """
    Then the ScrapeTarget "alone" is not accepted because of "NoChecker": "spec.parts.checker.enabled is false"

  Scenario: A target is there before its installation, which has no checker and goes again
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: ScrapeTarget
      metadata: { name: early, namespace: demo }
      spec: { installation: late, url: "http://a.example" }
      """
    Then the ScrapeTarget "early" is not accepted because of "NoInstallation": "there is no Daywatch `late`"
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: late, namespace: demo }
      spec: { version: 0.1.0, parts: { checker: { enabled: false } } }
      """
    Then the ScrapeTarget "early" is not accepted because of "NoChecker": "spec.parts.checker.enabled is false"
    When somebody deletes the Daywatch "late"
    Then the ScrapeTarget "early" is not accepted because of "NoInstallation": "there is no Daywatch `late`"
