package io.firesteel.intake.request;

import io.firesteel.job.Dependency;
import io.firesteel.json.Rule;
import java.util.Map;
import java.util.regex.Pattern;

/** Rules for the fields of a request, equal to {@code schemas/job-request.v1.json}. */
public final class RequestRules {

  static final int MAX_DEPENDENCIES = 100;
  static final int MAX_LABELS = 64;
  static final int MAX_PARAMETERS = 256;

  public static final Rule<String> JOB_ID =
      Rule.matching(
          Pattern.compile("[^/\\p{C}\\p{Zl}\\p{Zp}]{1,253}"),
          "1 to 253 printable characters without '/'");

  static final Rule<Dependency.Condition> CONDITION =
      Rule.oneOf(
          Map.of(
              "success", Dependency.Condition.SUCCESS,
              "completion", Dependency.Condition.COMPLETION,
              "failure", Dependency.Condition.FAILURE));

  static final Rule<String> LABEL_NAME =
      Rule.matching(
          Pattern.compile(
              "(?!spark-|firesteel\\.io/)"
                  + "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?"
                  + "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"),
          "a Kubernetes label name outside spark-* and firesteel.io/");

  static final Rule<String> LABEL_VALUE =
      Rule.matching(
          Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?"),
          "a Kubernetes label value");

  private RequestRules() {}
}
